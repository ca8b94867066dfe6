// The figures of the README, measured on this machine. Run it by `cargo xtask bench`, after `cargo xtask build`.
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import { dirname, join } from "node:path";
import { DIST, lab, launch, linkTo, serveSite } from "./browser.mjs";

const RUNS = 9;
/// A slow phone network: 1.6 Mbit/s, 150 ms there and back.
const SLOW = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 };

const site = await serveSite(DIST, "/");
const browser = await launch();
const rows = [];

const sorted = (numbers) => numbers.toSorted((a, b) => a - b);
const median = (numbers) => sorted(numbers)[numbers.length >> 1];
const ms = (number) => `${number.toFixed(number < 10 ? 1 : 0)} ms`;
const whole = (number) => Math.round(number).toLocaleString("en");
const row = (figure, value, promise = "") => rows.push([figure, value, promise]);

async function visit(path, { prepare, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, serviceWorkers: "block", ...options });
  const page = await context.newPage();
  await prepare?.(page);
  await page.goto(site.url + path, { waitUntil: "commit" });
  return page;
}

/// When text was on the screen, and how many bytes of Wasm had come by then.
async function firstText() {
  const painted = [];
  const before = [];
  for (let run = 0; run < RUNS; run++) {
    const chunks = [];
    const page = await visit("guide/microtasks/", {
      prepare: async (page) => {
        const client = await page.context().newCDPSession(page);
        await client.send("Network.enable");
        await client.send("Network.emulateNetworkConditions", SLOW);
        const modules = new Set();
        client.on("Network.requestWillBeSent", ({ requestId, request }) => request.url.endsWith(".wasm") && modules.add(requestId));
        client.on("Network.dataReceived", ({ requestId, timestamp, dataLength }) => modules.has(requestId) && chunks.push({ timestamp, dataLength }));
      },
    });
    await lab(page);
    const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime);
    const client = await page.context().newCDPSession(page);
    await client.send("Performance.enable", { timeDomain: "timeTicks" });
    const { metrics } = await client.send("Performance.getMetrics");
    const start = metrics.find(({ name }) => name === "NavigationStart").value;
    const early = chunks.filter(({ timestamp }) => timestamp < start + paint / 1000);
    painted.push(paint);
    before.push(early.reduce((sum, { dataLength }) => sum + dataLength, 0));
    await page.context().close();
  }
  row("Wasm received before the first text is painted", `${Math.max(...before)} bytes`, "0 bytes");
  row("first text painted, 1.6 Mbit/s and 150 ms round trip", ms(median(painted)));

  const page = await visit("guide/microtasks/", { prepare: (page) => page.route("**/*.wasm", (route) => route.abort()) });
  await page.getByRole("heading", { level: 1, name: "Microtasks" }).waitFor();
  row("the same page when its Wasm never arrives", "readable", "readable");
  await page.context().close();
}

/// How long the engine takes for each preset, once it is loaded: from the question to the answer, as the page sees it.
async function presets() {
  const page = await visit("labs/event-loop/", {
    prepare: (page) =>
      page.addInitScript(() => {
        globalThis.runs = [];
        const { Worker } = globalThis;
        globalThis.Worker = class extends Worker {
          constructor(...args) {
            super(...args);
            this.addEventListener("message", ({ data }) => data?.id && globalThis.runs.push(performance.now() - this.asked));
          }
          postMessage(...args) {
            this.asked = performance.now();
            super.postMessage(...args);
          }
        };
      }),
  });
  const loop = await (await lab(page)).recorded();
  const picker = loop.root.getByRole("combobox", { name: "Preset" });
  const ids = await picker.locator("option").evaluateAll((options) => options.map(({ value }) => value));
  const medians = [];
  for (const id of ids) {
    await page.evaluate(() => (globalThis.runs = []));
    for (let run = 1; run <= RUNS; run++) {
      await picker.evaluate((select, id) => {
        select.value = id;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }, id);
      await page.waitForFunction((run) => globalThis.runs.length === run, run);
    }
    medians.push({ id, time: median(await page.evaluate(() => globalThis.runs)) });
  }
  medians.sort((a, b) => a.time - b.time);
  const slowest = medians.at(-1);
  row(`a preset recorded in the browser: median of ${ids.length}`, ms(medians[medians.length >> 1].time), "≤ 100 ms");
  row(`  the slowest of them, ${slowest.id}`, ms(slowest.time));
  await page.context().close();
}

