import assert from "node:assert/strict";
import { test } from "node:test";
import { OffsetMap } from "../../static/editor/model/offsets.js";
import { Decisions } from "../../static/editor/state/decisions.js";
import { Questions } from "../../static/editor/state/questions.js";
import { editFor, editsFor } from "../../static/editor/sync/edits.js";
import { makeEditor, makeRelationType, makeSpan, makeSuggestion, snapshot } from "./builders.js";

/** @typedef {import("../../static/editor/types.js").Question} Question */
/** @typedef {import("../../static/editor/types.js").Said} Said */

const TEXT = "Mara Ellingsen of Northline Press left. She smiled.";
const MARA = { start: 0, end: 14, label: "PERSON", fragments: [] };
const PRESS = { start: 18, end: 33, label: "ORG", fragments: [] };
const NORTHLINE = { start: 18, end: 27, label: "ORG", fragments: [] };

/** @param {Partial<Said>} more @returns {Said} */
function says(more) {
  return { spans: [], links: [], chains: [], value: null, ...more };
}

/** @param {Partial<Question> & {key: string}} fields @param {Array<Partial<Said>>} sayings @returns {Question} */
function question(fields, ...sayings) {
  const options = sayings.map((said, at) => ({
    readers: ["ABC"[at] ?? ""],
    engine: false,
    said: says(said),
  }));
  return { kind: "boundary", name: "", start: 0, end: 0, entities: [], options, ...fields };
}

const boundary = question(
  { key: "span:18-33", start: 18, end: 33, entities: [1] },
  { spans: [{ ...PRESS, attributes: {} }] },
  { spans: [{ ...NORTHLINE, attributes: {} }] },
);
const relation = question(
  { key: "relation:0-33", kind: "relation", start: 0, end: 33, entities: [0, 1] },
  { links: [{ type: "WORKS_FOR", source: 0, target: 1, attributes: {} }] },
  {},
);

/** Gold has Mara; readers disagree on where the press ends. @param {Question[]} items @param {import("../../static/editor/types.js").EntityLink[]} [links] */
function start(items, links = []) {
  const mara = makeSpan(0, 14);
  const suggestions = [makeSuggestion(18, 33, "ORG", null), makeSuggestion(18, 27, "ORG", null)];
  const relations = [
    makeRelationType({ name: "WORKS_FOR" }),
    makeRelationType({ name: "COREF", chain: true }),
  ];
  const editor = makeEditor(TEXT, { spans: [mara], suggestions, relations });
  const questions = new Questions({
    readers: [],
    entities: [[MARA], [PRESS, NORTHLINE]],
    links,
    items,
    decisions: [],
  });
  return { ...editor, mara, questions, decisions: new Decisions(editor.actions, questions) };
}

/** @param {import("../../static/editor/model/layer.js").Layer} layer */
function places({ spans }) {
  return [...spans.values()].map(({ start, end, label }) => `${start}-${end} ${label}`).sort();
}

test("a reading is taken, the others are rejected, and one undo gives all back", () => {
  const { layer, store, decisions } = start([boundary]);
  const before = snapshot(layer);
  assert.ok(decisions.take(boundary, 0));
  assert.deepEqual(places(layer), ["0-14 PERSON", "18-33 ORG"]);
  assert.equal(layer.suggestions.size, 0);
  assert.equal(layer.decisions.get("span:18-33")?.reader, "A");
  store.undo();
  assert.deepEqual(snapshot(layer), before);
  assert.equal(layer.decisions.size, 0);
});

test("another reading taken later moves the span, and its relations stay", () => {
  const { layer, store, decisions } = start(
    [boundary],
    [{ type: "WORKS_FOR", source: 0, target: 1, attributes: {} }],
  );
  decisions.take(boundary, 0);
  const [link] = layer.relations.values();
  assert.equal(link?.type, "WORKS_FOR");
  decisions.take(boundary, 1);
  assert.deepEqual(places(layer), ["0-14 PERSON", "18-27 ORG"]);
  assert.deepEqual([...layer.relations.values()], [link]);
  decisions.nobody(boundary);
  assert.deepEqual(places(layer), ["0-14 PERSON"]);
  assert.equal(layer.relations.size, 0);
  store.undo();
  assert.deepEqual(places(layer), ["0-14 PERSON", "18-27 ORG"]);
  assert.deepEqual([...layer.relations.values()], [link]);
});

