// After the first visit the site works without a network.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, lab, leave, stage } from "./browser.mjs";

const site = stage();

/// Waits until the service worker has taken over and holds what is fetched last.
function keptEverything(page) {
  return page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    for (;;) {
      const [name] = await caches.keys();
      const kept = name ? (await (await caches.open(name)).keys()).map(({ url }) => url) : [];
      if (active.state === "activated" && [/engines\/node-.*\.wasm$/, /engines\/sql-.*\.wasm$/, /engines\/protocols-.*\.wasm$/, /editor-/, /\/app-.*\.wasm$/].every((part) => kept.some((url) => part.test(url)))) return;
      await new Promise(requestAnimationFrame);
    }
  });
}

test("pages, programs and the editor are there without a network", async () => {
  const page = await site.open("", { serviceWorkers: "allow" });
  await keptEverything(page);
  await page.context().setOffline(true);
  await site.site.close();

  await page.goto(`${site.site.url}labs/event-loop/`);
  const loop = await lab(page);
  await loop.press("Next step");
  await loop.stands(2);

  await page.goto(`${site.site.url}guide/`);
  assert.ok(await page.getByRole("heading", { level: 1 }).isVisible());

  const nowhere = await page.goto(`${site.site.url}no/such/page/`);
  assert.ok(nowhere.fromServiceWorker());
  assert.ok(await page.getByRole("heading", { level: 1 }).isVisible());
  await axe(page, "the page for what is not there, offline");
  await leave(page);
});