/// A program whose tape has at least ten thousand steps.
const LONG = `let done = 0
function work(n) {
  done += n
  process.nextTick(function noted() { done -= 1 })
  Promise.resolve(n).then(function settled(value) { done += value })
}
for (let n = 0; n < 920; n++) {
  setTimeout(work, n % 7, n)
}
`;

/// What a step and a jump cost on the main thread: from the press until the frame after it is painted. `on` names the tape.
async function scrub(link, on) {
  const page = await visit(link);
  const long = await (await lab(page)).recorded();
  const [, steps] = await long.position();
  const what = await on(steps, long);
  const costs = (moves) =>
    page.evaluate(async ({ moves }) => {
      const root = document.querySelector("[data-lab]");
      const slider = root.querySelector("input[type=range]");
      const next = root.querySelector("button[aria-label='Next step']");
      const costs = [];
      for (const move of moves) {
        costs.push(
          await new Promise((resolve) =>
            requestAnimationFrame(() => {
              const start = performance.now();
              // A task that is posted now runs when this frame has been laid out and painted.
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => resolve(performance.now() - start);
              port2.postMessage(null);
              if (move === "step") next.click();
              else {
                slider.value = String(move);
                slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
              }
            }),
          ),
        );
      }
      return costs;
    }, { moves });
  // Places all over the tape, the same on every machine.
  const places = Array.from({ length: 200 }, (_, i) => 1 + ((i * 6_151) % (steps - 60)));
  await costs(places.slice(0, 20));
  const seeks = await costs(places);
  const walks = [];
  for (const place of places.slice(0, 10)) walks.push(...(await costs([place, ...Array(30).fill("step")])).slice(1));
  for (const [name, times] of [["step", walks], ["jump", seeks]]) {
    row(`a ${name} on ${what}, median`, ms(median(times)), "≤ 16 ms");
    row(`  95 of 100 within · slowest of ${times.length}`, `${ms(sorted(times)[Math.floor(times.length * 0.95)])} · ${ms(Math.max(...times))}`);
  }
  await page.context().close();
}

/// A long program; and an order that goes round, as its card is refused and a waiting list tries again, until there are 2,000 messages.
async function longTapes() {
  await scrub(linkTo(LONG), (steps) => {
    if (steps < 10_000) throw new Error(`the long tape has only ${steps} steps`);
    return `a tape of ${steps.toLocaleString("en")} steps`;
  });
  const subject = { "choreographed-saga": { waiting_list: true, answers: { payment: "refuse" }, safeguards: { round_limit: false } } };
  const play = Buffer.from(JSON.stringify({ subject, histories: [{ picks: Array(2_760).fill(0) }], here: 0 })).toString("base64url");
  await scrub(`labs/saga/?v=1&lab=saga&s=${play}&at=1`, async (steps, diagram) => {
    await diagram.press("Last step");
    await diagram.stands(steps);
    const messages = Number((await diagram.root.locator(".transport-clock").innerText()).replace(/\D/g, ""));
    if (!(messages >= 2_000)) throw new Error(`the long run has only ${messages} messages`);
    return `a diagram of ${whole(messages)} messages`;
  });
}

/// Three clients that change one account, four statements each: 34,650 orders.
const THREE_BY_FOUR = {
  setup: "CREATE TABLE accounts (id int PRIMARY KEY, balance int NOT NULL); INSERT INTO accounts VALUES (1, 100);",
  sessions: [1, 2, 3].map((amount) => ({
    name: `Client ${amount}`,
    sql: `BEGIN; SELECT balance FROM accounts WHERE id = 1; UPDATE accounts SET balance = ${100 + amount} WHERE id = 1; COMMIT;`,
  })),
  schedule: [],
  isolation: "ReadCommitted",
  invariant: "SELECT balance = 106 FROM accounts WHERE id = 1",
};

