import assert from "node:assert/strict";
import { test } from "node:test";
import { nextLookAlike, unlabelledLike } from "../../static/editor/state/propagate.js";
import { makeEditor, makeSpan, makeSuggestion } from "./builders.js";

const EXACT = { ignoreCase: false, inflected: false };
const TEXT = "Oslo is cold. Oslo and Oslo Airport. Bergen, Oslo.";
const PLACES = [...TEXT.matchAll(/Oslo/g)].map(({ index }) => ({ start: index, end: index + 4 }));

test("identical words without a label are offered, labelled ones are not", () => {
  const model = makeSpan(0, 4, "ORG");
  const editor = makeEditor(TEXT, { spans: [model, makeSpan(14, 18, "PERSON")] });
  assert.deepEqual(unlabelledLike(editor, model, EXACT), { places: [PLACES[2], PLACES[3]], refused: 0 });
});

test("where the schema would refuse a span nothing is offered, and it is counted", () => {
  const model = makeSpan(0, 4, "ORG");
  const airport = makeSpan(23, 35, "ORG");
  const flat = makeEditor(TEXT, { spans: [model, airport], overlap: { nested: false } });
  assert.deepEqual(unlabelledLike(flat, model, EXACT), { places: [PLACES[1], PLACES[3]], refused: 1 });
  const nesting = makeEditor(TEXT, { spans: [model, airport] });
  assert.equal(unlabelledLike(nesting, model, EXACT).places.length, 3);
});

test("labelling them all is one step, answers their suggestions, and one undo takes it back", () => {
  const model = makeSpan(0, 4, "ORG");
  const suggestions = [makeSuggestion(14, 18, "ORG"), makeSuggestion(46, 50, "PERSON")];
  const editor = makeEditor(TEXT, { spans: [model], suggestions });
  const { places } = unlabelledLike(editor, model, EXACT);
  assert.ok(editor.actions.addAll(places, "ORG"));
  assert.equal(editor.layer.spans.size, 4);
  assert.deepEqual([...editor.layer.suggestions.values()], [suggestions[1]]);
  const answering = [...editor.layer.spans.values()].filter((span) => span.suggestion);
  assert.deepEqual(
    answering.map((span) => [span.start, span.suggestion]),
    [[14, suggestions[0]?.id]],
  );
  editor.store.undo();
  assert.equal(editor.layer.spans.size, 1);
  assert.equal(editor.layer.suggestions.size, 2);
});

test("a suggestion can be the model: it is among the places", () => {
  const suggestion = makeSuggestion(0, 4, "ORG");
  const editor = makeEditor(TEXT, { suggestions: [suggestion] });
  assert.equal(unlabelledLike(editor, suggestion, EXACT).places.length, 4);
});

test("the next look-alike: onward like the active one, then like any, then from the beginning", () => {
  const oslo = makeSpan(14, 18, "ORG");
  const editor = makeEditor(`${TEXT} Bergen`, { spans: [oslo, makeSpan(37, 43, "PERSON")] });
  const next = (/** @type {number} */ start, /** @type {number} */ end, active = "") => {
    editor.store.dispatch({ view: { active: active || null, selection: { anchor: start, head: end } } });
    return nextLookAlike(editor);
  };
  assert.deepEqual(next(14, 18, oslo.id), { place: PLACES[2], label: "ORG" });
  assert.deepEqual(next(23, 27), { place: PLACES[3], label: "ORG" });
  assert.deepEqual(next(45, 49), { place: { start: 51, end: 57 }, label: "PERSON" });
  assert.deepEqual(next(51, 57), { place: PLACES[0], label: "ORG" });
  assert.equal(nextLookAlike(makeEditor(TEXT)), null);
});

test("accepting all of one label leaves the others open", () => {
  const suggestions = [makeSuggestion(0, 4, "ORG", 0.3), makeSuggestion(14, 18, "PERSON", 0.9)];
  const editor = makeEditor(TEXT, { suggestions });
  assert.ok(editor.actions.acceptAll(0, "ORG"));
  assert.deepEqual(
    [...editor.layer.spans.values()].map((span) => span.label),
    ["ORG"],
  );
  assert.equal(editor.layer.suggestions.size, 1);
});
