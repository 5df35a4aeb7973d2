import assert from "node:assert/strict";
import { test } from "node:test";
import {
  byWord,
  cycledMark,
  extendByCharacter,
  extendByWord,
  nextMark,
  withEdgeMoved,
} from "../../static/editor/state/movement.js";
import { makeEditor, makeSpan, makeSuggestion } from "./builders.js";

const TEXT = "One two, three four.\nFive six.";

/** @param {import("../../static/editor/types.js").Selection | null} selection */
function cut(selection) {
  return (
    selection &&
    TEXT.slice(Math.min(selection.anchor, selection.head), Math.max(selection.anchor, selection.head))
  );
}

test("the cursor goes by word, over punctuation and paragraphs, and stays at the end", () => {
  const { units } = makeEditor(TEXT);
  let selection = byWord(units, null, 1);
  const seen = [];
  while (selection) {
    seen.push(cut(selection));
    selection = byWord(units, selection, 1);
  }
  assert.deepEqual(seen, ["One", "two", "three", "four", "Five", "six"]);
});

test("extending and shrinking by word, and turning round the first word", () => {
  const { units } = makeEditor(TEXT);
  let selection = extendByWord(units, { anchor: 4, head: 7 }, 1);
  assert.equal(cut(selection), "two, three");
  selection = extendByWord(units, selection, -1);
  assert.equal(cut(selection), "two");
  selection = extendByWord(units, selection, -1);
  assert.equal(cut(selection), "One two");
  selection = extendByWord(units, selection, 1);
  assert.equal(cut(selection), "two");
  selection = extendByWord(units, selection, 1);
  assert.equal(cut(selection), "two, three");
});

test("extending by character never leaves nothing selected", () => {
  const { units } = makeEditor(TEXT);
  assert.equal(cut(extendByCharacter(units, { anchor: 4, head: 5 }, -1)), " ");
  assert.equal(cut(extendByCharacter(units, { anchor: 4, head: 7 }, 1)), "two,");
});

test("the ends of a span move by word and by character, and never cross", () => {
  const { units } = makeEditor(TEXT);
  assert.deepEqual(withEdgeMoved(units, { start: 4, end: 7 }, "end", 1, "word"), { start: 4, end: 14 });
  assert.deepEqual(withEdgeMoved(units, { start: 4, end: 14 }, "end", -1, "word"), { start: 4, end: 7 });
  assert.deepEqual(withEdgeMoved(units, { start: 4, end: 7 }, "start", -1, "word"), { start: 0, end: 7 });
  assert.deepEqual(withEdgeMoved(units, { start: 0, end: 7 }, "start", 1, "word"), { start: 4, end: 7 });
  assert.deepEqual(withEdgeMoved(units, { start: 4, end: 7 }, "end", 1, "character"), { start: 4, end: 8 });
  assert.deepEqual(withEdgeMoved(units, { start: 4, end: 7 }, "end", -1, "word"), { start: 4, end: 7 });
});

test("marks are visited in reading order, nested ones one by one", () => {
  const [outer, inner, later] = [makeSpan(0, 14), makeSpan(0, 3), makeSuggestion(21, 25)];
  const { store } = makeEditor(TEXT, { spans: [outer, inner], suggestions: [later] });
  const seen = [];
  for (let mark = nextMark(store, 1, () => true); mark; mark = nextMark(store, 1, () => true)) {
    seen.push(mark.id);
    store.dispatch({ view: { active: mark.id } });
  }
  assert.deepEqual(seen, [outer.id, inner.id, later.id]);
  assert.equal(nextMark(store, -1, (mark) => mark.kind === "span")?.id, inner.id);
});

test("asking again at the same spot goes outward, then round", () => {
  const [outer, inner] = [makeSpan(0, 14), makeSpan(0, 3)];
  const { store } = makeEditor(TEXT, { spans: [outer, inner] });
  const seen = [];
  for (let i = 0; i < 3; i++) {
    const mark = cycledMark(store, { start: 0, end: 3 });
    seen.push(mark?.id);
    store.dispatch({ view: { active: mark?.id ?? null } });
  }
  assert.deepEqual(seen, [inner.id, outer.id, inner.id]);
});