/// How long an engine takes for each task, once it is loaded, and the number with which its answer begins. Asked directly, without the page's queue;
/// `rest` milliseconds pass before each, in which it gets ready, as it does while somebody reads.
async function asked(engine, tasks, rest = 0) {
  const page = await visit("labs/");
  const done = await page.evaluate(
    async ([engine, tasks, runs, rest]) => {
      const address = document.querySelector(`meta[name=interleave-engine-${engine}]`).content;
      const done = [];
      for (const [task, input] of tasks) {
        let worker;
        const said = (wanted) =>
          new Promise((resolve, reject) => {
            worker.onerror = ({ message }) => reject(new Error(message));
            worker.onmessage = ({ data }) => {
              if (data.error) reject(new Error(data.error));
              else if (wanted(data)) resolve(data);
            };
          });
        const times = [];
        let answer;
        let dead = true;
        for (let id = 1; id <= runs; id++) {
          // One that is worn out is replaced, as the page does it.
          if (dead) {
            worker?.terminate();
            worker = new Worker(new URL(address, document.baseURI), { type: "module", name: engine });
            await said((data) => data === "ready");
          }
          if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
          const start = performance.now();
          worker.postMessage({ id, task, input });
          ({ answer, dead } = await said(({ answer }) => answer));
          times.push(performance.now() - start);
        }
        // Seven bits a byte, the lowest first; the last one has no eighth.
        const digits = answer.slice(0, answer.findIndex((byte) => byte < 128) + 1);
        done.push({ times, number: digits.reduceRight((sum, byte) => sum * 128 + (byte & 127), 0) });
        worker.terminate();
      }
      return done;
    },
    [engine, tasks, RUNS, rest],
  );
  await page.context().close();
  return done.map(({ times, number }) => ({ first: times[0], time: median(times), number }));
}

/// The database: statements a second, and every order of a scenario.
async function database() {
  const STATEMENTS = 30_000;
  const levels = ["ReadCommitted", "RepeatableRead", "Serializable"];
  const questions = levels.map((isolation) => ["census", JSON.stringify({ scenario: THREE_BY_FOUR, isolation })]);
  const [pace, ...census] = await asked("sql", [["pace", String(STATEMENTS)], ...questions]);
  row("single-row reads and updates a second, in the browser", whole((STATEMENTS / pace.time) * 1000), "≥ 30,000");
  row("34,650 orders of three sessions, in the browser, at three levels", ms(census.reduce((sum, { time }) => sum + time, 0)), "≤ 2000 ms");
  levels.forEach((level, i) => row(`  at ${level}`, ms(census[i].time)));
}

/// The text of a preset's program.
const ofQueries = (name) => readFileSync(`crates/queries/programs/${name}.js`, "utf8");

/// A link to the lab of queries.
const toQueries = (scenario) =>
  `labs/n-plus-one/?v=1&lab=n-plus-one&s=${Buffer.from(JSON.stringify(scenario)).toString("base64url")}&at=1`;

