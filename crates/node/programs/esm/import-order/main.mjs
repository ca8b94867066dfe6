// Imports run depth first, in the order of their statements, each once, before the body.
console.log('main');
import './a.mjs';
import './b.mjs';
import { name } from './shared.mjs';
console.log('main sees', name);
