// The locking lab, the way a learner meets it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, lab, leave, scrollsSideways, stage } from "./browser.mjs";

const site = stage();
const LAB = "labs/locking/";

/// The lab at a preset, recorded.
async function open(preset, options) {
  const page = await site.open(`${LAB}?preset=${preset}`, options);
  const locking = await lab(page);
  await locking.root.locator(".lab-stage:not([aria-busy])").waitFor();
  await locking.stands((_, steps) => steps > 1);
  return [page, locking];
}

/// A withdrawal computed by the client, twice: no preset's, so that the presets may change.
const WITHDRAWALS = {
  setup: "CREATE TABLE accounts (id int PRIMARY KEY, balance int NOT NULL);\nINSERT INTO accounts VALUES (1, 100);",
  sessions: [
    { name: "Alice", sql: "BEGIN;\nSELECT balance FROM accounts WHERE id = 1;\nUPDATE accounts SET balance = 70 WHERE id = 1;\nCOMMIT;" },
    { name: "Bob", sql: "BEGIN;\nSELECT balance FROM accounts WHERE id = 1;\nUPDATE accounts SET balance = 80 WHERE id = 1;\nCOMMIT;" },
  ],
  schedule: [0, 1, 0, 1, 0, 1, 0, 1],
  isolation: "ReadCommitted",
  invariant: "SELECT balance = 50 FROM accounts WHERE id = 1",
};

/// The lab at those withdrawals.
async function withdrawals(options) {
  const page = await site.open(`${LAB}?v=1&lab=locking&s=${Buffer.from(JSON.stringify(WITHDRAWALS)).toString("base64url")}`, options);
  const locking = await lab(page);
  await locking.stands((_, steps) => steps > 1);
  return [page, locking];
}

/// The button that runs a session's next statement.
const next = (locking, name) => locking.root.getByRole("button", { name: new RegExp(`^${name}: Next `) });

/// The schedule as letters.
const schedule = (locking) => locking.root.locator(".turn .who").allInnerTexts().then((letters) => letters.join(""));

/// Waits for a schedule: a change is shown with its run.
async function scheduled(locking, wanted) {
  for (const end = Date.now() + 10_000; Date.now() < end; await locking.page.waitForTimeout(30)) {
    if ((await schedule(locking)) === wanted) return;
  }
  assert.equal(await schedule(locking), wanted);
}

