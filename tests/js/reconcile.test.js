import assert from "node:assert/strict";
import { test } from "node:test";
import { OffsetMap } from "../../static/editor/model/offsets.js";
import { stirsSuggestions } from "../../static/editor/state/suggestions.js";
import { differences } from "../../static/editor/sync/reconcile.js";
import { makeEditor, makeSpan, makeSuggestion } from "./builders.js";

const TEXT = "Margit Lindqvist of the Harbour Authority spoke on Friday.";
const OFFSETS = new OffsetMap(TEXT);

/** @param {string} source @param {string} target */
function makeRelation(source, target) {
  return { id: "r", type: "PART_OF", source, target, attributes: {} };
}

test("a relation whose end went and that got another end is taken over whole", () => {
  const [one, gone, other] = [makeSpan(0, 6), makeSpan(7, 16), makeSpan(24, 41, "ORG")];
  const { store, layer } = makeEditor(TEXT, { spans: [one, gone] });
  store.dispatch({ changes: [{ kind: "relation", before: null, after: makeRelation(one.id, gone.id) }] });
  const wire = {
    author: "user:ann",
    version: 7,
    state: "open",
    spans: [one, other],
    relations: [makeRelation(one.id, other.id)],
    labels: [],
  };
  const changes = differences(layer, /** @type {any} */ (wire), OFFSETS);
  store.dispatch({ origin: "remote", changes });
  assert.deepEqual([...layer.spans.keys()].sort(), [one.id, other.id].sort());
  assert.equal(layer.relations.get("r")?.target, other.id);
  assert.deepEqual(differences(layer, /** @type {any} */ (wire), OFFSETS), []);
});

test("what may answer or open a suggestion asks the server; what cannot does not", () => {
  const [suggestion, elsewhere] = [makeSuggestion(0, 16), makeSpan(24, 41, "ORG")];
  const { actions, store, layer } = makeEditor(TEXT, { suggestions: [suggestion] });
  /** @type {boolean[]} */
  const stirred = [];
  store.subscribe(({ changes }) => stirred.push(changes.some((one) => stirsSuggestions(one, layer))));
  actions.addSpan(elsewhere, "ORG");
  actions.reject(suggestion);
  store.undo();
  actions.accept(suggestion);
  const [span] = [...layer.spans.values()].filter((one) => one.suggestion === suggestion.id);
  actions.resize(span, { start: 0, end: 6 });
  assert.deepEqual(stirred, [false, false, true, false, true]);
});
