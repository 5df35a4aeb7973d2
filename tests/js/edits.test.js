import assert from "node:assert/strict";
import { test } from "node:test";
import { OffsetMap } from "../../static/editor/model/offsets.js";
import { RelationActions } from "../../static/editor/state/relationactions.js";
import { RelationIndex } from "../../static/editor/state/relationindex.js";
import { changesFor, editFor } from "../../static/editor/sync/edits.js";
import { differences } from "../../static/editor/sync/reconcile.js";
import { makeEditor, makeRelationType, makeSpan, makeSuggestion, randomFrom, snapshot } from "./builders.js";

const TEXT = "😀 Margit 👩‍👧 Lindqvist left Ghent 🇹🇷 today.";
const offsets = new OffsetMap(TEXT);

test("edits carry code points and the words of the contract", () => {
  const suggestion = makeSuggestion(3, 9);
  const { store, actions } = makeEditor(TEXT, { suggestions: [suggestion] });
  const edits = recorded(store);
  actions.accept(suggestion);
  store.undo();
  actions.reject(suggestion);
  store.undo();
  assert.deepEqual(
    edits.map((edit) => edit.op),
    ["add_span", "remove_span", "reject_suggestion", "restore_suggestion"],
  );
  const { span } = edits[0];
  assert.equal([...TEXT].slice(span?.start, span?.end).join(""), "Margit");
  assert.equal(span?.suggestion, suggestion.id);
  assert.equal(new Set(edits.map((edit) => edit.id)).size, 4);
});

test("edits sent to another tab make the same layer there, and the last sent twice changes nothing", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = randomFrom(seed);
    const suggestions = [makeSuggestion(3, 9), makeSuggestion(16, 25, "ORG")];
    const here = makeEditor(TEXT, { suggestions, overlap: { crossing: true, equal: true } });
    const there = makeEditor(TEXT, { suggestions });
    const edits = recorded(here.store);
    for (let i = 0; i < 30; i++) scramble(random, here);
    for (const edit of edits) there.layer.apply(changesFor(edit, there.layer, offsets), new Set());
    assert.deepEqual(snapshot(there.layer), snapshot(here.layer));
    const end = snapshot(here.layer);
    const last = edits.at(-1);
    if (last) there.layer.apply(changesFor(last, there.layer, offsets), new Set());
    assert.deepEqual(snapshot(there.layer), end);
  }
});

test("what cannot lie in the text is not taken from outside", () => {
  const { layer } = makeEditor(TEXT);
  const wild = { id: "e", op: "add_span", span: { id: "s", start: 5, end: 9999, label: "PERSON" } };
  assert.deepEqual(changesFor(wild, layer, offsets), []);
  assert.deepEqual(
    changesFor({ id: "e", op: "change_span", span: { id: "gone", label: "ORG" } }, layer, offsets),
    [],
  );
});

test("the differences to the server's layer make it equal", () => {
  const suggestion = makeSuggestion(3, 9);
  const [kept, changed, gone] = [makeSpan(16, 25), makeSpan(31, 36), makeSpan(0, 2)];
  const { layer, actions } = makeEditor(TEXT, { spans: [kept, changed, gone], suggestions: [suggestion] });
  actions.accept(suggestion);
  const wire = (/** @type {typeof kept} */ span, label = span.label) => ({
    id: span.id,
    start: offsets.toCodePoints(span.start),
    end: offsets.toCodePoints(span.end),
    label,
  });
  const server = {
    author: "user:anna",
    version: 9,
    state: "open",
    spans: [wire(kept), wire(changed, "DATE")],
    relations: [],
    labels: [],
  };
  layer.apply(differences(layer, server, offsets), new Set());
  assert.deepEqual([...layer.spans.keys()].sort(), [kept.id, changed.id].sort());
  assert.equal(layer.spans.get(changed.id)?.label, "DATE");
  assert.equal(layer.suggestions.size, 1);
  assert.deepEqual(differences(layer, server, offsets), []);
});

test("relations travel with all they say, and the server's are taken over", () => {
  const [one, two] = [makeSpan(3, 9), makeSpan(16, 25)];
  const types = [makeRelationType({ name: "SAME_AS", chain: true }), makeRelationType({ name: "PART_OF" })];
  const make = () => makeEditor(TEXT, { spans: [one, two], relations: types });
  const [here, there] = [make(), make()];
  const edits = recorded(here.store);
  const index = new RelationIndex(here.store, here.schema);
  const acts = new RelationActions(here.actions, index);
  acts.add({ type: "SAME_AS", source: one.id, target: two.id });
  acts.rename(index.chains[0], "Margit");
  acts.change([...here.layer.relations.values()][0], { type: "PART_OF", source: two.id, target: one.id });
  here.store.undo();
  assert.deepEqual(
    edits.map((edit) => edit.op),
    ["add_relation", "change_relation", "change_relation", "change_relation"],
  );
  for (const edit of edits) there.layer.apply(changesFor(edit, there.layer, offsets), new Set());
  assert.deepEqual(snapshot(there.layer), snapshot(here.layer));
  const [relation] = here.layer.relations.values();
  assert.deepEqual(relation.attributes, { name: "Margit" });
  const spans = [...here.layer.spans.values()].map((span) => ({
    ...span,
    start: offsets.toCodePoints(span.start),
    end: offsets.toCodePoints(span.end),
    fragments: [],
  }));
  const wire = { author: "user:anna", version: 9, state: "open", spans, labels: [] };
  const other = { ...relation, attributes: { name: "Lindqvist" } };
  there.layer.apply(differences(there.layer, { ...wire, relations: [other] }, offsets), new Set());
  assert.deepEqual([...there.layer.relations.values()], [other]);
  there.layer.apply(differences(there.layer, { ...wire, relations: [] }, offsets), new Set());
  assert.equal(there.layer.relations.size, 0);
});

/** @param {import("../../static/editor/state/store.js").Store} store */
function recorded(store) {
  /** @type {import("../../static/editor/types.js").WireEdit[]} */
  const edits = [];
  store.subscribe(({ changes }) => {
    for (const change of changes) {
      const edit = editFor(change, offsets);
      if (edit) edits.push(JSON.parse(JSON.stringify(edit)));
    }
  });
  return edits;
}

/** @param {(below: number) => number} random @param {ReturnType<typeof makeEditor>} editor */
function scramble(random, { layer, actions, store }) {
  const spans = [...layer.spans.values()];
  const span = spans[random(spans.length || 1)];
  const [open] = layer.suggestions.values();
  const at = offsets.toUtf16(random(20));
  const roll = random(6);
  if (roll === 0 && span) actions.remove(span);
  else if (roll === 1 && span) actions.relabel(span, "DATE");
  else if (roll === 2 && open) actions.accept(open);
  else if (roll === 3 && open) actions.reject(open);
  else if (roll === 4) store.undo();
  else actions.addSpan({ start: at, end: offsets.toUtf16(offsets.toCodePoints(at) + 3) }, "ORG");
}
