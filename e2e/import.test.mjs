// Files of questions with a learner's hands: dropped or chosen, good and bad, kept, asked, removed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { axe, leave, scrollsSideways, stage } from "./browser.mjs";

const site = stage();
const fixture = (name) => ({ name, text: readFileSync(`crates/course/tests/formats/${name}`, "utf8") });

/// Drops files onto the page, as a hand does that drags them over it.
async function drop(page, ...files) {
  const over = page.locator(".yours-over");
  const data = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const { name, text, bytes } of files) data.items.add(new File([bytes ? new Uint8Array(bytes) : text], name));
    return data;
  }, files);
  await page.dispatchEvent("h1", "dragenter", { dataTransfer: data });
  await over.waitFor();
  await page.dispatchEvent("h1", "dragover", { dataTransfer: data });
  await page.dispatchEvent("h1", "drop", { dataTransfer: data });
  await over.waitFor({ state: "detached" });
}

/// The page, with the learner's own decks on it.
async function visit(options) {
  const page = await site.open("practice/", options);
  await page.getByRole("heading", { name: "Your decks" }).waitFor();
  return page;
}

const told = (page, words) => page.locator(".yours-told").getByText(words).waitFor();
const problems = (page) => page.locator(".yours-problems li").allInnerTexts();
const choose = (page, name, buffer) =>
  page.getByLabel("Choose files…").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(buffer) });

const QUIZ = `title = "Ownership"

[[questions]]
type = "MultipleChoice"
prompt.prompt = "Who frees \`s\`?"
prompt.distractors = ["nobody", "the caller"]
answer.answer = "its owner"
context = "When the owner goes out of scope."

[[questions]]
type = "ShortAnswer"
prompt.prompt = "Which keyword moves?"
answer.answer = "move"

[[questions]]
type = "Tracing"
prompt.program = "fn main() { println!(\\"1\\"); }"
answer.doesCompile = true
answer.stdout = "1"
`;

test("a dropped file is a deck that stays, is studied, counts, and is removed when asked", async () => {
  const page = await visit();
  await drop(page, { name: "ownership.toml", text: QUIZ });
  await told(page, "3 questions in 1 deck.");
  const deck = page.locator(".yours .deck");
  assert.match(await deck.innerText(), /Ownership\s+ownership\.toml · mdbook-quiz\s+3 questions/);
  await axe(page, "a deck of one's own");

  await page.reload();
  await page.getByRole("link", { name: "Ownership", exact: true }).click();
  await page.locator(".sitting-card input").first().waitFor();
  assert.equal(await page.locator("h1").innerText(), "Ownership");
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await page.getByText("Saved on this device.").waitFor();
  await axe(page, "a question of one's own deck");

  // The same file again, changed and under the name of a second download, is the same deck.
  await page.goto(site.site.url + "practice/");
  await deck.getByText("1 seen").waitFor();
  await drop(page, { name: "ownership (1).toml", text: QUIZ.replace(/\[\[questions\]\]\ntype = "Tracing"[^]*$/, "") });
  await told(page, "2 questions in 1 deck, which was here before; your answers to it count on.");
  await deck.getByText("2 questions").waitFor();
  await deck.getByText("1 seen").waitFor();
  // Another file of that name is another deck.
  await drop(page, { name: "ownership.gift", text: "Quite another?{=yes ~no}" });
  await told(page, "1 question in 1 deck.");
  assert.equal(await deck.count(), 2);

  await page.goto(site.site.url + "practice/exam/");
  await page.getByLabel("Your decks: Ownership", { exact: true }).check();
  await page.getByText("2 questions to draw from").waitFor();
  await page.goto(site.site.url + "practice/print/?deck=yours/ownership&answers=yes");
  await page.locator(".paper").getByText("Who frees").waitFor();
  await axe(page, "one's own deck, printed");

  await page.goto(site.site.url + "practice/");
  await page.getByRole("button", { name: "Remove Ownership…", exact: true }).click();
  await axe(page, "the question about removing");
  await page.getByRole("button", { name: "Keep it" }).click();
  assert.equal(await deck.count(), 2);
  await page.getByRole("button", { name: "Remove Ownership…", exact: true }).press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Remove Ownership");
  await page.getByRole("button", { name: "Remove it" }).click();
  await deck.nth(1).waitFor({ state: "detached" });
  const next = await page.context().newPage();
  next.faults = page.faults;
  await next.goto(site.site.url + "practice/");
  await next.locator(".yours .deck").waitFor();
  assert.equal(await deck.count(), 1);
  await leave(page);
});

