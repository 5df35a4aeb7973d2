import { standing } from "./standing.js";

/** @typedef {import("../types.js").Adjudication} Adjudication */
/** @typedef {import("../types.js").Question} Question */
/** @typedef {import("../types.js").Choice} Choice */
/** @typedef {import("../model/layer.js").Layer} Layer */
/** @typedef {import("../model/offsets.js").OffsetMap} OffsetMap */

/** what the annotators of an article disagree on, in the order to settle it, and which of it is settled in the gold layer. */
export class Questions {
  /** @param {Adjudication} adjudication  in UTF-16 */
  constructor({ readers, entities, links, items }) {
    this.readers = readers;
    this.entities = entities;
    this.links = links;
    this.all = items;
    /** @type {Map<string, Question>} */
    this.byKey = new Map(items.map((one) => [one.key, one]));
  }

  /** @param {string | null} key */
  get(key) {
    return this.byKey.get(key ?? "") ?? null;
  }

  /** A letter, or the name where the project shows it. @param {string} letter */
  nameOf(letter) {
    return this.readers.find((one) => one.letter === letter)?.name || letter;
  }

  /**
   * Whether there is nothing (more) to decide: it was decided, or the words that it is about were, in a way that
   * leaves nothing to ask.
   * @param {Question} question @param {Layer} layer
   */
  isSettled(question, layer) {
    if (layer.decisions.has(question.key)) return true;
    return this.isMoot(question, layer) && !this.#waitsFor(question, layer);
  }

  /** What it asks about is not in gold: the ends of a relation, the span of an attribute. @param {Question} question @param {Layer} layer */
  isMoot({ kind, entities }, layer) {
    if (isAboutSpans(kind) || kind === "article_label") return false;
    const there = entities.filter((n) => standing(this.entities[n] ?? [], layer) !== null).length;
    return kind === "chain" ? there < 2 : there < entities.length;
  }

  /** Whether a span that it needs is not settled yet. @param {Question} question @param {Layer} layer */
  #waitsFor({ entities }, layer) {
    return this.all.some(
      (one) =>
        isAboutSpans(one.kind) &&
        !layer.decisions.has(one.key) &&
        one.entities.some((n) => entities.includes(n)),
    );
  }

  /** @param {Layer} layer */
  settledOf(layer) {
    return this.all.filter((one) => this.isSettled(one, layer)).length;
  }

  /**
   * The next that can be decided, past the end from the beginning; null when there is none but `from`.
   * @param {string | null} from  key @param {1 | -1} direction @param {Layer} layer
   */
  next(from, direction, layer) {
    const { all } = this;
    const at = all.findIndex((one) => one.key === from);
    for (let step = 1; step <= all.length; step++) {
      const start = at < 0 && direction < 0 ? all.length : at;
      const one = all[(((start + step * direction) % all.length) + all.length) % all.length];
      if (one && one.key !== from && !this.isSettled(one, layer) && !this.isMoot(one, layer)) return one;
    }
    return null;
  }

  /** The neighbour in the list, settled or not. @param {string | null} from @param {1 | -1} direction */
  beside(from, direction) {
    const at = this.all.findIndex((one) => one.key === from);
    return this.all[(at + direction + this.all.length) % this.all.length] ?? null;
  }

  /** Where to look: its words, or the first mention of what is between several. @param {Question} question @returns {{start: number, end: number} | null} */
  placeOf({ kind, start, end, entities }) {
    const [first] = this.entities[entities[0] ?? -1] ?? [];
    if ((kind === "relation" || kind === "chain") && first) return first;
    return start === null || end === null ? null : { start, end };
  }

  /** The question that a span or suggestion is an answer to. @param {import("../types.js").Mark} mark */
  about({ start, end, label }) {
    return (
      this.all.find((one) =>
        one.options.some(({ said }) =>
          said.spans.some((span) => span.start === start && span.end === end && span.label === label),
        ),
      ) ?? null
    );
  }

  /** Its option that was taken, or -1. @param {Question} question @param {Choice | undefined} choice */
  taken({ options }, choice) {
    if (choice?.choice === "reading") return options.findIndex((one) => one.readers.includes(choice.reader));
    if (choice?.choice === "engine") return options.findIndex((one) => one.engine);
    return -1;
  }
}

/** @param {Question["kind"]} kind */
export function isAboutSpans(kind) {
  return kind === "label" || kind === "boundary" || kind === "missing";
}

/** What the server sent, in UTF-16. @param {Adjudication} wire @param {OffsetMap} offsets @returns {Adjudication} */
export function adjudicationFromWire(wire, offsets) {
  const place = (
    /** @type {{start: number, end: number, fragments: ReadonlyArray<readonly number[]>}} */ one,
  ) => ({
    start: offsets.toUtf16(one.start),
    end: offsets.toUtf16(one.end),
    fragments: one.fragments.map(
      ([a, b]) => /** @type {const} */ ([offsets.toUtf16(a ?? 0), offsets.toUtf16(b ?? 0)]),
    ),
  });
  const said = (/** @type {Partial<import("../types.js").Said>} */ one) => ({
    spans: (one.spans ?? []).map((span) => ({ ...span, ...place(span) })),
    links: one.links ?? [],
    chains: one.chains ?? [],
    value: one.value ?? null,
  });
  return {
    ...wire,
    entities: wire.entities.map((entity) => entity.map((one) => ({ ...one, ...place(one) }))),
    items: wire.items.map((item) => ({
      ...item,
      start: item.start === null ? null : offsets.toUtf16(item.start),
      end: item.end === null ? null : offsets.toUtf16(item.end),
      options: item.options.map((option) => ({ ...option, said: said(option.said) })),
    })),
  };
}
