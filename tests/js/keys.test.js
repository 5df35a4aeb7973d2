import assert from "node:assert/strict";
import { test } from "node:test";
import { Keys } from "../../static/editor/input/keys.js";
import { assignLabelKeys } from "../../static/editor/model/labelkeys.js";
import { makeSchema } from "./builders.js";

/** @type {import("../../static/editor/input/keymap.js").Binding[]} */
const BINDINGS = [
  { keys: ["Enter"], group: "G", says: "Accept", run: () => true },
  { keys: ["Backspace", "Delete"], group: "G", says: "Reject", run: () => true },
  { keys: ["."], group: "G", says: "Again", run: () => true },
  { keys: ["Escape"], group: "G", says: "Back", run: () => true },
];

/** @param {unknown} [saved] */
function makeKeys(saved = null) {
  /** @type {{keys: unknown}} */
  const kept = { keys: saved };
  const preferences = {
    get: () => kept.keys,
    set: (/** @type {string} */ name, /** @type {unknown} */ value) =>
      void Object.assign(kept, { [name]: value }),
  };
  const schema = makeSchema();
  return { keys: new Keys(schema, preferences, BINDINGS), schema, kept };
}

/** @param {Keys} keys @param {string} id */
function keysOf(keys, id) {
  const binding = keys.command(id);
  return binding ? keys.keysOf(binding) : null;
}

/** @param {number} count */
function labels(count) {
  return Array.from({ length: count }, (_, i) => ({ name: `Label ${i}`, hotkey: "" }));
}

test("thirty labels have one key each; beyond, two keys that begin with no label's key", () => {
  assert.ok([...assignLabelKeys(labels(30)).keys()].every((key) => key.length === 1));
  for (const count of [31, 40, 70, 100, 180]) {
    const keys = [...assignLabelKeys(labels(count)).keys()];
    assert.equal(keys.length, count);
    const singles = keys.filter((key) => key.length === 1);
    assert.ok(singles.length <= 30 && singles.length > 20);
    const begun = new Set(keys.filter((key) => key.length === 2).map((key) => key.charAt(0)));
    assert.ok(singles.every((key) => !begun.has(key)));
  }
});

test("one changed key leaves all others where they were", () => {
  const many = labels(40);
  const before = assignLabelKeys(many);
  const keyOf = (/** @type {Map<string, string>} */ keys, /** @type {string} */ label) =>
    [...keys].find(([, name]) => name === label)?.[0] ?? "";
  const moved = keyOf(before, "Label 5");
  const after = assignLabelKeys(many, { own: { "Label 0": moved } });
  const changed = many.filter(({ name }) => keyOf(before, name) !== keyOf(after, name));
  assert.deepEqual(
    changed.map(({ name }) => name),
    ["Label 0", "Label 5"],
  );
  const prefix = keyOf(before, "Label 39").charAt(0);
  const anew = assignLabelKeys(many, { taken: new Set([prefix]) });
  assert.equal(anew.size, 40);
  assert.ok([...anew.keys()].every((key) => !key.startsWith(prefix)));
});

test("the second key is a letter of the label's title", () => {
  const many = [...labels(30), { name: "ZEBRA", hotkey: "" }, { name: "ZINC", hotkey: "" }];
  const keys = assignLabelKeys(many, { title: (name) => name.toLowerCase() });
  const second = (/** @type {string} */ label) => [...keys].find(([, name]) => name === label)?.[0].charAt(1);
  assert.equal(second("ZEBRA"), "z");
  assert.equal(second("ZINC"), "i");
});

test("a label's key can be changed; what had it gets another", () => {
  const { keys, schema, kept } = makeKeys();
  assert.deepEqual(keys.holder({ label: "ORG" }, "p"), { label: "PERSON" });
  assert.equal(keys.holder({ label: "PERSON" }, "p"), null);
  keys.change({ label: "ORG" }, "p");
  assert.equal(schema.keys.get("p"), "ORG");
  assert.ok(schema.keyOf.get("PERSON") && schema.keyOf.get("PERSON") !== "p");
  assert.deepEqual(kept.keys, { labels: { ORG: "p" }, commands: {} });
  keys.change({ label: "PERSON" }, "p");
  assert.equal(schema.keyOf.get("PERSON"), "p");
  assert.equal(schema.keyOf.get("ORG"), "o");
  keys.reset({ label: "PERSON" });
  assert.equal(kept.keys, null);
});

test("a command's key can be changed, even to a label's letter, taken away and set back", () => {
  const { keys, schema } = makeKeys();
  keys.change({ command: "Enter", index: 0 }, "p");
  assert.equal(keys.binding("p"), keys.command("Enter"));
  assert.equal(keys.binding("Enter"), undefined);
  assert.ok(!schema.keys.has("p") && schema.keyOf.has("PERSON"));
  keys.change({ command: "Backspace", index: 1 }, "Enter");
  assert.deepEqual(keysOf(keys, "Backspace"), ["Backspace", "Enter"]);
  keys.change({ command: ".", index: 0 }, "");
  assert.deepEqual(keysOf(keys, "."), []);
  assert.ok(keys.isChanged({ command: ".", index: 0 }));
  keys.resetAll();
  assert.deepEqual(keysOf(keys, "Enter"), ["Enter"]);
  assert.equal(schema.keyOf.get("PERSON"), "p");
});

test("a key that somebody else takes is theirs alone", () => {
  const { keys } = makeKeys();
  assert.deepEqual(keys.holder({ command: ".", index: 0 }, "Delete"), { command: "Backspace", index: 1 });
  keys.change({ command: ".", index: 0 }, "Delete");
  assert.deepEqual(keysOf(keys, "Backspace"), ["Backspace"]);
  keys.change({ command: "Enter", index: 0 }, "Delete");
  assert.deepEqual(keysOf(keys, "."), []);
  assert.equal(keys.binding("Delete"), keys.command("Enter"));
});

test("keys that cannot be used are refused in words", () => {
  const { keys } = makeKeys();
  assert.match(keys.problemWith({ command: ".", index: 0 }, "Ctrl+w"), /browser/);
  assert.match(keys.problemWith({ command: ".", index: 0 }, "Dead"), /another/);
  assert.match(keys.problemWith({ label: "ORG" }, "Ctrl+p"), /letter/);
  assert.match(keys.problemWith({ label: "ORG" }, "F4"), /letter/);
  assert.equal(keys.problemWith({ label: "ORG" }, "é"), "");
  assert.equal(keys.problemWith({ command: ".", index: 0 }, "Ctrl+p"), "");
});

test("kept keys that are old or broken do no harm", () => {
  for (const saved of [
    "x",
    5,
    [],
    { labels: 3 },
    { commands: { Enter: "x" }, labels: { ORG: 7, GONE: "z" } },
  ]) {
    const { keys, schema } = makeKeys(saved);
    assert.equal(keys.binding("Enter"), keys.command("Enter"));
    assert.equal(schema.keyOf.get("ORG"), "o");
  }
  assert.deepEqual(keysOf(makeKeys({ commands: { Escape: ["q"] } }).keys, "Escape"), ["Escape"]);
});
