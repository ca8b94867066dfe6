// Timers of one duration share a list: first armed, first run.
for (const name of ['a', 'b', 'c', 'd']) {
  setTimeout(() => console.log(name), 10);
}
