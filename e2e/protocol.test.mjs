// The labs of protocols, the way a learner meets them: crash anything at any step, go back, choose differently, check every order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, lab, leave, scrollsSideways, stage } from "./browser.mjs";

const site = stage();

/// A lab at a preset, recorded.
async function open(id, preset, options) {
  const page = await site.open(`labs/${id}/?preset=${preset}`, options);
  const protocol = await lab(page);
  await protocol.root.locator(".lab-stage:not([aria-busy])").waitFor();
  await protocol.stands((_, steps) => steps > 1);
  return [page, protocol];
}

/// What may happen next.
const offers = (protocol) => protocol.root.getByRole("group", { name: "What may happen next" });
/// Makes it happen.
const choose = (protocol, name) => offers(protocol).getByRole("button", { name }).first().click();
/// The histories, by name.
const histories = (protocol) => protocol.root.getByRole("group", { name: "Histories" }).getByRole("button");
const notes = (protocol) => protocol.note.innerText();

test("every preset of every lab opens on its story", async () => {
  for (const id of ["two-phase-commit", "saga", "outbox"]) {
    const page = await site.open(`labs/${id}/`);
    const protocol = await (await lab(page)).recorded();
    const presets = await protocol.root.getByLabel("Preset").locator("option").evaluateAll((all) => all.map(({ value }) => value).filter(Boolean));
    assert.ok(presets.length >= 8, `${id} has ${presets.length} presets`);
    for (const preset of presets) {
      await protocol.root.getByLabel("Preset").selectOption(preset);
      await protocol.root.locator(".lab-stage:not([aria-busy])").waitFor();
      await protocol.stands((k, n) => k === 1 && n > 5);
      await protocol.press("Last step");
      await protocol.stands((k, n) => k === n);
      assert.match(await notes(protocol), /Nothing is left to happen|goes round/, `${id} ${preset}`);
    }
    await leave(page);
  }
});

