// Three files, one after the other, then all at once with the results in order.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'programs-'));
const names = ['c', 'a', 'b'].map((name) => path.join(dir, name));
(async () => {
  for (const [i, name] of names.entries()) await fs.promises.writeFile(name, String(i));
  for (const name of names) console.log(path.basename(name), await fs.promises.readFile(name, 'utf8'));
  console.log(await Promise.all(names.map((name) => fs.promises.readFile(name, 'utf8'))));
  console.log(fs.readdirSync(dir));
  fs.rmSync(dir, { recursive: true });
})();
