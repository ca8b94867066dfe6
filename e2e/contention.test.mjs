// The lab that compares ways to change a row.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, lab, leave, scrollsSideways, stage } from "./browser.mjs";

const site = stage();

/// The figures of a strategy, by their names.
function figures(contention, strategy) {
  const row = contention.root.locator(".standings .standing").filter({ hasText: strategy });
  return row.locator("dl > div").evaluateAll((pairs) => Object.fromEntries(pairs.map((pair) => [...pair.children].map((part) => part.textContent))));
}

test("the run goes step by step, and ends in charts with a table beside them", async () => {
  const page = await site.open("labs/contention/");
  const contention = await (await lab(page)).recorded();
  await contention.press("Next step");
  await contention.stands(2);
  assert.equal(await contention.root.locator(".standings .standing").count(), 5);
  assert.equal(await contention.root.locator(".charts").count(), 0);

  await contention.press("Last step");
  await contention.stands((step, steps) => step === steps);
  const none = await figures(contention, "No protection");
  const atomic = await figures(contention, "Atomic update");
  assert.match(none.Lost, /✗ \d+/);
  assert.equal(atomic.Lost, "–");
  await contention.root.getByRole("img", { name: /^Commits a second, from 64 to 1/ }).waitFor();
  await contention.root.getByText("The same as a table").click();
  // Seven levels, five strategies.
  assert.equal(await contention.root.locator(".levels tbody tr").count(), 35);
  await axe(page, "the comparison at its end");
  await leave(page);
});

test("a setting runs at once and keeps the step; the same settings give the same figures", async () => {
  const page = await site.open("labs/contention/");
  const contention = await (await lab(page)).recorded();
  await contention.slider.fill("41");
  await contention.stands(41);
  const before = await figures(contention, "FOR UPDATE");
  const clients = contention.root.getByRole("combobox", { name: "Clients" });
  await clients.selectOption("32");
  await page.waitForFunction(() => document.querySelectorAll(".standing .clients-now")[0]?.querySelectorAll("path").length === 32);
  await contention.stands(41);
  assert.notDeepEqual(await figures(contention, "FOR UPDATE"), before);
  await clients.selectOption("12");
  await page.waitForFunction(() => document.querySelectorAll(".standing .clients-now")[0]?.querySelectorAll("path").length === 12);
  assert.deepEqual(await figures(contention, "FOR UPDATE"), before);
  await leave(page);
});

test("transfers deadlock, and in order they do not", async () => {
  const deadlocks = async (preset) => {
    const page = await site.open(`labs/contention/?preset=${preset}&at=41`);
    const contention = await lab(page);
    await contention.stands(41);
    const counts = await contention.root
      .locator(".standings dl > div")
      .evaluateAll((pairs) => pairs.filter((pair) => pair.children[0].textContent === "Deadlocks").map((pair) => Number(pair.children[1].textContent) || 0));
    await leave(page);
    return counts.reduce((sum, count) => sum + count);
  };
  assert.ok((await deadlocks("transfers")) > 0);
  assert.equal(await deadlocks("transfers-in-order"), 0);
});

test("a prediction has the five strategies to choose from", async () => {
  const page = await site.open("labs/contention/");
  const contention = await (await lab(page)).recorded();
  await contention.press("Predict");
  const question = contention.root.getByRole("group", { name: "Predict" });
  assert.equal(await question.locator(".choice").count(), 5);
  await question.locator(".choice").first().click();
  await contention.root.locator(".question .verdict").waitFor();
  await axe(page, "a prediction about the comparison");
  await leave(page);
});

test("it fits a phone", async () => {
  const page = await site.open("labs/contention/", { viewport: { width: 390, height: 844 }, hasTouch: true });
  const contention = await (await lab(page)).recorded();
  await contention.press("Last step");
  await contention.stands((step, steps) => step === steps);
  assert.equal(await scrollsSideways(page), false);
  await axe(page, "the comparison on a phone");
  await leave(page);
});