test("by hand: a crash here, back again, and another choice: two histories, and both can be walked", async () => {
  const [page, protocol] = await open("two-phase-commit", "all-vote-yes", { permissions: ["clipboard-read", "clipboard-write"] });
  const [, calm] = await protocol.position();
  for (let step = 2; step <= 8; step++) {
    await protocol.press("Next step");
    await protocol.stands(step);
  }
  await choose(protocol, "Crash Coordinator");
  await protocol.stands((k, n) => k === 9 && n !== calm);
  assert.match(await notes(protocol), /^The coordinator crashes\./);
  assert.deepEqual(await histories(protocol).evaluateAll((all) => all.map((one) => one.ariaCurrent)), [null, "true"]);
  await axe(page, "a crashed coordinator");

  // Back, and something else from the same place.
  await protocol.press("Step back");
  await protocol.stands(8);
  await choose(protocol, "Crash Participant 1");
  await protocol.stands(9);
  assert.match(await notes(protocol), /^Participant 1 crashes\./);
  assert.equal(await histories(protocol).count(), 3);

  // The link carries all of it.
  await protocol.press("Share");
  await page.getByText("The link to this step is copied.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await site.open(link.slice(site.site.url.length));
  const reopened = await lab(other);
  await reopened.stands(9);
  assert.equal(await notes(reopened), await notes(protocol));
  assert.equal(await histories(reopened).count(), 3);
  await leave(other);

  // Nothing is lost: the first history is as it was.
  await histories(protocol).first().click();
  await protocol.stands((_, n) => n === calm);
  await protocol.press("Last step");
  assert.match(await notes(protocol), /participant 1 has committed, participant 2 has committed/);
  await leave(page);
});

test("what happens next anyway is no fork", async () => {
  const [page, protocol] = await open("saga", "card-refused");
  await offers(protocol).locator(".seq-offer.next").click();
  await protocol.stands(2);
  assert.equal(await histories(protocol).count(), 1);
  await leave(page);
});

test("a message is lost, doubled and held on the diagram", async () => {
  const [page, protocol] = await open("outbox", "idempotent-consumer");
  const sees = async (pattern) => {
    for (let [step, steps] = await protocol.position(); step < steps; step++) {
      if (pattern.test(await offers(protocol).innerText())) return;
      await protocol.press("Next step");
      await protocol.stands(step + 1);
    }
    assert.fail(`nobody offers ${pattern}`);
  };
  await sees(/publish event 1[\s\S]*from Relay/);
  const [at] = await protocol.position();
  for (const [name, says] of [[/^Lose “publish event 1”/, /is lost/], [/^Double “publish event 1”/, /becomes two/], [/^Hold the link from Relay to Broker/, /is held up/]]) {
    await choose(protocol, name);
    await protocol.stands(at + 1);
    assert.match(await notes(protocol), says);
    await protocol.press("Step back");
    await protocol.stands(at);
  }
  assert.equal(await histories(protocol).count(), 4);
  await leave(page);
});

test("every order is checked, and what breaks a rule opens where it breaks", async () => {
  const [page, protocol] = await open("two-phase-commit", "naive");
  await protocol.press("Check every order");
  await protocol.root.getByText(/1.508 states, 3.827 transitions, depth 29/).waitFor();
  await axe(page, "what a search has found");
  await protocol.root.getByRole("button", { name: "Show the shortest: no participant commits while another aborts" }).click();
  await protocol.stands((k, n) => k === 23 && n >= 23);
  assert.match(await protocol.root.getByRole("group", { name: "Rules" }).innerText(), /no participant commits while another aborts\s+step 23/i);
  assert.equal(await histories(protocol).count(), 2);

  // The same with the log: no order does.
  await protocol.root.getByText("What is set").click();
  await protocol.root.getByLabel("The coordinator writes its commit to a log").check();
  await protocol.root.locator(".lab-stage:not([aria-busy])").waitFor();
  await protocol.press("Check every order");
  await protocol.root.getByText(/1.947 states, 5.199 transitions, depth 27/).waitFor();
  assert.equal(await protocol.root.locator(".verdicts .broken").count(), 0);
  await leave(page);
});

test("the specification has as many states as its authors counted", async () => {
  const [page, protocol] = await open("two-phase-commit", "specification");
  await protocol.press("Check every order");
  await protocol.root.getByText(/288 states, 1.146 transitions, depth 11/).waitFor();
  await leave(page);
});

test("a large search says how far it is and can be stopped", async () => {
  const [page, protocol] = await open("two-phase-commit", "all-vote-yes");
  await protocol.root.getByText("What is set").click();
  await protocol.root.locator(".form-row", { hasText: /^Participants\s*1/ }).locator("select").selectOption("4");
  await protocol.root.locator(".lab-stage:not([aria-busy])").waitFor();
  for (const fault of ["Crashes", "Losses", "Duplicates"]) await protocol.root.getByRole("button", { name: `${fault}: more` }).click();
  await protocol.press("Check every order");
  await protocol.root.getByText(/states so far/).waitFor();
  await protocol.press("Stop");
  await protocol.root.getByText(/Nothing is judged/).waitFor();
  await leave(page);
});

test("two protocols are compared under the same faults", async () => {
  const [page, protocol] = await open("outbox", "order-without-event");
  await protocol.root.locator("summary", { hasText: "Compare" }).click();
  await protocol.root.getByRole("button", { name: "Compare", exact: true }).click();
  const table = protocol.root.locator(".compared table");
  await table.waitFor();
  assert.match(await table.innerText(), /messages[\s\S]*round trips[\s\S]*time locked[\s\S]*time inconsistent/);
  assert.equal(await protocol.root.locator(".compare-pictures figure").count(), 2);
  await axe(page, "a comparison");
  await leave(page);
});

test("steps of a saga are edited, and what makes no sense is said", async () => {
  const [page, protocol] = await open("saga", "card-refused");
  await protocol.root.getByText("What is set").click();
  const step = (number) => protocol.root.getByRole("group", { name: `Step ${number}` });
  await step(2).getByLabel("Its compensation").selectOption("never works");
  await protocol.root.locator(".lab-stage:not([aria-busy])").waitFor();
  await step(3).getByRole("button", { name: "Take away" }).click();
  await step(4).waitFor({ state: "detached" });
  await step(1).getByLabel("Kind").selectOption("retriable");
  await protocol.root.getByText(/This cannot be run: step 1: /).first().waitFor();
  await leave(page);
});

test("a damaged link and a scenario that cannot be run leave a lab that works", async () => {
  for (const subject of ["null", '{"meteor":{}}', '{"saga":{"sagas":9}}', '{"outbox":{"events":"many"}}']) {
    const play = `{"subject":${subject},"histories":[{"picks":[9999]}],"here":0}`;
    const page = await site.open(`labs/saga/?v=1&lab=saga&s=${Buffer.from(play).toString("base64url")}`);
    const protocol = await lab(page);
    await protocol.root.getByText(/cannot be run|could not begin|is damaged/).first().waitFor();
    await protocol.root.getByLabel("Preset").selectOption("card-refused");
    await protocol.stands((_, steps) => steps > 5);
    await leave(page);
  }
});

test("on a small screen it reads as a list, and nothing scrolls sideways", async () => {
  for (const width of [320, 390]) {
    const [page, protocol] = await open("saga", "reply-lost-after-charge", { viewport: { width, height: 844 }, colorScheme: "dark" });
    await protocol.press("Last step");
    await protocol.stands((k, n) => k === n);
    assert.equal(await scrollsSideways(page), false);
    await axe(page, `the saga lab at ${width} px`);
    await leave(page);
  }
});

test("predict asks whether a rule will be broken, and tells why", async () => {
  const [page, protocol] = await open("saga", "reply-lost-after-charge");
  await protocol.press("Predict");
  const question = protocol.root.getByRole("group", { name: /Which rule will be broken first/ });
  await question.or(protocol.root.getByText(/Which rule will be broken first/)).first().waitFor();
  await protocol.root.getByRole("button", { name: /no charge without an order/ }).click();
  await protocol.stands((k) => k > 14);
  await leave(page);
});
