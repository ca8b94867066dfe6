// An async generator queues requests: next() calls are answered in order.
async function* numbers() {
  for (let i = 1; i <= 3; i++) {
    await null;
    console.log('yield', i);
    yield i;
  }
}
const it = numbers();
it.next().then((r) => console.log(r));
it.next().then((r) => console.log(r));
it.return('early').then((r) => console.log(r));
it.next().then((r) => console.log(r));
