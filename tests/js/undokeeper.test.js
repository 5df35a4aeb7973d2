import assert from "node:assert/strict";
import { test } from "node:test";
import { keptHistory } from "../../static/editor/sync/undokeeper.js";
import { makeSpan } from "./builders.js";

const KEY = "ann|1|user:ann";
const STEP = {
  changes: [{ kind: /** @type {const} */ ("span"), before: null, after: makeSpan(0, 6) }],
  selection: null,
  note: "added",
};
globalThis.addEventListener ??= () => {};

/** A tab's storage that lends so many characters. @param {number} [lends] */
function makeStorage(lends = Infinity) {
  /** @type {Record<string, string>} */
  const kept = {};
  const hidden = (/** @type {Function} */ value) => ({ value, enumerable: false });
  return /** @type {Storage} */ (
    Object.defineProperties(kept, {
      getItem: hidden((/** @type {string} */ name) => kept[name] ?? null),
      removeItem: hidden((/** @type {string} */ name) => delete kept[name]),
      setItem: hidden((/** @type {string} */ name, /** @type {string} */ words) => {
        const all = Object.entries(kept).flatMap(([key, value]) => (key === name ? [] : [value]));
        if ([...all, words].join("").length > lends) throw new Error("full");
        kept[name] = words;
      }),
    })
  );
}

/** Opens a layer, does so many steps there and leaves. @param {Storage | null} storage @param {string} key @param {number} steps */
function visit(storage, key, steps) {
  const leaving = new AbortController();
  const history = keptHistory({ key, storage, signal: leaving.signal });
  for (let i = 0; i < steps; i++) history.record(STEP);
  leaving.abort();
  return keptHistory({ key, storage, signal: new AbortController().signal });
}

test("what was done can be undone and redone at the next visit", () => {
  const history = visit(makeStorage(), KEY, 2);
  assert.deepEqual(history.steps, { done: [STEP, STEP], undone: [] });
  history.undo();
  assert.deepEqual(history.redo(), STEP);
});

test("another layer and another person begin with nothing", () => {
  const storage = makeStorage();
  visit(storage, KEY, 1);
  assert.equal(visit(storage, "bob|1|user:bob", 0).canUndo, false);
});

for (const words of ["", "{", "null", "7", "{}", '{"done": 1, "undone": []}', '{"done": []}'])
  test(`what cannot be read is as if nothing had been kept: ${words}`, () => {
    const storage = makeStorage();
    visit(storage, KEY, 1);
    storage.setItem(Object.keys(storage)[0], words);
    assert.equal(visit(storage, KEY, 0).canUndo, false);
  });

test("with too many steps the newest stay", () => {
  const history = visit(makeStorage(), KEY, 20_000);
  const { length } = history.steps.done;
  assert.ok(length > 1_000 && length < 20_000);
});

test("when the tab is full, what was done elsewhere makes room", () => {
  const storage = makeStorage(600);
  visit(storage, "ann|2|user:ann", 2);
  assert.equal(visit(storage, KEY, 2).canUndo, true);
  assert.equal(visit(storage, "ann|2|user:ann", 0).canUndo, false);
});

test("without storage undo begins anew", () => {
  assert.equal(visit(null, KEY, 1).canUndo, false);
});
