// The lab of N+1 queries: a program, what it asks of its database, and what is wrong with that.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, lab, leave, scrollsSideways, stage } from "./browser.mjs";

const site = stage();

async function settled(queries) {
  await queries.root.locator(".lab-stage:not([aria-busy])").waitFor();
}

async function open(preset, options = {}) {
  const page = await site.open(`labs/n-plus-one/?preset=${preset}`, options);
  return [page, await (await lab(page)).recorded()];
}

const group = (queries, name) => queries.root.getByRole("group", { name, exact: true });

/// Waits until a figure above the waterfall reads so.
async function figure(queries, name, value) {
  await queries.root.locator(".queries-totals div").filter({ hasText: new RegExp(`^${name}${value}$`) }).waitFor();
}

test("lazy relations ask two hundred and one queries, and the lab says which line does", async () => {
  const [page, queries] = await open("catalogue-lazy");
  await figure(queries, "Queries", "201");
  const findings = group(queries, "Findings");
  await findings.getByText("N+1: line 9 ran the same query 100 times").waitFor();
  await findings.getByText("N+1: line 10 ran the same query 100 times").waitFor();
  await findings.getByRole("button", { name: "Show line 9" }).click();
  await group(queries, "Query").getByText(/^line 9 .*number 1 of 100/).waitFor();
  assert.equal(await queries.root.locator(".line[aria-current] .line-number").innerText(), "9");
  await axe(page, "N+1 queries");
  await leave(page);
});

test("eager relations are three queries, and nothing is wrong with them", async () => {
  const [page, queries] = await open("catalogue-lazy");
  await queries.root.getByLabel("Preset").selectOption("catalogue-in");
  await figure(queries, "Queries", "3");
  await group(queries, "Findings").getByText("Nothing to find fault with.").waitFor();
  await leave(page);
});

test("every preset ends well", async () => {
  const [page, queries] = await open("catalogue-lazy");
  const presets = await queries.root.getByLabel("Preset").locator("option").evaluateAll((all) => all.map(({ value }) => value).filter(Boolean));
  assert.equal(presets.length, 11);
  for (const preset of presets) {
    await queries.root.getByLabel("Preset").selectOption(preset);
    await queries.stands((k, n) => k === n && n > 3);
    await settled(queries);
    await group(queries, "Console").getByText("exit code 0").waitFor();
  }
  await leave(page);
});

test("only what has happened is counted, shown and listed", async () => {
  const [page, queries] = await open("catalogue-lazy");
  await queries.press("First step");
  await queries.stands(1);
  await figure(queries, "Queries", "0 of 201");
  await group(queries, "Findings").getByText("nothing found so far").waitFor();
  await queries.root.getByText("SQL log").click();
  await queries.press("Last step");
  await group(queries, "Queries in order").getByRole("row").nth(1).waitFor();
  await queries.root.getByText("201 to 201 of 201").waitFor();
  await queries.press("Earlier");
  await queries.root.getByText("151 to 200 of 201").waitFor();
  await axe(page, "the SQL log");
  await leave(page);
});

test("the plan says what an index is for", async () => {
  const [page, queries] = await open("catalogue-in");
  const falls = group(queries, "Waterfall");
  await falls.getByRole("button", { name: /FROM skus/ }).click();
  await queries.root.getByText("The database", { exact: true }).click();
  await queries.root.getByLabel("Other products").selectOption({ label: "12\u202f000" });
  await settled(queries);
  await falls.getByRole("button", { name: /FROM skus/ }).click();
  await group(queries, "Plan").getByText(/Index Scan|Bitmap/).first().waitFor();
  await queries.root.getByLabel("Indexes").selectOption({ label: "none but the primary keys" });
  await settled(queries);
  await falls.getByRole("button", { name: /FROM skus/ }).click();
  await group(queries, "Plan").getByText("Seq Scan").first().waitFor();
  await group(queries, "Findings").getByText(/CREATE INDEX ON skus \(product_id\)/).waitFor();
  await group(queries, "Plan").getByRole("button", { name: "PostgreSQL’s text" }).click();
  await group(queries, "The plan as PostgreSQL prints it").getByText("Execution Time").waitFor();
  await axe(page, "a plan");
  await leave(page);
});

