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

/// The site in `folder` as a host would serve it, under the policy that the site promises to work under.
export const serveSite = (folder, prefix) => serve(folder, { prefix, headers: STRICT });

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
 * `prepare(stage)` does what else has to be done before them. `stage.open(path, options)` gives a fresh visitor's page, loaded, whose errors fail the test: see `Visit`.
 */
export function stage(prepare = () => {}) {
  const stage = {};
  before(async () => {
    stage.site = await serveSite(DIST, "/");
    stage.browser = await launch();
    await prepare(stage);
  });
  after(async () => {
    await stage.browser?.close();
    await stage.site?.close();
  });
  // Only the tests of the offline site let it be kept: it would be fetched whole for every visitor.
  stage.visitor = async (options = {}) => {
    const context = await stage.browser.newContext({ viewport: { width: 1280, height: 900 }, serviceWorkers: "block", ...options });
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

/// A lab of the page, the first by default, once the app has brought it to life.
export async function lab(page, at = 0, within = page) {
  await within.locator("[data-lab][data-live]").nth(at).waitFor();
  return new Lab(page, within.locator("[data-lab]").nth(at));
}

/// A lab as its reader knows it: by the names of what one can press, and by what one can read.
class Lab {
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.note = root.locator(".note");
    this.console = root.getByRole("group", { name: "Console" });
    this.slider = root.getByRole("slider", { name: "Step" });
  }

  button(name) {
    return this.root.getByRole("button", { name, exact: true });
  }

  press(name) {
    return this.button(name).click();
  }

  /// Where it stands: `[step, steps]`, both counted from 1; zeros before its first run.
  async position() {
    const text = await this.root.locator(".transport-step").innerText();
    const [, ...numbers] = text.match(/step (.+) of (.+)/) ?? [, "0", "0"];
    return numbers.map((number) => Number(number.replace(/\D/g, "")));
  }

  /// Waits for "step `step` of …", or for a step of which `step(k, n)` is true.
  async stands(step) {
    const wanted = typeof step === "function" ? step : (k) => k === step;
    for (const end = Date.now() + 20_000; Date.now() < end; await this.page.evaluate(() => new Promise(requestAnimationFrame))) {
      const position = await this.position();
      if (wanted(...position)) return position;
    }
    throw new Error(`the lab stands at ${await this.position()}`);
  }

  /// Touches it and waits for its tape: what a reader does who is about to use it.
  async recorded() {
    await this.root.locator(".lab-foot").hover();
    await this.root.locator(".lab-stage:not([aria-busy])").waitFor();
    await this.stands((_, steps) => steps > 1);
    return this;
  }
}

/// A link to the event-loop lab with a program of one's own, as the Share button makes it.
export function linkTo(program, { at = 1, path = "labs/event-loop/", version = 1 } = {}) {
  const scenario = JSON.stringify({ program, module: "commonjs", slow_timers: false, seed: 1 });
  return `${path}?v=${version}&lab=event-loop&s=${Buffer.from(scenario).toString("base64url")}&at=${at}`;
}
