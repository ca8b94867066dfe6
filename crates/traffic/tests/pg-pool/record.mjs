// Runs random cases through the real pg-pool, with clients that do nothing and timers that we move: `cargo xtask record pools`.
//
// Writes cases.json beside this file: what was asked for when, and what the pool did when. The model has to do the same (../pg_pool.rs).
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { mock } from "node:test";

const require = createRequire(import.meta.url);
const Pool = require("pg-pool");
assert.match(process.version, /^v20\./, "goldens are recorded from Node 20");

const CASES = 120;

/// Small, and the same everywhere: Park and Miller's generator.
function dice(seed) {
  let state = seed;
  return (below) => (state = (state * 48271) % 2147483647) % below;
}

/// A case: no two things in it happen in the same millisecond unless they follow from each other (see `run`).
function draw(seed) {
  const below = dice(seed * 7919 + 1);
  const requests = [];
  for (let at = 0, left = 12 + below(12); left > 0; left--) {
    at += 1 + below(160);
    requests.push({ at, hold: 1 + below(600) });
  }
  return {
    max: 1 + below(4),
    connectionTimeoutMillis: below(3) === 0 ? 0 : 50 + below(400),
    idleTimeoutMillis: below(2) === 0 ? 0 : 40 + below(300),
    opening: below(3) === 0 ? 0 : 5 + below(200),
    requests,
  };
}

/// What the real pool does: lines like `125 got 3`, in order. Undefined when two causes fall into one millisecond: their order would be chance.
async function run({ requests, opening, ...options }) {
  mock.timers.enable({ apis: ["setTimeout"] });
  let now = 0;
  const log = [];
  const causes = new Map();
  const caused = (what) => causes.set(now, (causes.get(now) ?? new Set()).add(what));

  class Client extends EventEmitter {
    _queryable = true;
    connected = false;
    isConnected() {
      return this.connected;
    }
    connect(callback) {
      log.push(`${now} opens`);
      const done = (error) => {
        this.connected = !error;
        callback(error);
      };
      this.done = done;
      if (opening === 0) done();
      else this.timer = setTimeout(() => (caused("opened"), done()), opening);
    }
    end(callback) {
      // Not connected yet: the pool cuts it off.
      if (!this.connected && this.timer) {
        clearTimeout(this.timer);
        caused("cut");
        log.push(`${now} cut`);
        this.done(new Error("cut"));
      } else if (callback) {
        log.push(`${now} closes`);
        caused("closed");
        callback();
      }
    }
    ref() {}
    unref() {}
  }

  const pool = new Pool({ ...options, Client });
  requests.forEach(({ at, hold }, index) => {
    setTimeout(() => {
      caused(`asks ${index}`);
      pool.connect((error, client, release) => {
        if (error) {
          // Who gives up because their connection is cut off does so because of that.
          if (error.message.includes("timeout exceeded")) caused(`gives up ${index}`);
          log.push(`${now} gives up ${index}`);
          return;
        }
        log.push(`${now} got ${index}`);
        setTimeout(() => (caused(`releases ${index}`), release()), hold);
      });
    }, at);
  });
  for (; now < 20_000; now++) {
    mock.timers.tick(now === 0 ? 0 : 1);
    await new Promise(process.nextTick);
  }
  mock.timers.reset();
  return [...causes.values()].every((set) => set.size === 1) ? log : undefined;
}

const cases = [];
for (let seed = 1; cases.length < CASES; seed++) {
  const drawn = draw(seed);
  const log = await run(drawn);
  if (log) cases.push({ ...drawn, log });
}
writeFileSync(new URL("cases.json", import.meta.url), `[\n${cases.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`);
const { version } = JSON.parse(readFileSync(require.resolve("pg-pool").replace(/index\.js$/, "package.json")));
console.log(`${cases.length} cases recorded from pg-pool ${version} under Node ${process.version}`);
