// Home, gallery, guide and the page for what is not there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lab, leave, stage, UNDER_A_PATH, serveSite } from "./browser.mjs";

const site = stage();

test("home says what this is and its lab is live", async () => {
  const page = await site.open("");
  await page.getByRole("heading", { level: 1, name: /order your Node\.js code runs in/ }).waitFor();
  const loop = await lab(page);
  assert.ok((await loop.root.boundingBox()).y < 900, "the lab is on the first screen");
  await loop.press("Next step");
  await loop.stands(2);
  await page.getByRole("link", { name: "Read the guide" }).click();
  await page.waitForURL("**/guide/");
  await leave(page);
});

test("the gallery opens each preset", async () => {
  const page = await site.open("labs/");
  const links = await page.locator(".card a").evaluateAll((links) => links.map((link) => [link.textContent, link.href]));
  assert.ok(links.length >= 12, `${links.length} presets`);
  const [title, href] = links.at(-1);
  await page.goto(href);
  const loop = await lab(page);
  const picker = loop.root.getByRole("combobox", { name: "Preset" });
  assert.equal(await picker.locator("option:checked").innerText(), title);
  await leave(page);
});

test("a guide page: its lab, its programs and its question answer in place", async () => {
  const page = await site.open("guide/microtasks/");
  const loop = await (await lab(page)).recorded();
  await loop.press("Next step");
  await loop.stands(2);

  const program = page.locator("[data-island=run][data-live]").first();
  await program.getByRole("button", { name: "Run" }).click();
  await program.getByText("Printed").waitFor();
  assert.match(await program.locator("samp").innerText(), /timer one\s+tick of one\s+promise of one\s+timer two/);

  const question = page.locator("[data-island=question][data-live]").first();
  await question.getByRole("radio").first().check();
  await question.getByRole("button", { name: "Check" }).click();
  await question.getByRole("button", { name: "Answer again" }).waitFor();
  assert.ok((await question.locator(".reason").count()) >= 2, "every answer has its reason");
  await leave(page);
});

test("each guide page leads to the next", async () => {
  const page = await site.open("guide/");
  const chapters = await page.locator("main a[href^='guide/']").evaluateAll((links) => links.map(({ href }) => href));
  assert.ok(chapters.length >= 2);
  for (const chapter of chapters) {
    const response = await page.goto(chapter);
    assert.equal(response.status(), 200);
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
  }
  await leave(page);
});

test("an address that leads nowhere has a page and a status", async () => {
  const page = await site.open("");
  const response = await page.goto(`${site.site.url}guide/no-such-page/deeper/`);
  assert.equal(response.status(), 404);
  await page.getByRole("heading", { name: "There is no page here" }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "Guide" }).click();
  await page.waitForURL(`${site.site.url}guide/`);
  page.faults = page.faults.filter((fault) => !fault.includes("404"));
  await leave(page);
});

test("the theme that one picks stays", async () => {
  const page = await site.open("");
  const toggle = page.getByRole("button", { name: /Theme/ });
  await toggle.click();
  await page.locator("html[data-theme=light]").waitFor();
  await toggle.click();
  await page.locator("html[data-theme=dark]").waitFor();
  await page.goto(`${site.site.url}guide/`);
  await page.locator("html[data-theme=dark]").waitFor();
  assert.match(await page.getByRole("button", { name: /Theme/ }).innerText(), /Dark/);
  await leave(page);
});

test("the whole site works under a path", async (t) => {
  const elsewhere = await serveSite(UNDER_A_PATH, "/some/sub/path/");
  t.after(() => elsewhere.close());
  const context = await site.visitor();
  const page = await context.newPage();
  const missing = [];
  page.on("response", (response) => response.status() >= 400 && missing.push(response.url()));
  await page.goto(elsewhere.url);
  await page.getByRole("link", { name: "Labs", exact: true }).click();
  await page.waitForURL("**/some/sub/path/labs/");
  await page.goto(`${elsewhere.url}labs/event-loop/`);
  const loop = await lab(page);
  await loop.press("Next step");
  await loop.stands(2);
  await page.waitForURL("**/some/sub/path/labs/event-loop/?*at=2");
  await page.reload();
  await (await lab(page)).stands(2);
  assert.deepEqual(missing, []);
  assert.ok(elsewhere.requests.every((path) => path.startsWith("/some/sub/path/")), "nothing is asked for outside the path");
  await context.close();
});
