// For everyone: every page and lab state by axe, by keyboard, on small screens, in the dark, without motion, without JavaScript.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { axe, DIST, lab, leave, scrollsSideways, stage } from "./browser.mjs";

const site = stage();
const PAGES = readdirSync(DIST, { recursive: true }).filter((file) => file.endsWith(".html")).map((file) => file.replace(/index\.html$/, ""));

test("axe finds nothing on any page, light or dark, wide or narrow", async () => {
  for (const [colorScheme, width] of [["light", 1280], ["dark", 390]]) {
    for (const path of PAGES) {
      const page = await site.open(path, { colorScheme, viewport: { width, height: 844 } });
      if (await page.locator("[data-lab]").count()) await (await lab(page)).recorded();
      await axe(page, `${path || "home"} (${colorScheme}, ${width} px)`);
      await leave(page);
    }
  }
});

test("no page scrolls sideways at 320 px", async () => {
  for (const path of PAGES) {
    const page = await site.open(path, { viewport: { width: 320, height: 640 } });
    if (await page.locator("[data-lab]").count()) {
      const loop = await (await lab(page)).recorded();
      const [step, steps] = await loop.position();
      await loop.press(step < steps ? "Next step" : "Step back");
    }
    assert.equal(await scrollsSideways(page), false, path || "home");
    await leave(page);
  }
});

test("what one presses is at least 24 px", async () => {
  const page = await site.open("labs/event-loop/", { viewport: { width: 320, height: 640 }, hasTouch: true });
  await (await lab(page)).recorded();
  const small = await page.locator("button:visible, select:visible, input:visible, summary:visible").evaluateAll((targets) =>
    targets.flatMap((target) => {
      // Whoever presses the label presses what it labels.
      const { width, height } = (target.closest("label") ?? target).getBoundingClientRect();
      return width < 24 || height < 24 ? [`${target.ariaLabel ?? target.textContent} ${width}×${height}`] : [];
    }),
  );
  assert.deepEqual(small, []);
  await leave(page);
});

test("nothing moves for readers who asked for less motion", async () => {
  const page = await site.open("labs/event-loop/", { reducedMotion: "reduce" });
  const loop = await (await lab(page)).recorded();
  for (let step = 2; step <= 12; step++) {
    await loop.press("Next step");
    await loop.stands(step);
    const moving = await page.evaluate(() => document.getAnimations({ subtree: true }).filter(({ playState }) => playState === "running").length);
    assert.equal(moving, 0, `step ${step}`);
  }
  await leave(page);
});

test("the keyboard is enough", async () => {
  const page = await site.open("labs/event-loop/");
  const loop = await lab(page);

  // The first stop leads past the header.
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip to the text/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "main");

  // Tab reaches the lab, and what has the focus shows it.
  const reached = new Set();
  for (let stops = 0; stops < 40; stops++) {
    await page.keyboard.press("Tab");
    const { name, visible } = await page.evaluate(() => {
      const element = document.activeElement;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const name = element.ariaLabel ?? element.textContent.trim();
      return { name, visible: element === document.body || (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none" };
    });
    assert.ok(visible, `one sees that "${name}" has the focus`);
    reached.add(name);
  }
  for (const name of ["Preset", "Predict", "Share", "Play", "Next step", "Step back", "Step"]) assert.ok(reached.has(name), name);

  // The keys of the lab.
  await loop.button("Next step").focus();
  await loop.recorded();
  const [, steps] = await loop.position();
  for (const [key, stands] of [["Home", 1], ["ArrowRight", 2], ["ArrowRight", 3], ["ArrowLeft", 2], ["End", steps], ["Home", 1]]) {
    await page.keyboard.press(key);
    await loop.stands(stands);
  }
  await page.keyboard.press("?");
  const keys = loop.root.getByRole("group", { name: "Keys" });
  await keys.waitFor();
  await axe(page, "the list of keys");
  await page.keyboard.press("?");
  await keys.waitFor({ state: "detached" });

  // Space plays and pauses where it does not press a button.
  await loop.root.locator("section.lab").focus();
  await page.keyboard.press("Space");
  await loop.button("Pause").waitFor();
  await page.keyboard.press("Space");
  await loop.button("Play").waitFor();
  await leave(page);
});

test("Tab indents in the editor, and Escape then Tab leaves it", async () => {
  const page = await site.open("labs/event-loop/");
  const loop = await lab(page);
  await loop.press("Edit");
  const editor = loop.root.getByRole("textbox", { name: "Program" });
  await editor.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Tab");
  assert.match(await editor.innerText(), /^ {2}\S/);
  assert.ok(await editor.evaluate((element) => element.getRootNode().activeElement === element));
  await axe(page, "the open editor");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.equal(await editor.evaluate((element) => element.getRootNode().activeElement === element), false);
  await leave(page);
});

test("without JavaScript every page is readable and says what its lab would do", async () => {
  for (const path of PAGES) {
    const page = await site.open(path, { javaScriptEnabled: false });
    assert.ok((await page.locator("main").innerText()).length > 80, path || "home");
    const labs = page.locator("[data-lab]");
    for (let at = 0; at < (await labs.count()); at++) {
      // The first frame is a picture with words in it, not an empty box.
      assert.ok((await labs.nth(at).innerText()).length > 100, `the lab on ${path || "home"}`);
    }
    if (await labs.count()) assert.ok(await page.locator("p.noscript").first().isVisible());
    await leave(page);
  }
});

test("text is painted before any Wasm is asked for", async () => {
  const page = await site.open("guide/microtasks/");
  await lab(page);
  const { painted, asked } = await page.evaluate(() => ({
    painted: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    asked: Math.min(...performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".wasm")).map(({ startTime }) => startTime)),
  }));
  assert.ok(painted <= asked, `painted after ${painted} ms, Wasm asked for after ${asked} ms`);
  await leave(page);
});

test("reading a page fetches neither the engine nor the editor", async () => {
  const page = await site.open("guide/microtasks/");
  await lab(page);
  await page.waitForLoadState("networkidle");
  const fetched = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  assert.deepEqual(fetched.filter((name) => /engines\/|editor-/.test(name)), []);
  await leave(page);
});

test("in forced colours the lab is still told apart", async () => {
  const page = await site.open("labs/event-loop/", { forcedColors: "active" });
  const loop = await (await lab(page)).recorded();
  await loop.press("Next step");
  await loop.stands(2);
  await axe(page, "the lab in forced colours");
  await leave(page);
});
