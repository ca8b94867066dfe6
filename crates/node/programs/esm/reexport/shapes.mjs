export const area = (side) => side * side;
export default 'not re-exported by *';
