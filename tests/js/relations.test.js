import assert from "node:assert/strict";
import { test } from "node:test";
import { bestName } from "../../static/editor/state/chains.js";
import { RelationActions } from "../../static/editor/state/relationactions.js";
import { RelationIndex } from "../../static/editor/state/relationindex.js";
import { brokenRelations, linkInWords, problemWithEnds } from "../../static/editor/state/relations.js";
import { makeEditor, makeRelationType, makeSpan, randomFrom, snapshot } from "./builders.js";

const TEXT = "President Alma Weir of the Port said she and Weir agreed. The port, it said, is calm.";
const TYPES = [
  makeRelationType({ name: "SPEAKER_OF", sources: ["PERSON", "ORG"], targets: ["DATE"] }),
  makeRelationType({ name: "PART_OF" }),
  makeRelationType({ name: "SAME_AS", chain: true }),
];

/** @param {string} words @param {string} [label] @param {number} [from] */
function mention(words, label = "PERSON", from = 0) {
  const start = TEXT.indexOf(words, from);
  return makeSpan(start, start + words.length, label);
}

/** @param {import("../../static/editor/types.js").Span[]} spans @param {typeof TYPES} [relations] */
function makeLinked(spans, relations = TYPES) {
  const editor = makeEditor(TEXT, { spans, relations, overlap: { equal: true, crossing: true } });
  const index = new RelationIndex(editor.store, editor.schema);
  const acts = new RelationActions(editor.actions, index);
  const link = (/** @type {number} */ from, /** @type {number} */ to, type = "SAME_AS") =>
    acts.add({ type, source: spans[from].id, target: spans[to].id });
  return { ...editor, index, acts, link };
}

const people = () => [mention("Alma Weir"), mention("she"), mention("Weir", "PERSON", 30)];

test("the schema says which relations may go between two spans, both ways", () => {
  const [person, date] = [mention("Alma Weir"), mention("calm", "DATE")];
  const { index } = makeLinked([person, date]);
  const ways = (/** @type {typeof person} */ from, /** @type {typeof person} */ to) =>
    index.choices(from, to).map(({ type, source }) => `${type} ${source === from.id ? "→" : "←"}`);
  assert.deepEqual(ways(person, date), ["SPEAKER_OF →", "PART_OF →", "PART_OF ←", "SAME_AS →"]);
  assert.deepEqual(ways(date, person), ["SPEAKER_OF ←", "PART_OF →", "PART_OF ←", "SAME_AS →"]);
  assert.deepEqual(index.choices(person, person), []);
});

test("what may not be linked comes with the reason", () => {
  const [one, two, date] = [mention("Alma Weir"), mention("she"), mention("calm", "DATE")];
  const { index, acts } = makeLinked([one, two, date], [TYPES[0]]);
  assert.deepEqual(index.choices(one, two), []);
  assert.equal(index.whyNone(one, two), "Speaker of ends at Date, not at Person.");
  assert.match(index.whyNone(one, one), /two different spans/);
  const [choice] = index.choices(date, one);
  acts.add(choice);
  assert.deepEqual(index.choices(one, date), []);
  assert.match(index.whyNone(one, date), /linked already/);
  assert.match(index.whyNone(date, one), /linked already/);
  assert.match(makeLinked([one, two], []).index.whyNone(one, two), /no relations/);
});

test("adding, retyping, turning round and removing are one undo each", () => {
  const [one, two] = people();
  const { layer, store, acts, link } = makeLinked([one, two]);
  link(0, 1, "PART_OF");
  const only = () => [...layer.relations.values()][0];
  const words = () => linkInWords(only(), layer, acts.schema);
  assert.equal(words(), "Part of, from “Alma Weir” to “she”");
  assert.equal(acts.reverse(only()), true);
  assert.equal(words(), "Part of, from “she” to “Alma Weir”");
  acts.change(only(), { type: "SAME_AS", source: one.id, target: two.id });
  assert.equal(words(), "Same as, “Alma Weir” and “she”");
  acts.remove(only());
  assert.equal(layer.relations.size, 0);
  const seen = [];
  while (store.undo()) seen.push(layer.relations.size ? words() : "");
  assert.deepEqual(seen, [
    "Same as, “Alma Weir” and “she”",
    "Part of, from “she” to “Alma Weir”",
    "Part of, from “Alma Weir” to “she”",
    "",
  ]);
});

