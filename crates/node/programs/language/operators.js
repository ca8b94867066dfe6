// The short ones: ?. ?? ??= ||= &&= ** and friends.
const user = { profile: null, tags: [], greet() { return 'hi'; } };
console.log(user?.profile?.name, user.missing?.(), user.greet?.(), user.tags?.[0], user.profile ?? 'default', 0 ?? 1, 0 || 1, '' ?? 'x');
user.count ??= 5; user.count ||= 6; user.count &&= 7;
console.log(user.count, 2 ** 3 ** 2, (-2) ** 2, 7 % -3, -7 % 3, 5 >>> 1, -1 >>> 28, ~~3.7, 0.1 + 0.2, 1_000_000);
console.log([] + {}, [] + [], '5' * '2', '5' + 2, true + 1, null + 1, undefined + 1, [2] > 1, null == 0, null >= 0, NaN != NaN, typeof null);
console.log(void 0, (1, 2), !!'0', +[], +'0x1f', parseInt('08'), Number(''), [1, 2] == '1,2', Object.is(-0, 0));
