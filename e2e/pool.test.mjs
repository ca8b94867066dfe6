// The lab of connection pools.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, lab, leave, scrollsSideways, stage } from "./browser.mjs";

const site = stage();

async function open(preset, options = {}) {
  const page = await site.open(`labs/pool/?preset=${preset}`, options);
  return [page, await (await lab(page)).recorded()];
}

const group = (pool, name) => pool.root.getByRole("group", { name, exact: true });

test("every preset runs to its figures", async () => {
  const [page, pool] = await open("just-right");
  const presets = await pool.root.getByLabel("Preset").locator("option").evaluateAll((all) => all.map(({ value }) => value).filter(Boolean));
  assert.equal(presets.length, 11);
  for (const preset of presets) {
    await pool.root.getByLabel("Preset").selectOption(preset);
    await pool.root.locator(".lab-stage:not([aria-busy])").waitFor();
    await pool.stands((_, n) => n > 100);
    await pool.press("Last step");
    await pool.stands((k, n) => k === n);
    assert.match(await group(pool, "Waits").innerText(), /Little’s law/, preset);
    await group(pool, "Pool sizes").getByRole("img", { name: /^Times against the size of the pool/ }).waitFor();
  }
  await axe(page, "the figures of a pool");
  await leave(page);
});

test("the wait is measured beside its prediction", async () => {
  const [page, pool] = await open("just-right");
  await pool.press("Last step");
  await pool.stands((k, n) => k === n);
  const row = group(pool, "Waits").getByRole("row", { name: /Wait, mean/ });
  assert.match(await row.innerText(), /Wait, mean\s+6\.5 ms\s+5\.7 ms/);
  // More connections than the server has cores: the formula has nothing to say, and why is said.
  await pool.root.getByLabel("Pool size", { exact: true }).selectOption("pool of 12");
  await pool.root.locator(".lab-stage:not([aria-busy])").waitFor();
  await pool.press("Last step");
  await pool.stands((k, n) => k === n);
  await group(pool, "Waits").getByText("the pool has more connections than the server has cores").waitFor();
  await leave(page);
});

test("a request waits, and is served in its turn", async () => {
  const [page, pool] = await open("too-small");
  const queue = group(pool, "Queue");
  // From the slices into the close look.
  const [start] = await pool.position();
  await pool.press("Next step");
  await pool.stands(start + 1);
  for (let [step, steps] = await pool.position(); step < steps; step++) {
    if ((await queue.locator(".request").count()) > 2) break;
    await pool.press("Next step");
    await pool.stands(step + 1);
  }
  const first = await queue.locator(".request").first().innerText();
  for (let i = 0; i < 60 && (await queue.locator(".request").first().innerText()) === first; i++) {
    const [step] = await pool.position();
    await pool.press("Next step");
    await pool.stands(step + 1);
  }
  assert.match(await pool.note.first().innerText(), new RegExp(`goes to request ${first}, which has waited longest`));
  assert.ok((await group(pool, "Pool").locator(".connection.is-running .request").allInnerTexts()).includes(first));
  await axe(page, "a queue");
  await leave(page);
});

test("what is changed is run at once, and the link carries it", async () => {
  const [page, pool] = await open("leak", { permissions: ["clipboard-read", "clipboard-write"] });
  await pool.root.getByLabel("Leaks").selectOption("none");
  await pool.root.locator(".lab-stage:not([aria-busy])").waitFor();
  await pool.press("Last step");
  await pool.stands((k, n) => k === n);
  assert.match(await group(pool, "Over time").innerText(), /Answered\/s/);
  await pool.press("Share");
  await page.getByText("The link to this step is copied.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await site.open(link.slice(site.site.url.length));
  const reopened = await lab(other);
  await reopened.stands((k, n) => k === n && n > 100);
  assert.equal(await reopened.root.getByLabel("Leaks").evaluate((select) => select.selectedOptions[0].text), "none");
  await leave(other);
  await leave(page);
});

test("predict asks what a request will get", async () => {
  const [page, pool] = await open("just-right");
  await pool.press("Predict");
  await pool.root.getByText(/Request 1 arrives. What does it get\?/).first().waitFor();
  await pool.root.getByRole("button", { name: /a new connection/ }).click();
  await pool.stands((k) => k === 2);
  await leave(page);
});

test("a link that says anything leaves a lab that works", async () => {
  for (const scenario of ["null", '{"rate":0,"max":4000000000,"queries":4000000000,"using":"together"}', '{"rate":"many"}']) {
    const page = await site.open(`labs/pool/?v=1&lab=pool&s=${Buffer.from(scenario).toString("base64url")}`);
    const pool = await lab(page);
    await pool.root.getByLabel("Preset").selectOption("just-right");
    await pool.stands((_, steps) => steps > 100);
    await leave(page);
  }
});

test("on a small screen nothing scrolls sideways", async () => {
  for (const width of [320, 390]) {
    const [page, pool] = await open("too-large", { viewport: { width, height: 844 }, colorScheme: "dark" });
    await pool.press("Last step");
    await pool.stands((k, n) => k === n);
    assert.equal(await scrollsSideways(page), false);
    await axe(page, `the lab of pools at ${width} px`);
    await leave(page);
  }
});
