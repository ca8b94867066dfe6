// The start file of every engine's worker: fetches the module that has the worker's name, then does what the page asks for.
const engine = await import(`./${self.name}-engine.js`);

// The engine's panic hook leaves its words here, just before the trap.
let fault = '';
globalThis.interleaveReport = (words) => {
  fault = words;
};

// An engine's memory never shrinks: past this many bytes, half of what a learner may use, a fresh worker is cheaper.
const WORN_OUT = 80 << 20;

const { memory } = await engine.default();

// Gets an engine that wants it ready for the next task, unless that arrives first. It waits until the page has drawn the answer: that takes
// a tenth of a second if it is a long one, and a machine may have no core to spare.
let resting;
const rest = () => (resting = engine.prepare && setTimeout(engine.prepare, 150));

self.onmessage = async ({ data: { id, task, input, file } }) => {
  clearTimeout(resting);
  try {
    // A learner's file is read here: the page never has its bytes.
    const bytes = file && new Uint8Array(await file.arrayBuffer());
    const answer = engine[task](input, (progress) => self.postMessage({ id, progress }), bytes);
    const dead = memory.buffer.byteLength > WORN_OUT;
    self.postMessage({ id, answer, dead }, [answer.buffer]);
    if (!dead) rest();
  } catch (error) {
    // A string is the engine's own refusal. Anything else is a trap, after which its memory cannot be trusted:
    // the page replaces this worker.
    const refused = typeof error === 'string';
    self.postMessage({ id, error: refused ? error : reason(error), dead: !refused });
  }
};

function reason(error) {
  if (error instanceof DOMException) return 'the browser could not read the file';
  if (error instanceof RangeError || error.name === 'InternalError') return 'too deeply nested';
  if (fault) return fault;
  // A trap without words is memory that would not grow: the linker gave it an upper bound.
  return error instanceof WebAssembly.RuntimeError ? 'out of memory' : String(error);
}

self.postMessage('ready');
rest();
