// The practice room with a learner's hands: by keyboard, in two tabs, after a reload, with damaged rows.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { axe, leave, scrollsSideways, stage } from "./browser.mjs";

const site = stage();
const DECK = "practice/study/?deck=sagas&kind=choice";

/// Another page of the same visitor.
async function another(page, path) {
  const next = await page.context().newPage();
  next.faults = page.faults;
  await next.goto(site.site.url + path);
  return next;
}

/// Answers the question that is asked, with the keyboard, and waits until the disk has it.
async function answer(page, digit = "1") {
  await page.locator(".sitting-card input").first().waitFor();
  await page.keyboard.press(digit);
  await page.keyboard.press("Enter");
  await page.getByText("Saved on this device.").waitFor();
}

/// What the database has, row by row.
const rows = (page, store = "records") =>
  page.evaluate(
    (store) =>
      new Promise((resolve, reject) => {
        const open = indexedDB.open("interleave");
        open.onerror = () => reject(open.error);
        open.onsuccess = () => {
          const all = open.result.transaction(store).objectStore(store);
          const [keys, values] = [all.getAllKeys(), all.getAll()];
          all.transaction.oncomplete = () => {
            open.result.close();
            resolve(keys.result.map((key, at) => [key, values.result[at]]));
          };
        };
      }),
    store,
  );

const put = (page, store, key, text) =>
  page.evaluate(
    ([store, key, text]) =>
      new Promise((resolve) => {
        const open = indexedDB.open("interleave");
        open.onsuccess = () => {
          const transaction = open.result.transaction(store, "readwrite");
          transaction.objectStore(store).put(text, key);
          transaction.oncomplete = () => {
            open.result.close();
            resolve();
          };
        };
      }),
    [store, key, text],
  );

/// Waits for what cannot be seen on the page.
async function until(done, what) {
  for (const end = Date.now() + 10_000; !(await done()); ) assert.ok(Date.now() < end, what);
}

async function downloaded(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return { name: download.suggestedFilename(), path: await download.path(), text: await readFile(await download.path(), "utf8") };
}

test("a deck is studied by keyboard alone, to its end", async () => {
  const page = await site.open("practice/study/?deck=sagas&kind=choice&level=senior");
  await page.locator(".sitting-at").waitFor();
  const [, of] = (await page.locator(".sitting-at").innerText()).match(/1 of (\d+)/);
  assert.ok(Number(of) >= 1);
  await page.keyboard.press("?");
  await page.getByRole("region", { name: "Keys" }).waitFor();
  await axe(page, "a question and the list of keys");
  await page.keyboard.press("Escape");
  // What was missed comes back until it is recalled, its options in another order: chance ends it long before this does.
  for (let tries = 0; tries < 40 * Number(of) && !(await page.locator(".sitting-over").count()); tries++) {
    await page.locator(".sitting-card input").first().waitFor();
    const options = await page.locator(".sitting-card input[type=radio]").count();
    await answer(page, String((tries % options) + 1));
    assert.ok(await page.evaluate(() => document.activeElement.matches(".ask-feedback")), "the verdict has the focus");
    await page.keyboard.press("Enter");
    await page.locator(".sitting-sure, .sitting-over").first().waitFor();
  }
  assert.match(await page.locator(".sitting-over h2").innerText(), new RegExp(`of ${of} at the first try`));
  await axe(page, "the end of a sitting");
  await leave(page);
});

test("an open question is compared with its rubric, and rated by a key", async () => {
  const page = await site.open("practice/study/?kind=open");
  await page.getByLabel("Your answer").fill("I would measure before anything is changed.");
  await page.getByRole("button", { name: "Compare with the rubric" }).click();
  await page.locator(".quiz-option input").first().check();
  await axe(page, "a rubric");
  await page.getByRole("button", { name: "I have ticked honestly" }).click();
  await page.getByRole("status").getByText(/^1 of \d+ points/).waitFor();
  await page.getByRole("group", { name: "How well did you know it?" }).waitFor();
  await axe(page, "an open question that waits to be rated");
  assert.equal((await rows(page)).length, 0, "nobody but the learner says how well it was known");
  await page.keyboard.press("3");
  await page.locator(".sitting-at", { hasText: "2 of" }).waitFor();
  await until(async () => (await rows(page)).length > 0, "it is kept");
  const [[, row]] = await rows(page);
  assert.match(row, /good/i);
  assert.equal(await page.getByLabel("Your answer").inputValue(), "", "the next one begins empty");
  await leave(page);
});

test("an answer survives a reload, and comes back for review", async () => {
  const page = await site.open(DECK);
  await answer(page);
  assert.equal((await rows(page)).length, 1);
  await page.goto(site.site.url + "practice/progress/");
  await page.getByText(/^1 answer on this device/).waitFor();
  await page.goto(site.site.url + "practice/review/");
  await page.getByText(/comes back in/).or(page.getByText(/is due/)).first().waitFor();
  await leave(page);
});