/// A program and its database; a large join; and a run of ten thousand queries to scrub through.
async function queries() {
  const shop = { others: 24_900, skus: 0, users: 1, orders: 0 };
  const asks = (sql) => ["record", JSON.stringify({ program: `require('./shop').pool.query(\`${sql}\`)`, shop })];
  const run = (program, round_trip = 1_000) => ["record", JSON.stringify({ program, round_trip })];
  const tasks = [
    run(ofQueries("loop-of-queries")),
    run(ofQueries("catalogue-lazy")),
    run(ofQueries("catalogue-in")),
    asks("SELECT 1"),
    asks("SELECT count(i.url) FROM images i JOIN products p ON p.id = i.product_id"),
    asks("SELECT count(i.url) FROM (SELECT i.url, p.name FROM images i JOIN products p ON p.id = i.product_id ORDER BY i.url OFFSET 0) i"),
  ];
  // A browser makes the module faster while it runs: a worker's first runs are told apart from those that follow.
  const [loop, lazy, eager, nothing, join, sorted] = await asked("queries", tasks, 900);
  row("a page of 100 products with N+1, 101 queries, recorded", ms(loop.time), "≤ 150 ms");
  row("  the first such page of a worker that has just started", ms(loop.first));
  row("  the same with two lazy relations in the ORM, 201 queries", ms(lazy.time));
  row("  the same eagerly, 3 queries", ms(eager.time));
  row("a join of 100,000 rows with 25,000, in the browser", ms(join.time - nothing.time), "≤ 300 ms");
  row("  the same, sorted", ms(sorted.time - nothing.time));
  const program = "const { pool } = require('./shop');\n(async () => {\n  for (let i = 0; i < 10_000; i++) await pool.query('SELECT $1::int', [i])\n})()\n";
  await scrub(toQueries({ program }), (steps) => {
    if (steps < 10_000) throw new Error(`the long run has only ${steps} steps`);
    return `a run of 10,000 queries, ${whole(steps)} steps`;
  });
}

/// A pool under a long load.
async function pools() {
  const scenario = { rate: 1_000, service: 5_000, max: 12, cores: 16, duration: 100_000_000 };
  const [pool] = await asked("traffic", [["pool", JSON.stringify(scenario)]]);
  row("100,000 requests on a pool, and other sizes of it", ms(pool.time));
}

/// Questions of an mdbook-quiz file, as a function that a page can be given.
const QUIZ = `(count) => Array.from({ length: count }, (_, n) => '[[questions]]\\ntype = "MultipleChoice"\\nprompt.prompt = """\\nWhich of these is \`' + n + '\`, and why is it not one of the others?\\n"""\\nprompt.distractors = ["another one, which it is not", "none of them", "all of them"]\\nanswer.answer = "' + n + '"\\ncontext = "It is, because it says so."\\n\\n').join('')`;

/// Drops a file of so many questions onto the page. How long until it says what it has read, and the longest task meanwhile.
function dropQuiz(page, count) {
  return page.evaluate(`(async () => {
    const data = new DataTransfer();
    data.items.add(new File([(${QUIZ})(${count})], "quiz.toml"));
    // A hand that drags a file over the page takes a moment to let it go. To make the file was no part of it.
    const drag = (name) => document.querySelector("h1").dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: data }));
    drag("dragenter");
    await new Promise((resolve) => setTimeout(resolve, 500));
    let longest = 0;
    const watch = new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (longest = Math.max(longest, duration))));
    watch.observe({ entryTypes: ["longtask"] });
    const start = performance.now();
    drag("drop");
    const told = document.querySelector(".yours-told");
    await new Promise((resolve) => new MutationObserver(() => /question/.test(told.textContent) && resolve()).observe(told, { childList: true, characterData: true, subtree: true }));
    const time = performance.now() - start;
    // Tasks are reported after they have ended.
    await new Promise((resolve) => setTimeout(resolve, 500));
    watch.disconnect();
    return { time, longest };
  })()`);
}

/// Notes when the app ran, when a selector first matched something that was painted, and the longest task until then.
const watchFor = (selector) => (page) =>
  page.addInitScript((selector) => {
    globalThis.opened = new Promise((resolve) => {
      let running;
      let longest = 0;
      new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (longest = Math.max(longest, duration)))).observe({ type: "longtask", buffered: true });
      new MutationObserver((_, observer) => {
        if (document.documentElement.dataset.app === "running") running ??= performance.now();
        if (running === undefined || !document.querySelector(selector)) return;
        observer.disconnect();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            const time = performance.now() - running;
            setTimeout(() => resolve({ time, longest }), 300);
          };
          port2.postMessage(null);
        });
      }).observe(document, { childList: true, subtree: true, attributes: true });
    });
  }, selector);

