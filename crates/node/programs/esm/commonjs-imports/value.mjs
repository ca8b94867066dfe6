console.log('value.mjs');
export const value = 1;
export default 2;
