// export * and export { x as y } from.
import * as api from './api.mjs';
console.log(Object.keys(api));
console.log(api.area(2), api.helper);