/// Opening a deck, answering, importing.
async function practice() {
  const longest = (task) => (task < 50 ? "none of 50 ms" : ms(task));
  const imports = [];
  let page;
  for (let run = 0; run < RUNS; run++) {
    await page?.context().close();
    page = await visit("practice/");
    await page.locator(".yours-drop").waitFor();
    imports.push(await dropQuiz(page, 10_000));
  }
  row("10,000 questions imported from a file", ms(median(imports.map(({ time }) => time))), "≤ 1000 ms");
  row("  the longest task of the page meanwhile", longest(Math.max(...imports.map((run) => run.longest))));
  await page.getByText("Saving").waitFor({ state: "detached" });
  const again = async (path, selector) => {
    const opened = [];
    for (let run = 0; run < RUNS; run++) {
      const next = await page.context().newPage();
      await watchFor(selector)(next);
      await next.goto(site.url + path);
      opened.push(await next.evaluate(() => globalThis.opened));
      await next.close();
    }
    return opened;
  };
  const kept = await again("practice/", ".yours .deck");
  row("the page of decks with these, once the app runs", ms(median(kept.map(({ time }) => time))));
  row("  the longest task on it", longest(Math.max(...kept.map((run) => run.longest))));
  await page.context().close();

  page = await visit("practice/");
  await page.locator(".yours-drop").waitFor();
  await dropQuiz(page, 300);
  const opened = await again("practice/study/?deck=yours/quiz", ".sitting-card input");
  row("a deck of 300 questions opened, once the app runs", ms(median(opened.map(({ time }) => time))), "≤ 100 ms");

  await page.goto(site.url + "practice/study/?deck=yours/quiz");
  await page.locator(".sitting-card input").first().waitFor();
  const answers = await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const painted = () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    const find = (selector, words) => [...document.querySelectorAll(selector)].find((one) => one.textContent.includes(words));
    const until = async (done) => {
      while (!done()) await frame();
    };
    const answers = [];
    for (let at = 0; at < 100; at++) {
      await until(() => document.querySelector(".sitting-card input:not(:disabled)"));
      document.querySelector(".sitting-card input").click();
      await frame();
      await frame();
      const start = performance.now();
      const saved = new Promise((resolve) => {
        const watch = new MutationObserver(() => {
          if (!find(".sitting-rated", "Saved on this device.")) return;
          watch.disconnect();
          resolve(performance.now());
        });
        watch.observe(document.querySelector(".sitting"), { childList: true, characterData: true, subtree: true });
      });
      const shown = painted();
      find(".sitting-card button", "Check").click();
      answers.push({ shown: (await shown) - start, saved: (await saved) - start });
      find(".sitting-foot button", "Next").click();
    }
    return answers;
  });
  const shown = answers.map(({ shown }) => shown);
  row("an answer judged and shown", ms(median(shown)), "≤ 16 ms");
  row(`  95 of 100 within · slowest of ${shown.length}`, `${ms(sorted(shown)[95])} · ${ms(Math.max(...shown))}`);
  row("  the same on the disk", ms(median(answers.map(({ saved }) => saved))));
  await page.context().close();
}

/// Spaces of the size of a lesson: the specification, and protocols with all that they promise.
const LESSONS = {
  "Gray and Lamport's two-phase commit, 6 participants": { "gray-lamport": { participants: 6 } },
  "two-phase commit, 3 participants, a crash": { "two-phase-commit": { participants: 3, faults: { crash: 1 } } },
  "a choreographed saga, a crash, a duplicate, an overtaking": { "choreographed-saga": { faults: { crash: 1, duplicate: 1, reorder: 1 } } },
};

/// Every order of a protocol, as the page asks for it.
async function protocols() {
  const search = (subject) => ["search", JSON.stringify({ subject, states: 3_000_000, symmetry: false })];
  const large = { "gray-lamport": { participants: 8 } };
  const [pace, most, ...lessons] = await asked("protocols", [["pace", "8"], search(large), ...Object.values(LESSONS).map(search)]);
  row("new states a second, Gray and Lamport's two-phase commit, in the browser", whole((pace.number / pace.time) * 1000), "≥ 400,000");
  row(`all ${whole(most.number)} states of it with 8 participants, and a schedule for each rule`, ms(most.time), "≤ 5000 ms");
  Object.keys(LESSONS).forEach((name, i) => row(`all ${whole(lessons[i].number)} states: ${name}`, ms(lessons[i].time), "≤ 250 ms"));
}

