export const b = 2;
export const a = 1;
export default function named() {}
export { a as alias };
