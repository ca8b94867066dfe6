// A thrown text ends the process like an error.
console.log('before');
throw 'just text';
