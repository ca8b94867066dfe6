// What the built files hold, whatever a browser makes of them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DIST } from "./browser.mjs";

const files = readdirSync(DIST, { recursive: true });
const pages = files.filter((file) => file.endsWith(".html")).map((file) => ({ file, html: readFileSync(join(DIST, file), "utf8") }));

test("there are pages", () => {
  const paths = pages.map(({ file }) => file);
  for (const path of ["index.html", "404.html", "labs/index.html", "labs/event-loop/index.html", "embed/event-loop/index.html"]) {
    assert.ok(paths.includes(path), path);
  }
  assert.ok(paths.filter((path) => path.startsWith("guide/")).length >= 2);
});

test("no page has a script, a style or a handler inside its HTML", () => {
  for (const { file, html } of pages) {
    assert.doesNotMatch(html, /<style[\s>]/i, file);
    assert.doesNotMatch(html, /\sstyle\s*=/i, file);
    // What stands in an attribute, such as a program, is text.
    assert.doesNotMatch(html.replace(/="[^"]*"/g, '=""'), /<[^>]+\son[a-z]+\s*=/i, file);
    for (const [script] of html.matchAll(/<script[^>]*>[^<]*/gi)) assert.match(script, /^<script[^>]*\ssrc="[^"]+"[^>]*>\s*$/, file);
  }
});

test("every page carries the policy before anything it loads", () => {
  for (const { file, html } of pages) {
    const policy = html.indexOf("Content-Security-Policy");
    assert.ok(policy > 0 && policy < html.search(/<script|<link/), file);
  }
});

test("nothing is fetched from elsewhere", () => {
  for (const { file, html } of pages) {
    for (const [tag] of html.matchAll(/<(?:script|link|img|iframe|source|video|audio)\b[^>]*>/gi)) {
      assert.doesNotMatch(tag, /(?:src|href)="(?:https?:)?\/\//i, file);
    }
  }
});

test("every link inside the site leads to a page, and every anchor to its element", () => {
  const known = new Map(pages.map(({ file, html }) => [file.replace(/index\.html$/, ""), html]));
  for (const { file, html } of pages) {
    for (const [, href] of html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)) {
      const url = new URL(href.replaceAll("&amp;", "&"), "http://site/");
      if (url.origin !== "http://site") continue;
      const path = url.pathname.slice(1);
      if (files.includes(path)) continue;
      assert.ok(known.has(path), `${file}: ${href}`);
      const id = decodeURIComponent(url.hash.slice(1));
      if (id) assert.ok(known.get(path).includes(`id="${id}"`), `${file}: ${href}: no such element`);
    }
  }
});

test("pages that a search engine should list are in the sitemap", () => {
  const sitemap = readFileSync(join(DIST, "sitemap.xml"), "utf8");
  const listed = pages.filter(({ html }) => !/name="robots" content="noindex"/.test(html));
  assert.equal((sitemap.match(/<loc>/g) ?? []).length, listed.length);
});
