// The pictures of the README. They are taken in every run, and kept with UPDATE_SCREENSHOTS=1 (`cargo xtask test --update-screenshots`).
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { lab, leave, stage } from "./browser.mjs";

const site = stage();
const FOLDER = fileURLToPath(new URL("screenshots", import.meta.url));

const PICTURES = [
  { name: "guide", path: "guide/microtasks/", step: 12, width: 1280, height: 860 },
  { name: "lab-dark", path: "labs/event-loop/?preset=thread-pool", step: 30, width: 1280, height: 860, colorScheme: "dark" },
  { name: "lab-small", path: "labs/event-loop/", step: 12, width: 390, height: 844 },
];

for (const { name, path, step, width, height, colorScheme = "light" } of PICTURES) {
  test(`a picture: ${name}`, async () => {
    const page = await site.open(path, { viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
    const loop = await (await lab(page)).recorded();
    const [, steps] = await loop.position();
    const at = Math.min(step, steps);
    await loop.slider.fill(String(at));
    await loop.stands(at);
    await page.evaluate(() => document.activeElement.blur());
    await page.mouse.move(0, 0);
    const picture = await page.screenshot({ animations: "disabled" });
    if (process.env.UPDATE_SCREENSHOTS) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(`${FOLDER}/${name}.png`, picture);
    }
    await leave(page);
  });
}
