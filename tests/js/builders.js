import { Layer } from "../../static/editor/model/layer.js";
import { SchemaView } from "../../static/editor/model/schema.js";
import { TextUnits } from "../../static/editor/model/units.js";
import { newId } from "../../static/editor/model/uuid.js";
import { Actions } from "../../static/editor/state/actions.js";
import { Store } from "../../static/editor/state/store.js";

/** @typedef {import("../../static/editor/types.js").Span} Span */
/** @typedef {import("../../static/editor/types.js").Suggestion} Suggestion */
/** @typedef {import("../../static/editor/types.js").Overlap} Overlap */
/** @typedef {import("../../static/editor/types.js").RelationType} RelationType */

/** @param {number} start @param {number} end @param {string} [label] @param {Partial<Span>} [more] @returns {Span} */
export function makeSpan(start, end, label = "PERSON", more = {}) {
  return {
    kind: "span",
    id: newId(),
    start,
    end,
    label,
    attributes: {},
    fragments: [],
    suggestion: null,
    ...more,
  };
}

/** @param {number} start @param {number} end @param {string} [label] @param {number | null} [confidence] @param {Suggestion["links"]} [links] @returns {Suggestion} */
export function makeSuggestion(start, end, label = "PERSON", confidence = 0.9, links = []) {
  return {
    kind: "suggestion",
    id: newId(),
    start,
    end,
    label,
    confidence,
    sureness: "",
    sources: ["newswire"],
    links,
  };
}

/** @param {Partial<RelationType> & {name: string}} fields @returns {RelationType} */
export function makeRelationType(fields) {
  return { sources: [], targets: [], description: "", chain: false, ...fields };
}

/** @param {Partial<Overlap>} [overlap] @param {Array<[string, string]>} [labels] name and hotkey @param {RelationType[]} [relations] */
export function makeSchema(
  overlap = {},
  labels = [
    ["PERSON", "p"],
    ["ORG", "o"],
    ["DATE", ""],
  ],
  relations = [],
) {
  return new SchemaView({
    version: 1,
    labels: labels.map(([name, hotkey], colour) => ({
      name,
      colour,
      hotkey,
      description: "",
      retired: false,
    })),
    relations,
    attributes: [
      { name: "mention", type: "choice", options: ["name"], labels: [], required: false, description: "" },
      { name: "born", type: "text", options: [], labels: ["PERSON"], required: false, description: "" },
    ],
    article_labels: [],
    overlap: { equal: false, nested: true, crossing: false, discontinuous: false, ...overlap },
  });
}

/** An editor without a page. @param {string} text @param {{overlap?: Partial<Overlap>, suggestions?: Suggestion[], spans?: Span[], relations?: RelationType[]}} [options] */
export function makeEditor(text, { overlap = {}, suggestions = [], spans = [], relations = [] } = {}) {
  const layer = new Layer(text);
  layer.apply(
    [
      ...spans.map((after) => ({ kind: /** @type {const} */ ("span"), before: null, after })),
      ...suggestions.map((after) => ({
        kind: /** @type {const} */ ("suggestion"),
        verdict: /** @type {const} */ ("rejected"),
        before: null,
        after,
      })),
    ],
    new Set(),
  );
  const store = new Store(layer);
  const schema = makeSchema(overlap, undefined, relations);
  /** @type {string[]} */
  const told = [];
  const actions = new Actions(store, schema, (sentence) => told.push(sentence));
  const units = new TextUnits(text, layer.paragraphs, "en");
  return { layer, store, schema, actions, units, told };
}

/** A layer as comparable data. @param {Layer} layer */
export function snapshot(layer) {
  const byId = (/** @type {{id: string}} */ a, /** @type {{id: string}} */ b) => (a.id < b.id ? -1 : 1);
  return {
    spans: [...layer.spans.values()].sort(byId),
    suggestions: [...layer.suggestions.values()].sort(byId),
    relations: [...layer.relations.values()].sort(byId),
    labels: layer.labels,
  };
}

/** Small repeatable random numbers. @param {number} seed @returns {(below: number) => number} */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
