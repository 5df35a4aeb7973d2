import assert from "node:assert/strict";
import { test } from "node:test";
import { BINDINGS } from "../../static/editor/input/keymap.js";
import { keyCaps, keyName } from "../../static/editor/input/keynames.js";

/** @param {string} key @param {Partial<KeyboardEvent>} [more] */
function press(key, more = {}) {
  return keyName(
    /** @type {KeyboardEvent} */ ({
      key,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      ...more,
    }),
  );
}

test("keys have one name each", () => {
  assert.equal(press("P"), "p");
  assert.equal(press("?", { shiftKey: true }), "?");
  assert.equal(press("Z", { ctrlKey: true, shiftKey: true }), "Ctrl+Shift+z");
  assert.equal(press("ArrowLeft", { altKey: true, shiftKey: true }), "Alt+Shift+ArrowLeft");
  assert.equal(press("Enter", { metaKey: true }), "Ctrl+Enter");
  assert.equal(
    press("[", { ctrlKey: true, altKey: true, getModifierState: (name) => name === "AltGraph" }),
    "[",
  );
});

test("keys stay in their places on keyboards of other scripts", () => {
  assert.equal(press("я", { code: "KeyZ", ctrlKey: true }), "Ctrl+z");
  assert.equal(press("з", { code: "KeyP" }), "p");
  assert.equal(press("é", { code: "Digit2" }), "é");
  assert.equal(press("э", { code: "Quote" }), "'");
  assert.equal(press("Х", { code: "BracketLeft", shiftKey: true }), "{");
  assert.equal(press("ә", { code: "Digit2" }), "2");
  assert.equal(press("ө", { code: "Equal" }), "=");
  assert.equal(press(".", { code: "Slash" }), ".");
  assert.equal(press("ا", { code: "Unheard" }), "ا");
});

test("no two commands share a key, and letters belong to labels", () => {
  const all = BINDINGS.flatMap((binding) => binding.keys);
  assert.equal(new Set(all).size, all.length);
  for (const key of all) assert.doesNotMatch(key, /^\p{L}$/u);
});

test("the plus sign is a key, not only what stands between keys", () => {
  assert.deepEqual(keyCaps("+"), ["+"]);
  assert.deepEqual(keyCaps("Ctrl++"), ["Ctrl", "+"]);
  assert.deepEqual(keyCaps("Alt+Shift+ArrowLeft"), ["Alt", "Shift", "←"]);
});
