// A CommonJS module's exports are the default export; its plain names can be imported, too.
import cjs from './old.cjs';
import { greet } from './old.cjs';
console.log(cjs.greet === greet, greet('module'));
console.log(Object.keys(cjs));
