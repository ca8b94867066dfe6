// Built-in modules: default and named, with and without `node:`.
import fs, { existsSync } from 'fs';
import { join } from 'node:path';
import * as os from 'node:os';
console.log(fs.existsSync === existsSync, join('a', '..', 'b'), typeof os.EOL);
const events = await import('node:events');
console.log(events.default === events.EventEmitter);
