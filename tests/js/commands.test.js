import assert from "node:assert/strict";
import { test } from "node:test";
import { Commands } from "../../static/editor/input/commands.js";
import { makeEditor, makeSpan, makeSuggestion } from "./builders.js";

const TEXT = "Margit Lindqvist of the Harbour Authority spoke on Friday.\nShe left.";
const PERSON = makeSuggestion(0, 16, "PERSON", 0.9);
const ORG = makeSuggestion(24, 41, "ORG", 0.5);
const DATE = makeSuggestion(51, 57, "DATE", 0.9);

/** Keys and buttons without a page. @param {Partial<import("../../static/editor/types.js").Editor>} [more] */
function makeCommands(more = {}) {
  const editor = makeEditor(TEXT, { suggestions: [PERSON, ORG, DATE] });
  const shown = /** @type {string[]} */ ([]);
  const parts = /** @type {any} */ ({
    ...editor,
    tell: (/** @type {string} */ sentence) => editor.told.push(sentence),
    announce: () => {},
    reveal: {
      show: (/** @type {{start: number, end: number}} */ { start, end }) =>
        shown.push(TEXT.slice(start, end)),
    },
    ...more,
  });
  return { ...editor, commands: new Commands(parts), shown };
}

/** @param {import("../../static/editor/state/store.js").Store} store */
const activeWords = ({ active, layer }) => active && layer.surface(active);

test("an answered suggestion leads to the next, and brings it into sight", () => {
  const { commands, store, shown } = makeCommands();
  commands.suggestion(1);
  commands.enter();
  commands.delete();
  assert.equal(activeWords(store), "Friday");
  assert.deepEqual(shown, ["Margit Lindqvist", "Harbour Authority", "Friday"]);
});

test("undo brings back what it changed, in sight and ready for another answer", () => {
  const { commands, store, shown } = makeCommands();
  commands.suggestion(1);
  commands.enter();
  commands.undo();
  assert.equal(store.active?.id, PERSON.id);
  assert.equal(shown.at(-1), "Margit Lindqvist");
  commands.delete();
  assert.deepEqual([...store.layer.suggestions.keys()], [ORG.id, DATE.id]);
});

test("accepting many goes on to what is open still, from the beginning where nothing follows", () => {
  const { commands, store } = makeCommands();
  commands.acceptAll(0.8);
  assert.equal(activeWords(store), "Harbour Authority");
  commands.undo();
  commands.activate(DATE);
  commands.acceptLabel();
  assert.equal(activeWords(store), "Margit Lindqvist");
  commands.acceptAll(0);
  assert.equal(store.active, null);
});

test("undo of a removed span shows where it stands again", () => {
  const { commands, actions, store, shown } = makeCommands();
  const span = makeSpan(59, 62);
  store.dispatch({ changes: [{ kind: "span", before: null, after: span }], view: { active: span.id } });
  actions.remove(span);
  commands.edge(-1);
  commands.undo();
  assert.equal(shown.at(-1), "She");
});