test("by hand: each session's next statement, its result in its lane, and the same run from a link", async () => {
  const [page, locking] = await withdrawals({ permissions: ["clipboard-read", "clipboard-write"] });
  await locking.press("Clear");
  await locking.root.getByText("they take turns").waitFor();
  await next(locking, "Bob").click();
  await locking.stands(2);
  await next(locking, "Alice").click();
  await locking.stands(3);
  await next(locking, "Bob").click();
  await locking.stands(4);
  assert.equal(await schedule(locking), "BAB");
  assert.match(await locking.root.locator(".entry.now").innerText(), /SELECT balance FROM accounts[\s\S]*100$/);
  await axe(page, "the locking lab, by hand");

  await locking.press("Share");
  await page.getByText("The link to this step is copied.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const [, steps] = await locking.position();
  const note = await locking.note.innerText();
  const other = await site.open(link.slice(site.site.url.length));
  const reopened = await lab(other);
  assert.deepEqual(await reopened.stands(4), [4, steps]);
  assert.equal(await reopened.note.innerText(), note);
  assert.equal(await schedule(reopened), "BAB");
  await leave(other);
  await leave(page);
});

test("a lost update has its name, the statements that made it, and what prevents it", async () => {
  const [page, locking] = await withdrawals();
  await locking.press("Last step");
  const verdict = locking.root.getByRole("region", { name: "Verdict" });
  assert.match(await verdict.innerText(), /Lost update[\s\S]*The rule is broken[\s\S]*Bob comes before Alice/);
  await axe(page, "a verdict");
  await verdict.getByRole("button").first().click();
  await locking.stands((k, n) => k < n);
  await locking.root.getByLabel("Isolation level").selectOption("repeatable read");
  await locking.press("Last step");
  await locking.root.getByText("could not serialize access due to concurrent update").first().waitFor();
  await leave(page);
});

test("two sessions that wait for each other are a circle, and one of them is the victim", async () => {
  const [page, locking] = await open("deadlock");
  for (let step = 1; !(await locking.root.getByText(/^A circle: /).isVisible()); step += 1) {
    assert.ok(step < 12, "somebody waits");
    await locking.press("Next step");
    await locking.stands(step + 1);
  }
  assert.equal(await locking.root.locator(".state.blocked").count(), 2);
  await axe(page, "a deadlock");
  await locking.press("Next step");
  await locking.press("Last step");
  await locking.root.locator(".error", { hasText: "40P01" }).waitFor();
  await leave(page);
});

test("turns are dragged, moved by key, removed and added", async () => {
  const [page, locking] = await open("lost-update");
  const before = await schedule(locking);
  const turns = locking.root.locator(".turn");
  await turns.nth(0).dragTo(turns.nth(2));
  const dragged = before.slice(1, 3) + before[0] + before.slice(3);
  await scheduled(locking, dragged);
  await turns.nth(2).press("Alt+ArrowLeft");
  await page.keyboard.press("Alt+ArrowLeft");
  await scheduled(locking, before);
  assert.equal(await page.evaluate(() => document.activeElement.classList.contains("turn")), true);
  await page.keyboard.press("Delete");
  await scheduled(locking, before.slice(1));
  await locking.root.getByRole("button", { name: "Add a turn for Alice" }).click();
  await scheduled(locking, `${before.slice(1)}A`);
  await locking.root.getByLabel("Preset").selectOption("lost-update");
  await scheduled(locking, before);
  await leave(page);
});

test("what is wrong is shown where it is: in a statement, in the setup", async () => {
  const [page, locking] = await withdrawals();
  await locking.root.locator("summary", { hasText: "Scripts" }).click();
  const write = async (name, text) => {
    await locking.root.getByRole("textbox", { name, exact: true }).focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(text);
  };
  await locking.root.getByRole("textbox", { name: "Script of Alice" }).waitFor();
  await write("Script of Alice", "BEGIN;\nSELECT balnce FROM accounts;\nCOMMIT;");
  await locking.root.getByText("The scenario was edited.").waitFor();
  await page.keyboard.press("Control+Enter");
  await locking.stands((_, steps) => steps > 1);
  await locking.press("Last step");
  await locking.root.locator(".error", { hasText: 'column "balnce" does not exist' }).waitFor();
  assert.equal(await locking.root.locator(".at-fault").first().innerText(), "balnce");
  await axe(page, "a failed statement, and the editors");

  await write("Setup", "CREATE TABLE accounts (id int);\nINSERT INTO acounts VALUES (1);");
  await locking.press("Run");
  const stopped = locking.root.getByRole("region", { name: "Stopped" });
  await stopped.waitFor();
  assert.match(await stopped.innerText(), /acounts[\s\S]*Setup, line 2/);
  await axe(page, "a setup that fails");
  await leave(page);
});

test("every order at every level, and a number that opens the shortest run of its kind", async () => {
  const [page, locking] = await withdrawals();
  await locking.press("Try every order");
  await locking.root.getByText(/\d+ orders at each level/).waitFor();
  const broken = locking.root.getByRole("row", { name: /^the rule is broken/ });
  await axe(page, "every order");
  await broken.getByRole("button").first().click();
  await locking.stands((k, n) => k === n && n > 1);
  assert.match(await locking.root.getByRole("region", { name: "Verdict" }).innerText(), /The rule is broken/);
  await leave(page);
});

test("a prediction is asked, answered and explained", async () => {
  const [page, locking] = await open("deadlock");
  await locking.press("Predict");
  const question = locking.root.getByRole("group", { name: "Predict", exact: true });
  assert.match(await question.innerText(), /What happens\?|Who is blocked then\?|What does it return\?/);
  await question.getByRole("button").first().click();
  await question.getByText(/Right:|Not that one:/).waitFor();
  await leave(page);
});

test("a small screen has one column of statements and no way sideways", async () => {
  const [page, locking] = await open("deadlock", { viewport: { width: 390, height: 844 } });
  await locking.press("Last step");
  await locking.stands((k, n) => k === n);
  assert.equal(await scrollsSideways(page), false);
  const lefts = await locking.root.locator(".entry").evaluateAll((cards) => cards.map((card) => Math.round(card.getBoundingClientRect().left)));
  assert.equal(new Set(lefts).size, 1);
  await axe(page, "the locking lab on a small screen");
  await leave(page);
});
