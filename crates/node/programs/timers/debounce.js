// A debounce: only the last call of a burst gets through.
function debounce(fn, wait) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(...args), wait);
  };
}
const save = debounce((text) => console.log('saved', text), 30);
save('h');
save('he');
setTimeout(() => save('hel'), 10);
setTimeout(() => save('hell'), 100);
