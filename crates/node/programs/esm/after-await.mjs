// After a top-level await the rest of the body is a microtask like any other.
console.log('before');
process.nextTick(() => console.log('tick'));
await null;
console.log('after await');
process.nextTick(() => console.log('second tick'));
Promise.resolve().then(() => console.log('promise'));