test("a relation is not turned round where the schema or another relation forbids it", () => {
  const spans = [mention("Alma Weir"), mention("calm", "DATE")];
  const { layer, acts, link, told } = makeLinked(spans);
  link(0, 1, "SPEAKER_OF");
  const [speaker] = layer.relations.values();
  assert.equal(acts.reverse(speaker), false);
  assert.match(told[0], /begins at Person or Org, not at Date/i);
  link(0, 1, "PART_OF");
  link(1, 0, "PART_OF");
  const [, part] = layer.relations.values();
  assert.equal(acts.reverse(part), false);
  assert.match(told[1], /linked like this already/);
});

test("linking to any member joins the chain, and its members stand in reading order", () => {
  const { index, link } = makeLinked(people());
  link(2, 1);
  link(0, 2);
  const [chain] = index.chains;
  assert.deepEqual(
    chain.members.map((span) => TEXT.slice(span.start, span.end)),
    ["Alma Weir", "she", "Weir"],
  );
  assert.equal(chain.name, "Alma Weir");
  assert.deepEqual(
    index.choices(chain.members[0], chain.members[1]).map((one) => one.type),
    ["PART_OF", "PART_OF"],
  );
  assert.equal(index.chainsOf(chain.members[1].id)[0], chain);
});

test("a chain is called by its longest name, never by a pronoun if there is anything else", () => {
  const spans = [mention("it", "ORG", 60), mention("The port", "ORG"), mention("Port", "ORG")];
  const { index, link } = makeLinked(spans);
  link(0, 1);
  assert.equal(index.chains[0].name, "The port");
  link(1, 2);
  assert.equal(index.chains[0].name, "Port");
  assert.equal(bestName([makeSpan(0, 4), makeSpan(5, 9)], makeEditor("OSLO Oslo").layer), "Oslo");
  const pronouns = makeLinked([mention("it", "ORG", 60), mention("she")]);
  pronouns.link(0, 1);
  assert.equal(pronouns.index.chains[0].name, "she");
});

test("a chain follows its mentions as they change, whatever else changes", () => {
  const { index, actions, link, layer } = makeLinked(people());
  link(0, 1);
  actions.addSpan({ start: 20, end: 28 }, "ORG");
  assert.equal(index.chains[0].name, "Alma Weir");
  const [first] = index.chains[0].members;
  actions.resize(first, { start: 0, end: first.end });
  assert.equal(index.chains[0].name, "President Alma Weir");
  assert.equal(index.relationsOf(first.id).length, 1);
  assert.equal(layer.relations.size, 1);
});

test("what the annotator says of a mention goes before its looks", () => {
  const [name, words] = [mention("it", "ORG", 60), mention("The port", "ORG")];
  const { index, link } = makeLinked([
    { ...name, attributes: { mention: "name" } },
    { ...words, attributes: { mention: "nominal" } },
  ]);
  link(0, 1);
  assert.equal(index.chains[0].name, "it");
});

test("a name that a person gives stays when the chain grows, shrinks and merges", () => {
  const spans = [...people(), mention("The port", "ORG")];
  const { index, acts, link, layer, store } = makeLinked(spans);
  link(0, 1);
  acts.rename(index.chains[0], "  The   president ");
  link(1, 2);
  link(2, 3);
  assert.equal(index.chains[0].name, "The president");
  const keeper = [...layer.relations.values()].find((one) => one.attributes.name);
  assert.ok(keeper);
  acts.remove(keeper);
  assert.equal(index.chains.find((chain) => chain.isNamed)?.name, "The president");
  store.undo();
  acts.rename(index.chains[0], "");
  assert.equal(index.chains[0].isNamed, false);
  assert.equal(index.chains[0].name, "Alma Weir");
});

test("a span that goes does not tear its chain, and one undo brings all back", () => {
  const { index, actions, acts, link, layer, store } = makeLinked(people());
  link(0, 1);
  link(1, 2);
  acts.rename(index.chains[0], "Her");
  const before = snapshot(layer);
  actions.remove(index.chains[0].members[1]);
  assert.deepEqual(
    index.chains.map((chain) => [chain.name, chain.members.length]),
    [["Her", 2]],
  );
  store.undo();
  assert.deepEqual(snapshot(layer), before);
});

