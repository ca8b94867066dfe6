// createRequire brings require back.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
const require = createRequire(import.meta.url);
console.log(require('node:path') === path, path.basename(fileURLToPath(import.meta.url)));