test("two tabs at once lose nothing", async () => {
  const page = await site.open(DECK);
  const other = await another(page, DECK);
  const progress = await another(page, "practice/progress/");
  await progress.getByText(/^0 answers on this device/).waitFor();
  await Promise.all([answer(page), answer(other)]);
  await Promise.all([page.keyboard.press("Enter"), other.keyboard.press("Enter")]);
  await Promise.all([page.locator(".sitting-sure").waitFor(), other.locator(".sitting-sure").waitFor()]);
  await Promise.all([answer(page, "2"), answer(other, "2")]);
  const kept = await rows(page);
  assert.equal(kept.length, 4);
  assert.equal(new Set(kept.map(([key]) => key.split("-")[1])).size, 2, "each tab has an id of its own");
  // A third tab has heard of all of them without a reload.
  await progress.getByText(/^4 answers on this device/).waitFor();
  await leave(page);
});

test("a damaged row is counted, kept as it is and never written over", async () => {
  const page = await site.open(DECK);
  await answer(page);
  await put(page, "records", "records/damaged", '{"id":"?');
  await put(page, "drafts", "drafts/exam/x", "not JSON");
  await page.reload();
  await page.getByText("2 saved answers cannot be read").waitFor();
  await answer(page);
  const kept = Object.fromEntries([...(await rows(page)), ...(await rows(page, "drafts"))]);
  assert.equal(kept["records/damaged"], '{"id":"?');
  assert.equal(kept["drafts/exam/x"], "not JSON");
  assert.equal(Object.keys(kept).length, 4);
  await axe(page, "the note about damaged rows");
  await leave(page);
});

test("without a database one can still practise, and is told", async () => {
  const context = await site.visitor();
  await context.addInitScript(() => Object.defineProperty(window, "indexedDB", { get: () => undefined }));
  const page = await context.newPage();
  await page.goto(site.site.url + DECK);
  await page.getByText("Your answers are kept only until you leave this page").waitFor();
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await page.getByText("Kept until you leave this page.").waitFor();
  await context.close();
});

test("a database of a newer version is left alone", async () => {
  const page = await site.open("practice/");
  await page.locator(".practice-today").waitFor();
  const next = await another(page, "practice/print/");
  await next.locator(".paper").waitFor();
  await next.evaluate(
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open("interleave", 99);
        open.onsuccess = () => {
          open.result.close();
          resolve();
        };
      }),
  );
  await page.getByText("Reload the page to get it").waitFor();
  await page.goto(site.site.url + "practice/progress/");
  await page.getByText("a newer version of this site has written").waitFor();
  await leave(page);
});

