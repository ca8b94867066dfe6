// A numeric string is a number.
setTimeout(() => console.log('slow'), '50');
setTimeout(() => console.log('quick'), '5');
