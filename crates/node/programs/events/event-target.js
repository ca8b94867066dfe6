// EventTarget: the browser's kind of events.
const target = new EventTarget();
target.addEventListener('go', (event) => console.log('first', event.type, event instanceof Event), { once: true });
target.addEventListener('go', { handleEvent(event) { console.log('object', event.cancelable); event.preventDefault(); } });
const same = () => console.log('added twice, runs once');
target.addEventListener('go', same);
target.addEventListener('go', same);
console.log(target.dispatchEvent(new Event('go', { cancelable: true })));
target.removeEventListener('go', same);
console.log(target.dispatchEvent(new Event('go')));
const custom = new CustomEvent('note', { detail: { n: 1 } });
target.addEventListener('note', (event) => { console.log(event.detail); event.stopImmediatePropagation(); });
target.addEventListener('note', () => console.log('never'));
target.dispatchEvent(custom);
