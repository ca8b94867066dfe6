// Two labs inside a page of another origin.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { axe, faults, lab, leave, stage } from "./browser.mjs";
import { serve } from "./server.mjs";

let host, folder;
const site = stage(async (site) => {
  folder = mkdtempSync(join(tmpdir(), "interleave-host-"));
  const html = readFileSync(new URL("embed-host.html", import.meta.url), "utf8").replaceAll("SITE", site.site.origin);
  writeFileSync(join(folder, "index.html"), html);
  const far = "\n".repeat(300);
  writeFileSync(join(folder, "far.html"), html.replace("<p>Text between the labs.</p>", `<pre>${far}</pre>`));
  writeFileSync(join(folder, "404.html"), "<!doctype html><title>Not found</title>");
  host = await serve(folder);
});
after(async () => {
  await host?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function visit(options) {
  const context = await site.visitor(options);
  const page = await context.newPage();
  page.faults = faults(page);
  await page.goto(host.url);
  return page;
}

test("both labs run, as high as they are, each in its theme", async () => {
  assert.notEqual(host.origin, site.site.origin);
  const page = await visit();
  for (const [id, theme, start] of [["first", "dark", 1], ["second", "light", 3]]) {
    const element = page.locator(`#${id}`);
    await element.scrollIntoViewIfNeeded();
    const frame = await (await element.locator("iframe").elementHandle()).contentFrame();
    const loop = await lab(frame);
    loop.page = page;
    await loop.recorded();
    await loop.stands(start);
    await loop.press("Next step");
    await loop.stands(start + 1);
    assert.equal(await frame.locator("html").getAttribute("data-theme"), theme);

    await page.waitForFunction((id) => {
      const frame = document.getElementById(id).shadowRoot.querySelector("iframe");
      return frame.style.height !== "640px" && frame.getBoundingClientRect().height > 200;
    }, id);
    assert.equal(await frame.evaluate(() => document.documentElement.scrollHeight > innerHeight), false, "the lab fits its frame");
  }
  assert.equal(await page.locator("#second iframe").getAttribute("title"), "Ticks, step by step");
  await axe(page, "the host page");
  await leave(page);
});

test("the frame follows the theme and the height of its lab", async () => {
  const page = await visit();
  const element = page.locator("#first");
  const frame = await (await element.locator("iframe").elementHandle()).contentFrame();
  await lab(frame);
  await element.evaluate((element) => element.setAttribute("theme", "light"));
  await frame.locator("html[data-theme=light]").waitFor();
  await element.evaluate((element) => element.setAttribute("theme", "auto"));
  await frame.locator("html:not([data-theme])").waitFor();

  const before = await element.boundingBox();
  await frame.getByText("Transcript", { exact: true }).first().click();
  await page.waitForFunction((before) => document.getElementById("first").getBoundingClientRect().height > before, before.height);
  await leave(page);
});

test("messages of others change nothing", async () => {
  const page = await visit();
  const element = page.locator("#first");
  await lab(await (await element.locator("iframe").elementHandle()).contentFrame());
  const { height } = await element.boundingBox();
  await page.evaluate(() => {
    for (const data of [{ interleave: 1, type: "height", height: 5_000 }, { interleave: 2, type: "height", height: 5_000 }]) postMessage(data, "*");
  });
  assert.equal((await element.boundingBox()).height, height);
  await leave(page);
});

test("without JavaScript the fallback inside is what one sees", async () => {
  const page = await visit({ javaScriptEnabled: false });
  assert.equal(await page.getByRole("link", { name: "Open the lab" }).count(), 2);
  await leave(page);
});

test("a lab far below is not loaded before one comes near", async () => {
  const context = await site.visitor({ viewport: { width: 800, height: 400 } });
  const page = await context.newPage();
  await page.goto(`${host.url}far.html`);
  await page.locator("#first iframe").waitFor({ state: "attached" });
  assert.equal(await page.locator("#second iframe").count(), 0);
  // The first lab grows when it is there, and moves what is below it: a reader scrolls until the second one is in view.
  await page.waitForFunction(() => {
    const second = document.getElementById("second");
    second.scrollIntoView();
    return second.shadowRoot?.querySelector("iframe");
  });
  await context.close();
});
