import assert from "node:assert/strict";
import { test } from "node:test";
import { makeEditor, makeSpan, makeSuggestion, randomFrom, snapshot } from "./builders.js";

const TEXT = "Margit Lindqvist of the Harbour Authority spoke on Friday.\nShe left.";

test("labelling the selection adds a span, which becomes active", () => {
  const { store, actions } = makeEditor(TEXT);
  store.dispatch({ view: { selection: { anchor: 16, head: 0 } } });
  assert.equal(actions.applyLabel("PERSON"), true);
  const active = store.active;
  assert.ok(active);
  assert.equal(store.layer.surface(active), "Margit Lindqvist");
  assert.equal(store.view.lastLabel, "PERSON");
});

test("a label on an active span changes it and drops attributes that do not belong", () => {
  const span = makeSpan(0, 6, "PERSON", { attributes: { mention: "name", born: "1961" } });
  const { store, actions } = makeEditor(TEXT, { spans: [span] });
  store.dispatch({ view: { active: span.id } });
  actions.applyLabel("ORG");
  assert.deepEqual(store.layer.spans.get(span.id)?.attributes, { mention: "name" });
  store.undo();
  assert.deepEqual(store.layer.spans.get(span.id), span);
});

test("without a selection a label says what to do", () => {
  const { actions, told } = makeEditor(TEXT);
  assert.equal(actions.applyLabel("PERSON"), false);
  assert.match(told[0], /Choose some words/);
});

for (const [name, overlap, start, end, label, allowed] of /** @type {const} */ ([
  ["crossing spans", {}, 3, 20, "ORG", false],
  ["crossing spans where allowed", { crossing: true }, 3, 20, "ORG", true],
  ["a nested span", {}, 0, 6, "ORG", true],
  ["a nested span where forbidden", { nested: false }, 0, 6, "ORG", false],
  ["the same words with another label", {}, 0, 16, "ORG", false],
  ["the same words with another label where allowed", { equal: true }, 0, 16, "ORG", true],
  ["the same words and label", { equal: true }, 0, 16, "PERSON", false],
  ["a span that touches", {}, 16, 19, "ORG", true],
])) {
  test(`${name}: ${allowed ? "added" : "refused with a reason"}`, () => {
    const { actions, told, layer } = makeEditor(TEXT, { spans: [makeSpan(0, 16)], overlap });
    assert.equal(actions.addSpan({ start, end }, label), allowed);
    assert.equal(layer.spans.size, allowed ? 2 : 1);
    assert.equal(told.length, allowed ? 0 : 1);
  });
}

test("accepting makes a span that names its suggestion; undo gives the suggestion back", () => {
  const suggestion = makeSuggestion(0, 16);
  const { store, actions, layer } = makeEditor(TEXT, { suggestions: [suggestion] });
  const before = snapshot(layer);
  actions.accept(suggestion);
  assert.equal([...layer.spans.values()][0].suggestion, suggestion.id);
  assert.equal(layer.suggestions.size, 0);
  store.undo();
  assert.deepEqual(snapshot(layer), before);
});

test("labelling by hand what is suggested answers the suggestion too", () => {
  const { actions, layer } = makeEditor(TEXT, { suggestions: [makeSuggestion(0, 16)] });
  actions.addSpan({ start: 0, end: 16 }, "PERSON");
  assert.equal(layer.suggestions.size, 0);
});

test("a span that comes to stand on what is suggested answers it, and gives it back when undone", () => {
  const span = makeSpan(0, 6, "PERSON");
  const { store, actions, layer } = makeEditor(TEXT, { spans: [span], suggestions: [makeSuggestion(0, 16)] });
  assert.equal(actions.resize(span, { start: 0, end: 16 }), true);
  assert.equal(layer.suggestions.size, 0);
  store.undo();
  assert.equal(layer.suggestions.size, 1);
});

test("a label that makes a span what is suggested answers the suggestion", () => {
  const span = makeSpan(0, 16, "ORG");
  const { actions, layer } = makeEditor(TEXT, { spans: [span], suggestions: [makeSuggestion(0, 16)] });
  assert.equal(actions.relabel(span, "PERSON"), true);
  assert.equal(layer.suggestions.size, 0);
});

