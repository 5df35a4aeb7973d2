import assert from "node:assert/strict";
import { test } from "node:test";
import { makeEditor, makeRelationType, makeSpan, makeSuggestion, snapshot } from "./builders.js";

const TEXT = "Margit Lindqvist chairs the Harbour Authority.";
const TYPE = makeRelationType({ name: "CHAIRS", sources: ["PERSON"], targets: ["ORG"] });

function suggestions() {
  const person = makeSuggestion(0, 16, "PERSON", 0.9, [
    { type: "CHAIRS", start: 28, end: 45, label: "ORG", isSource: true },
  ]);
  const organisation = makeSuggestion(28, 45, "ORG", 0.9, [
    { type: "CHAIRS", start: 0, end: 16, label: "PERSON", isSource: false },
  ]);
  return { person, organisation };
}

/** @param {import("../../static/editor/model/layer.js").Layer} layer */
function linked(layer) {
  const words = (/** @type {string} */ id) => layer.surface(/** @type {any} */ (layer.spans.get(id)));
  return [...layer.relations.values()].map(({ type, source, target }) => [
    type,
    words(source),
    words(target),
  ]);
}

const EXPECTED = [["CHAIRS", "Margit Lindqvist", "Harbour Authority"]];

for (const order of /** @type {const} */ ([
  ["person", "organisation"],
  ["organisation", "person"],
])) {
  test(`the relation comes with its second end: ${order.join(", then ")}`, () => {
    const offered = suggestions();
    const { actions, layer, store } = makeEditor(TEXT, {
      suggestions: Object.values(offered),
      relations: [TYPE],
    });
    actions.accept(offered[order[0]]);
    assert.deepEqual(linked(layer), []);
    const before = snapshot(layer);
    actions.accept(offered[order[1]]);
    assert.deepEqual(linked(layer), EXPECTED);
    store.undo();
    assert.deepEqual(snapshot(layer), before);
    store.redo();
    assert.deepEqual(linked(layer), EXPECTED);
  });
}

test("accepting all brings the relation once, and one undo takes all back", () => {
  const { actions, layer, store } = makeEditor(TEXT, {
    suggestions: Object.values(suggestions()),
    relations: [TYPE],
  });
  const before = snapshot(layer);
  actions.acceptAll(0);
  assert.deepEqual(linked(layer), EXPECTED);
  store.undo();
  assert.deepEqual(snapshot(layer), before);
});

test("labelling the same words by hand brings it too", () => {
  const { person } = suggestions();
  const there = makeSpan(28, 45, "ORG");
  const { actions, layer } = makeEditor(TEXT, { suggestions: [person], spans: [there], relations: [TYPE] });
  actions.addSpan({ start: 0, end: 16 }, "PERSON");
  assert.deepEqual(linked(layer), EXPECTED);
});

test("another label, other words or an unknown type bring none", () => {
  const { person } = suggestions();
  const there = makeSpan(28, 45, "ORG");
  const as = makeEditor(TEXT, { suggestions: [person], spans: [there], relations: [TYPE] });
  as.actions.accept(person, { label: "DATE" });
  assert.equal(as.layer.relations.size, 0);
  const shorter = makeEditor(TEXT, {
    suggestions: [person],
    spans: [makeSpan(28, 35, "ORG")],
    relations: [TYPE],
  });
  shorter.actions.accept(person);
  assert.equal(shorter.layer.relations.size, 0);
  const unknown = makeEditor(TEXT, { suggestions: [person], spans: [there] });
  unknown.actions.accept(person);
  assert.equal(unknown.layer.relations.size, 0);
});
