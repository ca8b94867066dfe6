// A transform that turns text into upper case, and one that splits lines.
const { Transform, Readable } = require('node:stream');
const upper = new Transform({ transform(chunk, encoding, done) { done(null, String(chunk).toUpperCase()); } });
class Lines extends Transform {
  #rest = '';
  constructor() { super({ readableObjectMode: true }); }
  _transform(chunk, encoding, done) {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop();
    for (const line of lines) this.push(line);
    done();
  }
  _flush(done) { if (this.#rest) this.push(this.#rest); done(); }
}
Readable.from(['first li', 'ne\nsecond', '\nthird']).pipe(upper).pipe(new Lines())
  .on('data', (line) => console.log([line])).on('end', () => console.log('end'));
