// A readable of one's own: read() is asked for more.
const { Readable } = require('node:stream');
class Counter extends Readable {
  #n = 0;
  _read() {
    this.#n++;
    this.push(this.#n > 3 ? null : String(this.#n));
  }
}
new Counter({ encoding: 'utf8' }).on('data', (d) => console.log(d)).on('end', () => console.log('end'));
const manual = new Readable({ read() {} });
manual.push('pushed before');
manual.push(null);
manual.on('data', (d) => console.log(String(d))).on('end', () => console.log('manual end'));
