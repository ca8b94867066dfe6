// One Chromium for the tests of a file, and what a test asks of every page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { serve, STRICT } from "./server.mjs";

export const DIST = fileURLToPath(new URL("../dist", import.meta.url));
export const UNDER_A_PATH = process.env.UNDER_A_PATH ?? fileURLToPath(new URL("../target/site-under-a-path", import.meta.url));

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/// Starts the system's Chromium: the one that `cargo xtask setup` found.
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
}

/**
 * Serves the site and opens a browser for the tests of this file.
 *
 * `stage.open(path, options)` gives a fresh visitor's page, loaded, whose errors fail the test: see `Visit`.
 */
export function stage({ folder = DIST, prefix = "/", headers = STRICT } = {}) {
  const stage = {};
  before(async () => {
    stage.site = await serve(folder, { prefix, headers });
    stage.browser = await launch();
  });
  after(async () => {
    await stage.browser?.close();
    await stage.site?.close();
  });
  stage.visitor = async (options = {}) => {
    const context = await stage.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(20_000);
    return context;
  };
  stage.open = async (path, options = {}) => {
    const context = await stage.visitor(options);
    const page = await context.newPage();
    page.faults = faults(page);
    await page.goto(stage.site.url + path);
    return page;
  };
  return stage;
}

/// Collects what must not happen on any page: errors, violations of the policy, requests to elsewhere.
export function faults(page) {
  const found = [];
  page.on("pageerror", (error) => found.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") found.push(`console: ${message.text()} (${message.location().url})`);
  });
  return found;
}

/// Ends a visit: nothing went wrong on the page, whatever else the test looked at.
export async function leave(page) {
  await page.context().close();
  assert.deepEqual(page.faults ?? [], []);
}

/// What axe finds wrong with the page as it is now, for people who use it in other ways. WCAG 2.2 AA and best practices.
export async function axe(page, where) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const lines = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target} ${node.failureSummary}`));
  assert.deepEqual(lines, [], `axe on ${where}`);
}

/// Whether the page can be scrolled sideways.
export function scrollsSideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

/// The first lab of a page, once it answers.
export async function lab(page) {
  const lab = page.locator("[data-lab]").first();
  await lab.locator("[data-state=ready]").waitFor();
  return lab;
}