test("progress is exported, deleted when asked, and imported with a summary first", async () => {
  const page = await site.open(DECK);
  await answer(page);
  await page.keyboard.press("Enter");
  await page.locator(".sitting-sure").waitFor();
  await answer(page, "2");
  await page.goto(site.site.url + "practice/progress/");
  const file = await downloaded(page, () => page.getByRole("button", { name: "Export" }).click());
  assert.match(file.name, /^interleave-progress-\d{4}-\d\d-\d\d\.json$/);
  assert.equal(JSON.parse(file.text).records.length, 2);

  await page.getByRole("button", { name: "Delete everything…" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  assert.equal((await rows(page)).length, 2);
  await page.getByRole("button", { name: "Delete everything…" }).click();
  await axe(page, "the question about deleting");
  await page.getByRole("button", { name: "Delete everything", exact: true }).click();
  await page.getByText(/^0 answers on this device/).waitFor();
  await page.getByText("Everything is deleted").waitFor();

  const damaged = file.text.replace('"rating":"', '"rating":"?');
  await page.locator("input[type=file]").setInputFiles({ name: "mine.json", mimeType: "application/json", buffer: Buffer.from(damaged) });
  await page.getByText("The file has 1 new answer, 1 damaged, left out.").waitFor();
  assert.equal((await rows(page)).length, 0, "nothing is merged before one says so");
  await page.getByRole("button", { name: "Leave it" }).click();
  await page.locator("input[type=file]").setInputFiles(file.path);
  await page.getByText("The file has 2 new answers.").waitFor();
  await page.getByRole("button", { name: "Take them over" }).click();
  await page.getByText("2 new answers taken over").waitFor();
  await page.reload();
  await page.getByText(/^2 answers on this device/).waitFor();
  await page.locator("input[type=file]").setInputFiles({ name: "cat.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await page.getByText("cat.json holds no answers of Interleave").waitFor();
  await leave(page);
});

test("an exam goes on after a reload, is submitted once and reviewed", async () => {
  const page = await site.open("practice/exam/");
  await page.getByLabel("Questions").selectOption("10");
  await page.getByRole("button", { name: "Begin with 10 questions" }).click();
  await axe(page, "an exam");
  // Not every kind of question is answered by pressing a key: as many as are.
  const answers = async () => Number((await page.locator(".sheet p").innerText()).split(" ")[0]);
  for (let at = 1; at < 10; at++) {
    await page.locator(".sitting-card").waitFor();
    await page.keyboard.press("1");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("heading", { name: `Question ${at + 1} of 10` }).waitFor();
  }
  await page.getByRole("button", { name: "⚐ Flag" }).click();
  const answered = await answers();
  assert.ok(answered > 0);
  await page.getByRole("button", { name: "5 minutes more" }).click();
  const longer = `"limit":${35 * 60_000}`;
  await until(async () => (await rows(page, "drafts")).some(([, row]) => row.includes(longer)), "the exam is kept with its five minutes");

  await page.reload();
  await page.getByText(`An exam is not finished: ${answered} of 10 answered`).waitFor();
  await page.getByRole("button", { name: "Go on" }).click();
  assert.equal(await answers(), answered);
  assert.match(await page.locator(".timer-left").innerText(), /^3[45]:/);
  await page.getByRole("button", { name: "Pause" }).click();
  assert.equal(await page.locator(".sitting-card").count(), 0, "the questions are out of sight");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("button", { name: "Question 10: open, flagged" }).waitFor();
  await page.getByRole("button", { name: "Submit the exam" }).click();
  await page.getByRole("button", { name: "Submit", exact: true }).click();
  await page.getByRole("heading", { name: /of 10 right/ }).waitFor();
  await until(async () => (await rows(page)).length === answered, "every answer is kept");
  await axe(page, "the review of an exam");

  await page.reload();
  await page.getByRole("button", { name: "See the review" }).click();
  await page.getByRole("heading", { name: /of 10 right/ }).waitFor();
  assert.equal((await rows(page)).length, answered, "it is judged once");
  await leave(page);
});

test("an interview goes to its verdict, over a pause and a reload, and is taken along as Markdown", async () => {
  const page = await site.open("practice/interview/");
  await page.getByLabel("Length").selectOption("short");
  await page.getByRole("radio", { name: /Charged, but not reserved/ }).check();
  await axe(page, "choosing an interview");
  await page.getByRole("button", { name: "Begin" }).click();
  await page.getByRole("button", { name: "I am ready" }).click();
  await page.getByLabel("Your answer").fill("I would compare <all> three.");
  await axe(page, "a question of an interview");
  await page.getByRole("button", { name: "Pause" }).click();
  await page.reload();
  await page.getByRole("button", { name: "Go on" }).click();
  assert.equal(await page.getByLabel("Your answer").inputValue(), "I would compare <all> three.");
  for (let turn = 0; turn < 40 && !(await page.locator(".outcome").count()); turn++) {
    if (await page.getByRole("button", { name: "I have answered" }).count()) {
      await page.getByRole("button", { name: "I have answered" }).click();
    } else if (await page.getByRole("button", { name: "All that matters" }).count()) {
      if (turn < 5) await axe(page, "comparing");
      await page.getByRole("button", { name: "All that matters" }).click();
    } else {
      if (turn < 5) await axe(page, "the rubric");
      const points = page.locator(".tick:not(.flag) input");
      for (let at = 1; at < (await points.count()); at++) await points.nth(at).check();
      await page.getByRole("button", { name: "Go on", exact: true }).click();
    }
  }
  const verdict = await page.locator(".outcome h1").innerText();
  assert.match(verdict, /^Verdict: (strong yes|yes|not yet|no)$/);
  await axe(page, "the verdict");
  const file = await downloaded(page, () => page.getByRole("button", { name: "Export as Markdown" }).click());
  assert.match(file.name, /^interview-charged-but-not-reserved-.*\.md$/);
  assert.match(file.text, /^# Charged, but not reserved\n/);
  assert.ok(file.text.includes(`**Verdict: ${verdict.slice(9)}**`));
  assert.ok(file.text.includes("I would compare <all> three."));
  assert.match(file.text, /What to study next\n\n- .*<http.*\/guide\//);
  await page.reload();
  await page.getByRole("button", { name: "See the verdict" }).click();
  assert.equal(await page.locator(".outcome h1").innerText(), verdict);
  await leave(page);
});

test("filters choose among the decks", async () => {
  const page = await site.open("practice/");
  await page.getByLabel("Kind").selectOption("order");
  const link = page.locator(".deck-title").first();
  assert.match(await link.getAttribute("href"), /&kind=order$/);
  await link.click();
  await page.locator(".sitting-card").waitFor();
  assert.match(await page.locator("h1").innerText(), /put in order/);
  await leave(page);
});

test("axe finds nothing in any room, light or dark, and none scrolls sideways at 320 px", async () => {
  for (const [colorScheme, width, forcedColors] of [["light", 1280], ["dark", 390], ["light", 320, "active"]]) {
    const page = await site.open(DECK, { colorScheme, forcedColors, viewport: { width, height: 800 } });
    await answer(page);
    await axe(page, `an answer (${width} px)`);
    for (const room of ["", "review/", "progress/", "exam/", "interview/", "print/?deck=locking&answers=yes", "study/?deck=no-such"]) {
      await page.goto(`${site.site.url}practice/${room}`);
      await page.locator("[data-practice][data-live] > :not(.practice-loading)").nth(1).waitFor();
      await axe(page, `practice/${room} (${colorScheme}, ${width} px)`);
      assert.equal(await scrollsSideways(page), false, `practice/${room} at ${width} px`);
    }
    await leave(page);
  }
});
