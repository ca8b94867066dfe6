console.log('shared');
export const name = 'shared';