test("what the database refuses is told in its own words", async () => {
  const [page, queries] = await open("catalogue-in");
  await queries.root.getByText("The database", { exact: true }).click();
  const sql = queries.root.getByLabel("And then, in SQL");
  await sql.fill("CREATE INDEX ON nowhere (id);");
  await sql.blur();
  await queries.root.locator(".queries-fault").getByText('relation "nowhere" does not exist').waitFor();
  await sql.fill("");
  await sql.blur();
  await figure(queries, "Queries", "3");
  await leave(page);
});

test("a program is edited, refused and run", async () => {
  const [page, queries] = await open("catalogue-in");
  await group(queries, "Program").getByRole("button", { name: "Edit" }).click();
  const editor = queries.root.locator(".cm-content");
  await editor.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("const { pool } = require('./shop')\nfor (;; {");
  await queries.press("Run");
  await queries.root.locator(".il-fault").waitFor();
  await group(queries, "Console").getByText(/not started: an error on line 2/).waitFor();
  await editor.click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText("const { pool } = require('./shop')\npool.query('SELECT 1 AS one').then(({ rows }) => console.log(rows[0].one))");
  await page.keyboard.press("Control+Enter");
  await figure(queries, "Queries", "1");
  await group(queries, "Console").getByText("exit code 0").waitFor();
  await leave(page);
});

test("six ways to write the catalogue stand side by side", async () => {
  const [page, queries] = await open("catalogue-lazy");
  await queries.press("Compare");
  const table = group(queries, "Ways to write the catalogue");
  await table.waitFor();
  assert.equal(await table.locator("tbody tr").count(), 6);
  assert.match(await table.getByRole("row", { name: /Lazy relations/ }).innerText(), /on the stage[\s\S]*201/);
  await axe(page, "a comparison");
  await table.getByRole("button", { name: "Open Eager, by IN" }).click();
  await figure(queries, "Queries", "3");
  await queries.root.getByText("Something was changed since").waitFor();
  await leave(page);
});

test("a sweep draws what becomes of more products", async () => {
  const [page, queries] = await open("catalogue-lazy");
  await queries.root.getByLabel("Products", { exact: true }).selectOption("10 products");
  await settled(queries);
  await queries.press("Sweep");
  await queries.root.getByRole("img", { name: /^Time, with more products/ }).waitFor({ timeout: 60_000 });
  await queries.root.getByText("The same as a table").click();
  assert.equal(await group(queries, "Figures of the sweep").locator("tbody tr").count(), 12);
  await axe(page, "a sweep");
  await leave(page);
});

test("predict asks how often a line will ask", async () => {
  const [page, queries] = await open("catalogue-lazy");
  await queries.press("First step");
  await queries.press("Predict");
  await queries.root.getByText(/Line 9 has asked for the first time/).first().waitFor();
  await queries.root.getByRole("button", { name: /^100 times/ }).click();
  await queries.root.getByText("N+1: line 9 ran the same query 100 times").first().waitFor();
  await leave(page);
});

test("a row is picked with the keyboard", async () => {
  const [page, queries] = await open("catalogue-lazy");
  const row = group(queries, "Waterfall").getByRole("button", { name: /FROM images/ });
  await row.focus();
  await page.keyboard.press("Enter");
  assert.equal(await row.getAttribute("aria-pressed"), "true");
  await group(queries, "Query").getByText(/^line 10/).waitFor();
  await leave(page);
});

test("a link that says anything leaves a lab that works", async () => {
  for (const scenario of ["null", '{"program":"while (true) {}","shop":{"products":4000000000},"pool":0}', '{"pool":"many"}']) {
    const page = await site.open(`labs/n-plus-one/?v=1&lab=n-plus-one&s=${Buffer.from(scenario).toString("base64url")}`);
    const queries = await lab(page);
    await queries.root.getByLabel("Preset").selectOption("catalogue-in");
    await figure(queries, "Queries", "3");
    await leave(page);
  }
});

test("on a small screen nothing scrolls sideways", async () => {
  for (const width of [320, 390]) {
    const [page, queries] = await open("catalogue-all-at-once", { viewport: { width, height: 844 }, colorScheme: "dark" });
    await figure(queries, "Queries", "201");
    assert.equal(await scrollsSideways(page), false);
    await axe(page, `N+1 queries at ${width} px`);
    await leave(page);
  }
});
