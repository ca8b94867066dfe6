console.log('lazy runs');
export default 'default';
export const value = 42;
