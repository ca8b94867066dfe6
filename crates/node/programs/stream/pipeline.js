// pipeline reports the first error and destroys everything.
const { pipeline, Readable, Writable, Transform } = require('node:stream');
const broken = new Transform({ transform(chunk, encoding, done) { done(chunk === 'bad' ? new Error('bad chunk') : null, chunk); }, objectMode: true });
const source = Readable.from(['good', 'bad', 'never']);
const sink = new Writable({ objectMode: true, write(chunk, e, done) { console.log('sink', chunk); done(); } });
for (const [name, s] of Object.entries({ source, broken, sink })) s.on('close', () => console.log('close', name));
pipeline(source, broken, sink, (error) => {
  console.log('pipeline:', error.message, source.destroyed, broken.destroyed, sink.destroyed);
});