test("accept all takes the sure ones, leaves what does not fit, and is one undo", () => {
  const suggestions = [
    makeSuggestion(0, 16, "PERSON", 0.9),
    makeSuggestion(24, 41, "ORG", 0.8),
    makeSuggestion(10, 30, "ORG", 0.95),
    makeSuggestion(51, 57, "DATE", 0.3),
    makeSuggestion(59, 62, "PERSON", null),
  ];
  const { store, actions, layer } = makeEditor(TEXT, { suggestions });
  const before = snapshot(layer);
  actions.acceptAll(0.8);
  assert.equal(layer.spans.size, 2);
  assert.equal(layer.suggestions.size, 3);
  store.undo();
  assert.deepEqual(snapshot(layer), before);
});

test("what is locked cannot be changed, and says so", () => {
  const { actions, told, layer } = makeEditor(TEXT);
  actions.editable = false;
  actions.whyNot = "You submitted this article.";
  actions.addSpan({ start: 0, end: 6 }, "PERSON");
  assert.equal(layer.spans.size, 0);
  assert.deepEqual(told, ["You submitted this article."]);
});

test("removing a span removes its relations, and undo brings both back", () => {
  const [one, two] = [makeSpan(0, 6), makeSpan(7, 16)];
  const { store, actions, layer } = makeEditor(TEXT, { spans: [one, two] });
  store.dispatch({
    changes: [
      {
        kind: "relation",
        before: null,
        after: { id: "r", type: "COREF", source: one.id, target: two.id, attributes: {} },
      },
    ],
  });
  actions.remove(one);
  assert.equal(layer.relations.size, 0);
  store.undo();
  assert.equal(layer.relations.size, 1);
  assert.equal(layer.spans.size, 2);
});

test("a relation that another tab made goes with the span whose adding is undone", () => {
  const [one, two] = [makeSpan(0, 6), makeSpan(7, 16)];
  const { store, layer } = makeEditor(TEXT, { spans: [one] });
  store.dispatch({ changes: [{ kind: "span", before: null, after: two }] });
  const after = { id: "r", type: "COREF", source: one.id, target: two.id, attributes: {} };
  store.dispatch({ origin: "remote", changes: [{ kind: "relation", before: null, after }] });
  store.undo();
  assert.equal(layer.relations.size, 0);
});

test("after any sequence of edits, undoing all gives the beginning and redoing all the end", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = randomFrom(seed);
    const suggestions = Array.from({ length: 6 }, (_, i) =>
      makeSuggestion(i * 8, i * 8 + 3 + random(9), "ORG"),
    );
    const { store, actions, layer } = makeEditor(TEXT, {
      suggestions,
      overlap: { crossing: true, equal: true },
    });
    const beginning = snapshot(layer);
    for (let i = 0; i < 60; i++) randomEdit(random, { store, actions, layer });
    while (store.redo());
    const end = snapshot(layer);
    while (store.undo());
    assert.deepEqual(snapshot(layer), beginning);
    assertIndexed(layer);
    while (store.redo());
    assert.deepEqual(snapshot(layer), end);
    assertIndexed(layer);
  }
});

/**
 * @param {(below: number) => number} random
 * @param {Pick<ReturnType<typeof makeEditor>, "store" | "actions" | "layer">} editor
 */
function randomEdit(random, { store, actions, layer }) {
  const spans = [...layer.spans.values()];
  const suggestions = [...layer.suggestions.values()];
  const span = spans[random(spans.length || 1)];
  const suggestion = suggestions[random(suggestions.length || 1)];
  const start = random(TEXT.length - 1);
  const end = Math.min(TEXT.length, start + 1 + random(14));
  const label = ["PERSON", "ORG", "DATE"][random(3)];
  switch (random(8)) {
    case 0:
      return span && actions.remove(span);
    case 1:
      return span && actions.relabel(span, label);
    case 2:
      return span && actions.resize(span, { start, end });
    case 3:
      return suggestion && actions.accept(suggestion);
    case 4:
      return suggestion && actions.reject(suggestion);
    case 5:
      return random(2) ? store.undo() : store.redo();
    default:
      return actions.addSpan({ start, end }, label);
  }
}

/** Every paragraph lists exactly the marks that reach into it. @param {import("../../static/editor/model/layer.js").Layer} layer */
function assertIndexed(layer) {
  const marks = [...layer.spans.values(), ...layer.suggestions.values()];
  for (let p = 0; p < layer.paragraphs.count; p++) {
    const expected = marks.filter(
      (mark) => mark.start < layer.paragraphs.end(p) && mark.end > layer.paragraphs.start(p),
    );
    assert.deepEqual(new Set(layer.marksIn(p)), new Set(expected));
    assert.equal(layer.marksIn(p).length, expected.length);
  }
}
