// The worker's start file: fetches the simulated Node, then records what the page asks for.
import init, { prepare, record } from './node-engine.js';

// The engine's panic hook leaves its words here, just before the trap.
let fault = '';
globalThis.interleaveReport = (words) => {
  fault = words;
};

// The engine's memory never shrinks: past this many bytes, half of what a program may use, a fresh worker is cheaper.
const WORN_OUT = 80 << 20;

const { memory } = await init();

// Brings up a Node for the next program, unless that arrives first.
let resting;
const rest = () => (resting = setTimeout(prepare, 50));

self.onmessage = ({ data: { id, scenario } }) => {
  clearTimeout(resting);
  try {
    const tape = record(scenario);
    const dead = memory.buffer.byteLength > WORN_OUT;
    self.postMessage({ id, tape, dead }, [tape.buffer]);
    if (!dead) rest();
  } catch (error) {
    // A string is the engine's own refusal. Anything else is a trap, after which its memory cannot be trusted:
    // the page replaces this worker.
    const refused = typeof error === 'string';
    self.postMessage({ id, error: refused ? error : reason(error), dead: !refused });
  }
};

function reason(error) {
  if (error instanceof RangeError || error.name === 'InternalError') return 'too deeply nested';
  if (fault) return fault;
  // A trap without words is memory that would not grow: the linker gave it an upper bound.
  return error instanceof WebAssembly.RuntimeError ? 'out of memory' : String(error);
}

self.postMessage('ready');
rest();
