import assert from "node:assert/strict";
import { test } from "node:test";
import { Layer } from "../../static/editor/model/layer.js";
import { SchemaView } from "../../static/editor/model/schema.js";
import { obstacles } from "../../static/editor/state/obstacles.js";

/** @typedef {import("../../static/editor/types.js").Schema} Schema */
/** @typedef {import("../../static/editor/types.js").Change} Change */

const schema = new SchemaView(
  /** @type {Schema} */ ({
    version: 1,
    labels: ["PERSON", "ORG"].map((name) => ({
      name,
      colour: 0,
      hotkey: "",
      description: "",
      retired: false,
    })),
    relations: [{ name: "HEADS", sources: ["PERSON"], targets: ["ORG"], description: "", chain: false }],
    attributes: [
      { name: "sure", type: "choice", options: ["yes"], labels: ["PERSON"], required: true, description: "" },
    ],
    article_labels: [],
    overlap: { equal: true, nested: true, crossing: true, discontinuous: false },
  }),
);

/** @param {string} id @param {number} start @param {string} label @param {Record<string, string>} [attributes] @returns {Change} */
function added(id, start, label, attributes = {}) {
  const after = { kind: /** @type {const} */ ("span"), id, start, end: start + 4, label, attributes };
  return { kind: "span", before: null, after: { ...after, fragments: [], suggestion: null } };
}

test("a span lacks what is required of its label and not given", () => {
  const lacks = (/** @type {string} */ label, /** @type {Record<string, string>} */ attributes) =>
    schema.lackingOf({ label, attributes }).map((one) => one.name);
  assert.deepEqual(lacks("PERSON", {}), ["sure"]);
  assert.deepEqual(lacks("PERSON", { sure: "" }), ["sure"]);
  assert.deepEqual(lacks("PERSON", { sure: "yes" }), []);
  assert.deepEqual(lacks("ORG", {}), []);
});

/** @param {string} source @param {string} target @returns {Change} */
function linked(source, target) {
  const after = { id: `${source}${target}`, type: "HEADS", source, target, attributes: {} };
  return { kind: "relation", before: null, after };
}

/** @param {Change[]} changes */
function found(...changes) {
  const layer = new Layer("Alma Weir Rolf Acme");
  layer.apply(changes, new Set());
  return obstacles(layer, schema).map((one) => one.sentence);
}

test("nothing is in the way of a whole layer", () => {
  assert.deepEqual(
    found(added("a", 0, "PERSON", { sure: "yes" }), added("b", 15, "ORG"), linked("a", "b")),
    [],
  );
});

test("a required attribute that is missing or empty, in text order", () => {
  const sentences = found(added("b", 10, "PERSON", { sure: "" }), added("a", 0, "PERSON"));
  assert.deepEqual(sentences, ["Person “Alma” needs Sure.", "Person “Rolf” needs Sure."]);
});

test("a relation whose ends were relabelled", () => {
  const sure = { sure: "yes" };
  assert.deepEqual(found(added("a", 0, "ORG"), added("b", 15, "ORG"), linked("a", "b")), [
    "Heads begins at Person, not at Org.",
  ]);
  assert.deepEqual(found(added("a", 0, "PERSON", sure), added("b", 10, "PERSON", sure), linked("a", "b")), [
    "Heads ends at Org, not at Person.",
  ]);
});
