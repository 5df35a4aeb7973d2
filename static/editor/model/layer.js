import { placeOf } from "./order.js";
import { Paragraphs } from "./paragraphs.js";

/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Suggestion} Suggestion */
/** @typedef {import("../types.js").Relation} Relation */
/** @typedef {import("../types.js").Change} Change */
/** @typedef {import("../types.js").Choice} Choice */

/**
 * One layer over one text: values are immutable, the index of them is not. `apply` is the only way in, so that
 * every change can be turned round.
 */
export class Layer {
  /** @type {Map<string, Span>} */
  spans = new Map();
  /** Open suggestions. @type {Map<string, Suggestion>} */
  suggestions = new Map();
  /** Every suggestion there ever was here, open or answered. @type {Map<string, Suggestion>} */
  known = new Map();
  /** @type {Map<string, Relation>} */
  relations = new Map();
  /** @type {ReadonlyArray<string>} */
  labels = [];
  /** How disagreements were settled, by the key of the question. @type {Map<string, Choice>} */
  decisions = new Map();
  /** Marks of each paragraph in reading order; a mark across paragraphs is in each. @type {Mark[][]} */
  #byParagraph;

  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.paragraphs = new Paragraphs(text);
    this.#byParagraph = Array.from({ length: this.paragraphs.count }, () => []);
  }

  /** @param {number} paragraph @returns {ReadonlyArray<Mark>} */
  marksIn(paragraph) {
    return this.#byParagraph[paragraph] ?? [];
  }

  /** @param {string | null} id @returns {Mark | null} */
  mark(id) {
    if (id === null) return null;
    return this.spans.get(id) ?? this.suggestions.get(id) ?? null;
  }

  /** Marks that share a character with `[start, end)`. @param {number} start @param {number} end @returns {Set<Mark>} */
  marksMeeting(start, end) {
    const found = new Set();
    const [first, last] = this.paragraphs.range(start, end);
    for (let p = first; p <= last; p++) {
      for (const mark of this.marksIn(p)) {
        if (mark.start >= end) break;
        if (mark.end > start) found.add(mark);
      }
    }
    return found;
  }

  /** What opens again once `span` is gone: the suggestion it answered. @param {Span} span @returns {Change[]} */
  reopenedWithout(span) {
    const after = span.suggestion === null ? undefined : this.known.get(span.suggestion);
    if (!after || this.suggestions.has(after.id)) return [];
    return [{ kind: "suggestion", verdict: "accepted", before: null, after }];
  }

  /** @param {Mark} mark */
  surface(mark) {
    const pieces = mark.kind === "span" && mark.fragments.length ? mark.fragments : [[mark.start, mark.end]];
    return pieces.map(([start, end]) => this.text.slice(start, end)).join(" … ");
  }

  /**
   * Makes those changes that still fit (a change of something that is gone does not) and adds the paragraphs
   * they touch to `dirty`. Relations of a span that goes, go with it.
   * @param {ReadonlyArray<Change>} changes
   * @param {Set<number>} dirty
   * @returns {Change[]} the changes that were made
   */
  apply(changes, dirty) {
    return changes
      .flatMap((change) => [...this.#relationsAlong(change), change])
      .filter((change) => this.#applyOne(change, dirty));
  }

  /** As on the server, whoever made them: another tab may have, since. @param {Change} change @returns {Change[]} */
  #relationsAlong({ kind, before, after }) {
    if (kind !== "span" || !before || after || !this.spans.has(before.id)) return [];
    const own = [...this.relations.values()].filter(
      ({ source, target }) => source === before.id || target === before.id,
    );
    return own.map((relation) => ({ kind: "relation", before: relation, after: null }));
  }

  /** @param {Change} change @param {Set<number>} dirty @returns {boolean} */
  #applyOne(change, dirty) {
    switch (change.kind) {
      case "span":
        return this.#replace(this.spans, change.before, change.after, dirty);
      case "suggestion":
        if (change.after) this.known.set(change.after.id, change.after);
        return this.#replace(this.suggestions, change.before, change.after, dirty);
      case "relation":
        return swap(this.relations, change.before, change.after);
      case "decision":
        return swap(this.decisions, change.before, change.after);
      case "labels":
        this.labels = change.after;
        return true;
    }
  }

  /**
   * @template {Mark} M
   * @param {Map<string, M>} map
   * @param {M | null} before
   * @param {M | null} after
   * @param {Set<number>} dirty
   */
  #replace(map, before, after, dirty) {
    const old = before && map.get(before.id);
    if (!swap(map, before, after)) return false;
    if (old) this.#unindex(old, dirty);
    if (after) this.#index(after, dirty);
    return true;
  }

  /** @param {Mark} mark @param {Set<number>} dirty */
  #index(mark, dirty) {
    this.#eachParagraph(mark, (list, paragraph) => {
      list.splice(placeOf(list, mark), 0, mark);
      dirty.add(paragraph);
    });
  }

  /** @param {Mark} mark @param {Set<number>} dirty */
  #unindex(mark, dirty) {
    this.#eachParagraph(mark, (list, paragraph) => {
      list.splice(placeOf(list, mark), 1);
      dirty.add(paragraph);
    });
  }

  /** @param {Mark} mark @param {(list: Mark[], paragraph: number) => void} visit */
  #eachParagraph(mark, visit) {
    const [first, last] = this.paragraphs.range(mark.start, mark.end);
    for (let p = first; p <= last; p++) {
      visit(this.#byParagraph[p], p);
    }
  }
}

/**
 * @template {{id: string}} T
 * @param {Map<string, T>} map
 * @param {T | null} before
 * @param {T | null} after
 * @returns {boolean} false when `before` is gone or `after` would be there twice
 */
function swap(map, before, after) {
  if (before ? !map.has(before.id) : after && map.has(after.id)) return false;
  if (before && before.id !== after?.id) map.delete(before.id);
  if (after) map.set(after.id, after);
  return true;
}

/**
 * The changes that take `changes` back, in the order to make them.
 * @param {ReadonlyArray<Change>} changes
 * @returns {Change[]}
 */
export function inverted(changes) {
  return changes
    .map((change) => /** @type {Change} */ ({ ...change, before: change.after, after: change.before }))
    .reverse();
}
