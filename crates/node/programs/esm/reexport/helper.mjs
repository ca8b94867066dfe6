export const helper = 'help';
