// The event-loop lab, the way a learner meets it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, lab, leave, linkTo, stage } from "./browser.mjs";

const site = stage();
const LAB = "labs/event-loop/";

/// Replaces the whole program in the editor.
async function write(page, loop, program) {
  await loop.press("Edit");
  const editor = loop.root.getByRole("textbox", { name: "Program" });
  await editor.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(program);
}

test("edit, run, step, step back, share, reopen", async () => {
  const page = await site.open(LAB, { permissions: ["clipboard-read", "clipboard-write"] });
  const loop = await lab(page);
  await write(page, loop, "setTimeout(function late() { console.log('timer') }, 0)\nprocess.nextTick(function soon() { console.log('tick') })\nconsole.log('script')");
  await loop.press("Run");
  await loop.recorded();
  await loop.press("Last step");
  await loop.stands((k, n) => k === n);
  assert.match(await loop.root.innerText(), /script\s+tick\s+timer/);

  await loop.press("First step");
  await loop.stands(1);
  await loop.press("Next step");
  await loop.press("Next step");
  await loop.press("Next step");
  await loop.press("Step back");
  const [step, steps] = await loop.stands(3);
  const note = await loop.note.innerText();
  await axe(page, "the lab with an edited program");

  await loop.press("Share");
  await page.getByText("The link to this step is copied.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.waitForFunction((link) => location.href === link, link);

  const other = await site.open(link.slice(site.site.url.length));
  const reopened = await lab(other);
  assert.deepEqual(await reopened.stands(step), [step, steps]);
  assert.equal(await reopened.note.innerText(), note);
  assert.match(await reopened.root.innerText(), /function soon\(\)/);
  await leave(other);
  await leave(page);
});

test("every way to move leads where it says", async () => {
  const page = await site.open(LAB);
  const loop = await (await lab(page)).recorded();
  const [, steps] = await loop.position();
  await loop.press("Next phase");
  const [phase] = await loop.stands((k) => k > 1);
  await loop.press("First step");
  await loop.stands(1);
  await loop.press("Over this callback");
  const [unit] = await loop.stands((k) => k > 1);
  assert.ok(unit <= phase);
  await loop.press("Last step");
  await loop.stands(steps);
  await loop.slider.fill("4");
  await loop.stands(4);
  await loop.root.locator(".transcript button").nth(1).click();
  await loop.stands(2);
  await leave(page);
});

test("playing moves by itself and stops at the end", async () => {
  const page = await site.open(LAB);
  const loop = await (await lab(page)).recorded();
  const [, steps] = await loop.position();
  await loop.slider.fill(String(steps - 2));
  await loop.press("Play");
  await loop.stands(steps);
  await loop.button("Play").waitFor();
  await leave(page);
});

test("every preset runs to its end and its tape is the same forwards and backwards", async () => {
  const page = await site.open(LAB);
  const loop = await (await lab(page)).recorded();
  const picker = loop.root.getByRole("combobox", { name: "Preset" });
  const presets = await picker.locator("option").evaluateAll((options) => options.map(({ value }) => value));
  assert.ok(presets.length >= 12, `${presets.length} presets`);
  for (const preset of presets) {
    await picker.selectOption(preset);
    await loop.recorded();
    assert.equal(await loop.root.getByRole("alert").count(), 0, preset);
    const [, steps] = await loop.position();
    const middle = Math.ceil(steps / 2);
    await loop.slider.fill(String(middle));
    await loop.stands(middle);
    const stage = await loop.root.locator(".lab-stage").innerText();
    await loop.press("Last step");
    await loop.stands(steps);
    await loop.slider.fill(String(middle + 1));
    await loop.stands(middle + 1);
    await loop.press("Step back");
    await loop.stands(middle);
    assert.equal(await loop.root.locator(".lab-stage").innerText(), stage, preset);
  }
  await leave(page);
});

test("a prediction offers real candidates and says why", async () => {
  const page = await site.open(LAB);
  const loop = await (await lab(page)).recorded();
  await loop.press("Predict");
  const question = loop.root.getByRole("group", { name: "Predict" });
  await question.waitFor();
  assert.ok((await question.locator("button.choice").count()) >= 2);
  await axe(page, "an open question");
  await question.locator("button.choice").first().click();
  assert.match(await question.locator(".question-words").innerText(), /(Right|Not that one): \S+/);
  await axe(page, "an answered question");
  await leave(page);
});

test("a link that cannot be followed opens the default and says so", async () => {
  for (const [query, words] of [
    ["?v=1&lab=event-loop&s=%%%&at=3", "This link is damaged"],
    ["?v=1&lab=event-loop&s=e30x&at=3", "This link is damaged"],
    ["?v=99&lab=event-loop&z=anything", "newer version"],
    ["?v=1&lab=event-loop&preset=no-such-preset", "does not exist"],
  ]) {
    const page = await site.open(LAB + query);
    const loop = await lab(page);
    await loop.root.getByText(words).waitFor();
    await (await loop.recorded()).press("Next step");
    await loop.stands(2);
    await axe(page, "a message about a link");
    await leave(page);
  }
});

test("a program that cannot be compiled says where", async () => {
  const page = await site.open(linkTo("console.log('a')\nlet = = 1\n"));
  const loop = await lab(page);
  await loop.root.getByText(/line 2/i).first().waitFor();
  await axe(page, "a rejected program");
  await leave(page);
});
