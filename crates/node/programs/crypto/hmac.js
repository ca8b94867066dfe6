// Keyed digests.
const { createHmac, timingSafeEqual } = require('node:crypto');
const sign = (text) => createHmac('sha256', 'secret').update(text).digest();
console.log(sign('message').toString('hex'));
console.log(timingSafeEqual(sign('message'), sign('message')), timingSafeEqual(sign('message'), sign('massage')));
console.log(createHmac('sha1', Buffer.from('k')).update('a').update('b').digest('base64'), createHmac('sha512', 'k'.repeat(200)).update('x').digest('hex').slice(0, 16));
try {
  timingSafeEqual(Buffer.from('a'), Buffer.from('ab'));
} catch (error) {
  console.log(error.code);
}