test("a relation waits for its ends, and asks nothing where they do not come", () => {
  const { layer, questions, decisions } = start([relation, boundary]);
  assert.ok(questions.isMoot(relation, layer));
  assert.ok(!questions.isSettled(relation, layer));
  assert.equal(questions.next(null, 1, layer), boundary);
  decisions.nobody(boundary);
  assert.equal(questions.settledOf(layer), 2);
  decisions.take(boundary, 1);
  assert.equal(questions.settledOf(layer), 1);
  assert.equal(questions.next(boundary.key, 1, layer), relation);
  decisions.take(relation, 0);
  assert.equal(layer.relations.size, 1);
  decisions.take(relation, 1);
  assert.equal(layer.relations.size, 0);
});

test("chains are made as one reader has them", () => {
  const chain = question(
    { key: "chain:0-33:COREF", kind: "chain", name: "COREF", start: 0, end: 33, entities: [0, 1] },
    { chains: [[0, 1]] },
    {},
  );
  const { layer, decisions } = start([boundary, chain]);
  decisions.take(boundary, 0);
  decisions.take(chain, 0);
  assert.deepEqual(
    [...layer.relations.values()].map((one) => one.type),
    ["COREF"],
  );
  decisions.take(chain, 1);
  assert.equal(layer.relations.size, 0);
});

test("attributes and article labels are settled", () => {
  const attribute = question(
    { key: "attribute:0-14:mention", kind: "attribute", name: "mention", start: 0, end: 14, entities: [0] },
    { value: "name" },
    {},
  );
  const label = question(
    { key: "article_label:trade", kind: "article_label", name: "trade", start: null, end: null },
    { value: true },
    { value: false },
  );
  const { layer, mara, decisions } = start([attribute, label]);
  decisions.take(attribute, 0);
  assert.deepEqual(layer.spans.get(mara.id)?.attributes, { mention: "name" });
  decisions.take(attribute, 1);
  assert.deepEqual(layer.spans.get(mara.id)?.attributes, {});
  decisions.take(label, 0);
  assert.deepEqual(layer.labels, ["trade"]);
  decisions.take(label, 1);
  assert.deepEqual(layer.labels, []);
});

test("what was changed by hand is settled when one goes on", () => {
  const { layer, store, actions, decisions } = start([boundary, relation]);
  decisions.goTo(boundary);
  actions.addSpan({ start: 28, end: 33 }, "ORG");
  decisions.goTo(relation);
  assert.equal(layer.decisions.get(boundary.key)?.choice, "own");
  assert.equal(layer.suggestions.size, 0);
  assert.equal(store.view.question, relation.key);
});

test("a decision goes out as an edit, and one taken back leaves the question open", () => {
  const offsets = new OffsetMap(TEXT);
  const after = { id: "span:18-33", choice: /** @type {const} */ ("reading"), reader: "B", reason: "" };
  assert.deepEqual(editFor({ kind: "decision", before: null, after }, offsets)?.decision, {
    item: "span:18-33",
    choice: "reading",
    reader: "B",
    reason: "",
    instead_of: null,
  });
  assert.deepEqual(editFor({ kind: "decision", before: after, after: null }, offsets)?.decision, {
    item: "span:18-33",
    choice: "open",
    instead_of: { choice: "reading", reader: "B" },
  });
});

test("what a decision changes goes out after it and as part of it, and so does taking it back", () => {
  const { store, decisions } = start([boundary]);
  const offsets = new OffsetMap(TEXT);
  /** @type {ReturnType<typeof editsFor>} */
  const sent = [];
  store.subscribe(({ changes }) => {
    sent.push(...editsFor(changes, offsets));
  });
  decisions.take(boundary, 0);
  const [decide, ...parts] = sent.map(({ edit }) => edit);
  assert.equal(decide?.op, "decide");
  assert.ok(parts.length > 0);
  assert.ok(parts.every(({ part_of }) => part_of === decide?.id));
  const undone = sent.length;
  store.undo();
  const [open, ...rest] = sent.slice(undone).map(({ edit }) => edit);
  assert.equal(open?.decision?.choice, "open");
  assert.ok(rest.length > 0);
  assert.ok(rest.every(({ part_of }) => part_of === open?.id));
});

test("the same decision again is none", () => {
  const { store, decisions } = start([boundary]);
  let heard = 0;
  store.subscribe(({ changes }) => {
    heard += changes.filter(({ kind }) => kind === "decision").length;
  });
  assert.ok(decisions.take(boundary, 0));
  assert.ok(decisions.take(boundary, 0));
  assert.equal(heard, 1);
  assert.ok(decisions.take(boundary, 1));
  assert.equal(heard, 2);
});
