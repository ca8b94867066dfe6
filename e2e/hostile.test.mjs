// Programs that would hang or drown a browser: they are stopped with a message, and the page answers all the while.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, lab, leave, linkTo, stage } from "./browser.mjs";

const site = stage();

/// The longest time, in milliseconds, that the page was deaf since the page began to listen.
function listen(page) {
  return page.evaluate(() => {
    globalThis.deaf = 0;
    let last = performance.now();
    const { port1, port2 } = new MessageChannel();
    // Ten times a second at least; a gap is time in which a click would have waited.
    port1.onmessage = () => {
      const now = performance.now();
      globalThis.deaf = Math.max(globalThis.deaf, now - last - 10);
      last = now;
      setTimeout(() => port2.postMessage(null), 10);
    };
    port2.postMessage(null);
  });
}

const PROGRAMS = [
  ["an endless loop", "let n = 0\nwhile (true) {\n  n++\n}", /stopped|endless/i],
  ["an endless chain of ticks", "function again() { process.nextTick(again) }\nagain()", /stopped/i],
  ["an endless chain of promises", "(async function () { for (;;) await null })()", /stopped/i],
  ["endless recursion", "function f() { return f() }\nf()", /RangeError|stopped|recursion|Maximum call stack/i],
  ["strings without end", "let s = 'x'\nfor (;;) s += s", /stopped|memory|Invalid string length/i],
  ["an array without end", "const all = []\nfor (;;) all.push(new Array(1e6).fill(0))", /stopped|memory/i],
  ["printing without end", "for (;;) console.log('again and again')", /stopped/i],
  ["timers without end", "setInterval(() => {}, 1)", /stopped/i],
];

for (const [name, program, words] of PROGRAMS) {
  test(`${name}: stopped with a message, and the page answers within 100 ms`, async () => {
    const page = await site.open("labs/event-loop/");
    await (await lab(page)).recorded();
    await page.goto(site.site.url + linkTo(program, { at: 1_000_000 }));
    const loop = await lab(page);
    await listen(page);
    await loop.root.locator(".lab-stage:not([aria-busy])").waitFor({ timeout: 60_000 });
    await loop.root.locator(".lab-main").getByText(words).first().waitFor({ timeout: 60_000 });
    const deaf = await page.evaluate(() => globalThis.deaf);
    assert.ok(deaf <= 100, `the page was deaf for ${deaf.toFixed(0)} ms`);
    await axe(page, name);

    // The next program runs as if nothing had happened.
    await loop.root.getByRole("combobox", { name: "Preset" }).selectOption({ index: 1 });
    await loop.recorded();
    await loop.press("Next step");
    await loop.stands(2);
    // What the engine says about its own end is not the page's fault.
    page.faults = page.faults.filter((fault) => !/engines\/node-/.test(fault));
    await leave(page);
  });
}

test("one call that nothing can interrupt: the worker is replaced and the lab says so", async () => {
  const page = await site.open(linkTo("console.log(/^(a+)+$/.test('a'.repeat(40) + 'b'))"));
  const loop = await lab(page);
  const alert = loop.root.getByRole("alert");
  await alert.getByText("The program was stopped").waitFor({ timeout: 60_000 });
  await axe(page, "a program that hung");
  await alert.getByRole("button", { name: "Reset the lab" }).click();
  await loop.recorded();
  await loop.press("Next step");
  await loop.stands(2);
  page.faults = page.faults.filter((fault) => !/engines\/node-/.test(fault));
  await leave(page);
});

test("an engine that never arrives: the lab says so and the text stays", async () => {
  const page = await site.open("404.html");
  await page.route("**/engines/**", (route) => route.abort());
  await page.goto(`${site.site.url}labs/event-loop/`);
  const loop = await lab(page);
  await loop.press("Next step");
  const alert = loop.root.getByRole("alert");
  await alert.getByText("could not be loaded").waitFor();
  await axe(page, "a lab without its engine");
  await page.unroute("**/engines/**");
  await alert.getByRole("button", { name: "Run again" }).click();
  await loop.recorded();
  page.faults = [];
  await leave(page);
});

test("a worker that is killed while it runs: the lab says so", async () => {
  const context = await site.visitor();
  const visit = await context.newPage();
  // The browser may take any process away. From the page's side that is an error of the worker which nobody caught.
  await visit.addInitScript(() => {
    const { Worker } = globalThis;
    globalThis.Worker = class extends Worker {
      postMessage(...args) {
        this.terminate();
        queueMicrotask(() => this.dispatchEvent(new ErrorEvent("error", { message: "the process is gone" })));
        globalThis.Worker = Worker;
        void args;
      }
    };
  });
  await visit.goto(`${site.site.url}labs/event-loop/`);
  const loop = await lab(visit);
  await loop.press("Next step");
  const alert = loop.root.getByRole("alert");
  await alert.getByText("The program was stopped").waitFor();
  await axe(visit, "a lab whose worker was killed");
  await alert.getByRole("button", { name: "Run again" }).click();
  await loop.recorded();
  await context.close();
});