test("one mention leaves the chain, and the span stays", () => {
  const { index, acts, link, layer } = makeLinked(people());
  link(0, 1);
  link(0, 2);
  acts.leave(index.chains[0], index.chains[0].members[0]);
  assert.equal(layer.spans.size, 3);
  assert.equal(layer.relations.size, 1);
  assert.equal(index.chains[0].members.length, 2);
});

test("a chain keeps its hue while it grows onward, and chains of one article differ", () => {
  const spans = Array.from({ length: 24 }, (_, i) => makeSpan(i * 3, i * 3 + 2));
  const { index, link } = makeLinked(spans);
  for (let i = 0; i < 24; i += 2) link(i, i + 1);
  const hues = index.chains.map((chain) => chain.hue);
  assert.equal(new Set(hues).size, 12);
  link(22, 20);
  assert.deepEqual(
    index.chains.slice(0, 10).map((chain) => chain.hue),
    hues.slice(0, 10),
  );
});

test("another label may make a relation wrong: that is allowed, and shown", () => {
  const spans = [mention("Alma Weir"), mention("calm", "DATE")];
  const { layer, schema, actions, link } = makeLinked(spans);
  link(0, 1, "SPEAKER_OF");
  assert.deepEqual(brokenRelations(layer, schema), []);
  actions.relabel(spans[1], "ORG");
  const [{ reason }] = brokenRelations(layer, schema);
  assert.equal(reason, problemWithEnds(TYPES[0], "PERSON", "ORG", schema));
});

test("a locked article takes no relation and says why", () => {
  const { layer, actions, link, told } = makeLinked(people());
  actions.editable = false;
  assert.equal(link(0, 1), false);
  assert.equal(layer.relations.size, 0);
  assert.equal(told.length, 1);
});

test("what is linked or walked to is let go when it is gone", () => {
  const spans = people();
  const { store, layer, actions, link } = makeLinked(spans);
  link(0, 1);
  const [relation] = layer.relations.values();
  store.dispatch({ view: { active: spans[0].id, relation: relation.id, linking: spans[0].id } });
  assert.equal(store.view.relation, relation.id);
  store.dispatch({ view: { active: spans[2].id } });
  assert.equal(store.view.relation, null);
  assert.equal(store.view.linking, spans[0].id);
  actions.remove(spans[0]);
  assert.equal(store.view.linking, null);
});

test("after any sequence of links, undoing all gives the beginning and redoing all the end", () => {
  for (let seed = 1; seed <= 30; seed++) {
    const random = randomFrom(seed);
    const spans = Array.from({ length: 9 }, (_, i) => makeSpan(i * 8, i * 8 + 5, i % 3 ? "PERSON" : "DATE"));
    const editor = makeLinked(spans);
    const beginning = snapshot(editor.layer);
    for (let i = 0; i < 50; i++) randomLink(random, editor);
    while (editor.store.redo());
    const end = snapshot(editor.layer);
    const linked = new Set(editor.index.chains.flatMap((chain) => chain.members.map((span) => span.id)));
    for (const one of editor.layer.relations.values()) {
      assert.ok(editor.layer.spans.has(one.source) && editor.layer.spans.has(one.target));
      if (one.type === "SAME_AS") assert.ok(linked.has(one.source) && linked.has(one.target));
    }
    while (editor.store.undo());
    assert.deepEqual(snapshot(editor.layer), beginning);
    while (editor.store.redo());
    assert.deepEqual(snapshot(editor.layer), end);
  }
});

/** @param {(below: number) => number} random @param {ReturnType<typeof makeLinked>} editor */
function randomLink(random, { layer, index, acts, actions, store }) {
  const spans = [...layer.spans.values()];
  const relations = [...layer.relations.values()];
  const relation = relations[random(relations.length || 1)];
  const [one, two] = [spans[random(spans.length || 1)], spans[random(spans.length || 1)]];
  const chain = index.chains[random(index.chains.length || 1)];
  const choices = one && two ? index.choices(one, two) : [];
  switch (random(9)) {
    case 0:
      return relation && acts.remove(relation);
    case 1:
      return relation && acts.reverse(relation);
    case 2:
      return chain && acts.rename(chain, ["Her", "", "The port"][random(3)]);
    case 3:
      return chain && acts.leave(chain, chain.members[random(chain.members.length)]);
    case 4:
      return random(3) ? store.undo() : store.redo();
    case 5:
      return one && random(4) === 0 && actions.remove(one);
    default:
      return choices.length && acts.add(choices[random(choices.length)]);
  }
}
