import { odd, early } from './odd.mjs';
export function even(n) { return n === 0 ? true : odd(n - 1); }
export const limit = 100;
export const evenFrom = (n) => even(n);
console.log('even', early);
