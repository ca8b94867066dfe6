import { even, limit } from './even.mjs';
export function odd(n) { return n === 0 ? false : even(n - 1); }
export let early;
try {
  early = limit;
} catch (error) {
  early = error.name;
}
console.log('odd');