/// For code that is measured against somebody else's: what Cargo's own release profile would do, in one piece.
const FAST = ["profile.tool.opt-level=3", "profile.tool.codegen-units=1", "profile.tool.incremental=false"];

/// Every order natively, beside Stateright's explorer.
function exploring() {
  const flags = FAST.flatMap((flag) => ["--config", flag]);
  const bench = ["bench", "--quiet", "--profile", "tool", ...flags, "--package", "interleave-protocols", "--bench", "explore"];
  for (const line of String(execFileSync("cargo", bench)).trim().split("\n")) {
    const [, what, seconds, pace] = line.match(/^(.+?) +([\d.]+) s +(\d+) states a second$/);
    row(`states a second, natively: ${what}`, `${whole(Number(pace))} (${seconds} s)`);
  }
}

/// Stateright's own example of two-phase commit, as its package has it, with as many threads as there are.
function stateright() {
  const metadata = execFileSync("cargo", ["metadata", "--format-version", "1", "--offline"], { maxBuffer: 1 << 28 });
  const { packages, target_directory } = JSON.parse(metadata);
  const home = dirname(packages.find(({ name }) => name === "stateright").manifest_path);
  const folder = join(target_directory, "stateright");
  const manifest = join(folder, "Cargo.toml");
  cpSync(home, folder, { recursive: true });
  // It is no part of this workspace.
  writeFileSync(manifest, `${readFileSync(join(home, "Cargo.toml"), "utf8")}\n[workspace]\n`);
  const example = ["--quiet", "--release", "--manifest-path", manifest, "--example", "2pc"];
  execFileSync("cargo", ["build", ...example], { stdio: "inherit" });
  const start = performance.now();
  const said = String(execFileSync("cargo", ["run", ...example, "check", "8"]));
  const seconds = (performance.now() - start) / 1000;
  const states = Number(said.match(/Done\..*unique=(\d+)/)[1]);
  row(`  Stateright's own example, ${os.cpus().length} threads, the whole process`, `${whole(states / seconds)} (${seconds.toFixed(2)} s)`);
}

/// Without a browser: the database, and the recorder as a whole process, from its start to its exit.
function native() {
  const statements = execFileSync("cargo", ["bench", "--quiet", "--profile", "tool", "--package", "interleave-sql", "--bench", "statements"]);
  row("single-row reads and updates a second, natively", whole(Number(statements)), "≥ 100,000");
  execFileSync("cargo", ["build", "--quiet", "--profile", "tool", "--package", "interleave-cli"], { stdio: "inherit" });
  const program = "content/programs/event-loop/queues.js";
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    execFileSync(`${process.env.CARGO_TARGET_DIR ?? "target"}/tool/interleave`, ["node", program], { stdio: "ignore" });
    return performance.now() - start;
  });
  row("`interleave node queues.js`, the whole process", ms(median(times)));
}

/// In this order; or only those that the command line names.
const PARTS = { firstText, presets, longTapes, practice, database, queries, pools, protocols, native, exploring, stateright };
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in PARTS));

try {
  if (unknown) throw new Error(`there is no part ${unknown}; there are ${Object.keys(PARTS).join(", ")}`);
  for (const [name, part] of Object.entries(PARTS)) {
    if (wanted.length === 0 || wanted.includes(name)) await part();
  }
} finally {
  await browser.close();
  await site.close();
}

const chromium = browser.version();
const cpu = os.cpus()[0].model.trim();
const memory = Math.round(os.totalmem() / 2 ** 30);
console.log(`\n${cpu}, ${os.cpus().length} threads, ${memory} GB; ${os.type()} ${os.release().split("-")[0]}; Chromium ${chromium}; Node ${process.version}`);
console.log(`Medians of ${RUNS} runs.\n`);
console.log("| figure | measured | promise |\n|---|---|---|");
for (const cells of rows) console.log(`| ${cells.join(" | ")} |`);