test("a bad file says where it is bad, and keeps what is good", async () => {
  const page = await visit();
  await drop(page, { name: "mixed.toml", text: `${QUIZ}\n[[questions]]\ntype = "Riddle"\n\n[[questions]]\nprompt = \n` });
  await told(page, "3 questions in 1 deck; 2 problems.");
  const list = await problems(page);
  assert.match(list[0], /^line 21, question 4: there is no type “Riddle”/);
  assert.match(list[1], /^line 25, question 5: /);
  await axe(page, "problems of a file");
  // Those of the old dialect are read, and noted.
  await drop(page, fixture("legacy.toml"), fixture("broken.gift"));
  await told(page, /questions in 2 decks; \d+ problems\./);
  const noted = await problems(page);
  assert.ok(noted.some((line) => /^line \d+, question \d+: note: prompt\.choices is the dialect of old/.test(line)), noted.join("\n"));
  assert.deepEqual(await page.locator(".yours-problems h3").allInnerTexts(), ["legacy.toml", "broken.gift"]);
  await leave(page);
});

test("GIFT, both dialects of Markdown and our own TOML are read from one drop", async () => {
  const page = await visit();
  const own = `title = "Mine"\npart = "P"\nabout = "A"\n\n[[question]]\nid = "a"\nlevel = "mid"\nstem = "Which?"\nkind = "short"\nanswers = ["this"]\nbecause = "So."\n
[[question]]\nid = "b"\nlevel = "mid"\nstem = "What is printed?"\nkind = "output"\nprogram = "console.log(1)"\nbecause = "So."\n`;
  await drop(page, fixture("answers.gift"), fixture("details.md"), fixture("checklist.md"), { name: "mine.toml", text: own });
  await told(page, /questions in 4 decks/);
  const abouts = await page.locator(".yours .deck-about").allInnerTexts();
  assert.deepEqual(abouts.toSorted(), ["answers.gift · GIFT", "checklist.md · Markdown", "details.md · Markdown", "mine.toml · our own TOML"]);
  const list = await problems(page);
  assert.ok(list.includes("line 13, question 2: note: its answer is found by running it when the site is built; it cannot be asked from a file (“output”), and is left out"), list.join("\n"));
  await leave(page);
});

test("what a file has in it is text: nothing of it is run, loaded or followed", async () => {
  const page = await visit();
  const elsewhere = [];
  page.on("request", (request) => request.url().startsWith(site.site.url) || elsewhere.push(request.url()));
  await page.evaluate(() => (globalThis.hacked = false));
  const evil = `<img src=x onerror="parent.hacked=top.hacked=hacked=true"><script>hacked=true</script>`;
  const file = `# <b>Evil</b> ${evil}

#### Q1. Who is ${evil} [here](javascript:hacked=true) ![pixel](https://evil.example/p.png)?

- [x] me ${evil}
- [ ] [you](data:text/html,<script>hacked=true</script>)

**Explanation:** <iframe src="https://evil.example/"></iframe> <a href="javascript:hacked=true">so</a> [and](//evil.example/)
`;
  await drop(page, { name: `<img src=x onerror=hacked=true>.md`, text: file });
  await told(page, /1 question in 1 deck/);
  await page.locator(".yours .deck-title").click();
  await page.locator(".sitting-card input").first().waitFor();
  await page.evaluate(() => (globalThis.hacked = false));
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await page.getByText("Saved on this device.").waitFor();
  assert.equal(await page.locator(".practice").locator("script, img, iframe, [onerror], a[href^=javascript], a[href^=data], a[href*=evil]").count(), 0);
  assert.equal(await page.evaluate(() => globalThis.hacked), false);
  await page.goto(site.site.url + "practice/print/?deck=yours/img-src-x-onerror-hacked-true&answers=yes");
  await page.locator(".paper-questions > li").waitFor();
  assert.equal(await page.locator(".practice").locator("script, img, iframe, a[href^=javascript], a[href^=data], a[href*=evil]").count(), 0);
  assert.deepEqual(elsewhere, []);
  await leave(page);
});

test("nonsense is answered with a sentence, and the page answers all the while", async () => {
  const page = await visit();
  // Files are made on the page before anything is measured: to bring them there is not the learner's time.
  const nonsense = [
    ["cat.png", () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0xfe, 1]), /this is not text/],
    ["empty.gift", () => "", /there is nothing in this file/],
    ["letter.txt", () => "Dear reader,\nthese are words.\n", /no questions of a format that is known here/],
    ["deep.toml", () => `[[questions]]\nx = ${"[".repeat(100_000)}`, /^line 2, question 1: /],
    ["line.gift", () => "x".repeat(10_000_000), /^note: a text without answers is no question|no question/],
    ["brackets.md", () => `# Q1. ${"[".repeat(3_000_000)}`, /^line 1|./],
    ["huge.gift", () => "x".repeat(20_000_001), /more than 20 MB is not read/],
  ];
  for (const [name, make, words] of nonsense) {
    const data = await page.evaluateHandle(`(() => { const data = new DataTransfer(); data.items.add(new File([(${make})()], "${name}")); return data; })()`);
    await page.evaluate(() => {
      globalThis.longest = 0;
      globalThis.watching ??= new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (globalThis.longest = Math.max(globalThis.longest, duration))));
      globalThis.watching.observe({ entryTypes: ["longtask"] });
    });
    await page.dispatchEvent("h1", "drop", { dataTransfer: data });
    await page.locator(".yours-problems h3").getByText(name).waitFor();
    const longest = await page.evaluate(() => globalThis.longest);
    assert.ok(longest <= 100, `${name}: the page was deaf for ${longest} ms`);
    assert.match((await problems(page)).join("\n"), words, name);
    await told(page, /^No question could be read; \d+ problems?\.$/);
  }
  assert.equal(await page.locator(".yours .deck").count(), 0);
  await axe(page, "a file that is refused");
  await leave(page);
});

