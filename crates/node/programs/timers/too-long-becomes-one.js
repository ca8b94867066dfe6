// More than 2^31 - 1 ms does not fit: Node warns and uses 1 ms.
setTimeout(() => console.log('at once'), 2 ** 31);
setTimeout(() => console.log('after it'), 1);
