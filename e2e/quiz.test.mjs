// Questions of guide pages: by keyboard, by axe, without JavaScript; and each kind once, on the page that asks it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, lab, leave, scrollsSideways, stage } from "./browser.mjs";

const site = stage();

/// The question of that id, once it is live.
async function question(page, id) {
  const quiz = page.locator(`#q-${id}[data-live]`);
  await quiz.waitFor();
  await quiz.locator("legend").waitFor();
  return quiz;
}

test("a question is answered by keyboard", async () => {
  const page = await site.open("guide/microtasks/");
  const quiz = await question(page, "promise-before-timer");
  await quiz.getByRole("radio").first().focus();
  await page.keyboard.press("2");
  assert.equal(await quiz.getByRole("radio").nth(1).isChecked(), true);
  await page.keyboard.press("Enter");
  await quiz.getByRole("status").getByText("Right.").waitFor();
  assert.ok(await quiz.locator(".ask-feedback").evaluate((feedback) => feedback === document.activeElement));
  assert.equal(await quiz.locator(".reason").count(), await quiz.getByRole("radio").count());
  const guide = quiz.getByRole("link", { name: "Read about it in the guide" });
  assert.match(await guide.getAttribute("href"), /^guide\/microtasks\/#/);
  await page.keyboard.press("Tab");
  assert.ok(await guide.evaluate((link) => link === document.activeElement), "what follows the verdict comes next");
  await quiz.getByRole("button", { name: "Answer again" }).click();
  assert.equal(await quiz.getByRole("radio", { checked: true }).count(), 0);
  await leave(page);
});

test("it counts: the practice room knows of the answer", async () => {
  const page = await site.open("guide/microtasks/");
  const quiz = await question(page, "promise-before-timer");
  await quiz.getByRole("radio").nth(1).check();
  await quiz.getByRole("button", { name: "Check" }).click();
  await quiz.getByRole("status").getByText("Right.").waitFor();
  const kept = () =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          const open = indexedDB.open("interleave");
          open.onsuccess = () => {
            const all = open.result.transaction("records").objectStore("records").getAll();
            all.onsuccess = () => {
              open.result.close();
              resolve(all.result.join("\n"));
            };
          };
        }),
    );
  for (const end = Date.now() + 10_000; !(await kept()).includes("promise-before-timer"); ) {
    assert.ok(Date.now() < end, "the answer was not kept");
  }
  await leave(page);
});

test("axe finds nothing in a question, asked or judged, light or dark, wide or narrow", async () => {
  for (const [colorScheme, width] of [["light", 1280], ["dark", 390], ["light", 320]]) {
    const page = await site.open("guide/microtasks/", { colorScheme, viewport: { width, height: 900 } });
    const quiz = await question(page, "promise-before-timer");
    await axe(page, `asked (${colorScheme}, ${width} px)`);
    await quiz.getByRole("radio").first().check();
    await quiz.getByRole("button", { name: "Check" }).click();
    await quiz.getByRole("status").getByText("Not this one.").waitFor();
    await axe(page, `judged (${colorScheme}, ${width} px)`);
    assert.equal(await scrollsSideways(page), false);
    await leave(page);
  }
});

test("without JavaScript the question, its options and the answer can be read", async () => {
  const page = await site.open("guide/microtasks/", { javaScriptEnabled: false });
  const quiz = page.locator("#q-promise-before-timer");
  assert.match(await quiz.innerText(), /Why does a promise reaction run before a timer/);
  await quiz.locator("summary", { hasText: "Answer" }).click();
  assert.match(await quiz.innerText(), /The tick|When the timer became due/);
  await leave(page);
});

test("a goal is reached in the lab, and the lab says so", async () => {
  const page = await site.open("practice/study/?deck=isolation-levels&kind=lab");
  // Two withdrawals that lose one: the question is somewhere in the deck.
  const wanted = page.locator("iframe.ask-lab[src*='preset=lost-update&']");
  await page.locator("iframe.ask-lab").waitFor();
  while (!(await wanted.count())) await page.getByRole("button", { name: "Not now" }).click();
  const frame = page.frameLocator("iframe.ask-lab");
  await frame.locator("[data-lab][data-live]").waitFor();
  const check = page.getByRole("button", { name: "Check" });
  assert.equal(await check.isDisabled(), true, "nobody's word is taken for it");
  await axe(page, "a goal");

  await frame.getByRole("button", { name: "Clear", exact: true }).click();
  await frame.getByText("they take turns").waitFor();
  for (let turn = 0; turn < 4; turn++) {
    await frame.getByRole("button", { name: /^Alice: Next / }).click();
    await frame.locator(".turn").nth(turn).waitFor();
  }
  await page.getByText("Reached.").waitFor();
  await check.click();
  await page.getByRole("status").getByText("Right.").waitFor();
  await page.getByRole("link", { name: "Replay it in the lab" }).waitFor();
  await leave(page);
});

test("one crash charges a customer twice: a goal that takes a fault", async () => {
  const page = await site.open("practice/study/?deck=compensation&kind=lab");
  const wanted = page.getByText("Can you crash it so that the customer is charged twice?");
  await page.locator("iframe.ask-lab").waitFor();
  while (!(await wanted.count())) await page.getByRole("button", { name: "Not now" }).click();
  const protocol = await lab(page, 0, page.frameLocator("iframe.ask-lab"));
  await protocol.stands((_, steps) => steps > 1);

  // Calmly on, until the card is charged, and nobody but the service knows of it.
  const offers = protocol.root.getByRole("group", { name: "What may happen next" });
  for (let [step, steps] = await protocol.position(); ; step++) {
    assert.ok(step < steps, "the card is charged sooner or later");
    if (/^The payment service does “charge card”/.test(await protocol.note.innerText())) break;
    await protocol.press("Next step");
    await protocol.stands(step + 1);
  }
  assert.equal(await page.getByText("Reached.").count(), 0, "one charge is no fault");
  await offers.getByRole("button", { name: "Crash Orchestrator" }).click();
  await protocol.press("Last step");
  await page.getByText("Reached.").waitFor();
  await page.getByRole("button", { name: "Check" }).click();
  await page.getByRole("status").getByText("Right.").waitFor();
  await leave(page);
});