test("a reader that does not come to an end is ended, and said so; the next file gets a new one", async () => {
  const context = await site.visitor();
  // A reader that hangs once it has begun: the time is the test's own.
  await context.addInitScript(() => {
    const { Worker } = globalThis;
    let hangs = true;
    globalThis.Worker = class extends Worker {
      postMessage(message) {
        if (hangs) hangs = false;
        else super.postMessage(message);
      }
    };
  });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(site.site.url + "practice/");
  await page.getByRole("heading", { name: "Your decks" }).waitFor();
  await choose(page, "slow.gift", "Who?{=me ~you}");
  await told(page, "Reading…");
  // It is fetched first; from then on it has eight seconds.
  while (await page.locator(".yours-told.busy").count()) await page.clock.runFor(1_000);
  assert.match((await problems(page))[0], /The reading was stopped: it did not answer within 8 seconds\./);
  await page.clock.resume();
  await choose(page, "good.gift", "Who?{=me ~you}");
  await told(page, "1 question in 1 deck.");
  await context.close();
});

test("rows that are damaged, or of nobody's making, cost no page; what is left is asked", async () => {
  const page = await visit();
  await drop(page, { name: "ownership.toml", text: QUIZ });
  await told(page, "3 questions in 1 deck.");
  await page.locator(".practice-notes").waitFor({ state: "attached" });
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open("interleave");
        open.onsuccess = () => {
          const transaction = open.result.transaction("decks", "readwrite");
          const rows = transaction.objectStore("decks");
          rows.get("decks/ownership").onsuccess = ({ target }) => rows.put(target.result.replace('"kind":"short"', '"kind":"riddle"'), "decks/ownership");
          rows.put("not a deck", "decks/foreign");
          rows.put({ a: 1 }, "decks/object");
          rows.put("{}", 7);
          transaction.oncomplete = () => {
            open.result.close();
            resolve();
          };
        };
      }),
  );
  await page.reload();
  const decks = page.locator(".yours .deck");
  await decks.nth(2).waitFor();
  assert.equal(await decks.count(), 3);
  const texts = await decks.allInnerTexts();
  assert.match(texts[0], /foreign\s+This deck cannot be read here/);
  assert.match(texts[2], /Ownership[^]*A part of it cannot be read[^]*2 questions/);
  await axe(page, "decks that are damaged");
  await page.getByRole("button", { name: "Remove foreign…" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await decks.nth(2).waitFor({ state: "detached" });
  await leave(page);
});

test("without a database a deck is asked on the page that has it", async () => {
  const context = await site.visitor();
  await context.addInitScript(() => Object.defineProperty(window, "indexedDB", { get: () => undefined }));
  const page = await context.newPage();
  await page.goto(site.site.url + "practice/");
  await page.getByText("Your answers are kept only until you leave this page").waitFor();
  await choose(page, "ownership.toml", QUIZ);
  await told(page, "3 questions in 1 deck.");
  await page.getByRole("link", { name: "Ownership", exact: true }).click();
  await page.locator(".sitting-card input").first().waitFor();
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await page.getByText("Kept until you leave this page.").waitFor();
  await page.getByRole("button", { name: "← All decks" }).click();
  await page.locator(".yours .deck").getByText("1 seen").waitFor();
  await context.close();
});

test("axe finds nothing with a deck and problems, light or dark, and none scrolls sideways at 320 px", async () => {
  for (const [colorScheme, width, forcedColors] of [["light", 1280], ["dark", 390], ["light", 320, "active"]]) {
    const page = await visit({ colorScheme, forcedColors, viewport: { width, height: 800 } });
    await drop(page, { name: "ownership.toml", text: `${QUIZ}\n[[questions]]\ntype = "${"Riddle".repeat(30)}"\n` });
    await told(page, "3 questions in 1 deck; 1 problem.");
    await axe(page, `one's own decks (${colorScheme}, ${width} px)`);
    assert.equal(await scrollsSideways(page), false, `${width} px`);
    await leave(page);
  }
});
