import { partsOf, withoutPart, withPart, withPartMoved } from "../model/fragments.js";
import { readingOrder } from "../model/order.js";
import { problemWithPlace } from "../model/overlap.js";
import { newSpan } from "../model/span.js";
import { gettext, ngettext } from "../model/words.js";
import { offeredRelations } from "./offeredlinks.js";
import { relationsWithout } from "./relationactions.js";
import { isSure, suggestionAt } from "./suggestions.js";

/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Suggestion} Suggestion */
/** @typedef {import("../types.js").Change} Change */
/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").View} View */
/** @typedef {import("../types.js").AttributeValue} AttributeValue */
/** @typedef {{start: number, end: number}} Stretch */

/**
 * What a person can do to the layer, whichever key, button or finger asked for it. Each verb is one transaction,
 * so one undo. A verb that cannot be done says why through `tell`.
 */
export class Actions {
  /**
   * @param {import("./store.js").Store} store
   * @param {import("../model/schema.js").SchemaView} schema
   * @param {(sentence: string) => void} tell
   */
  constructor(store, schema, tell) {
    this.store = store;
    this.schema = schema;
    this.tell = tell;
    this.editable = true;
    this.whyNot = gettext("This article is open for reading only.");
    /** What of a selection is meant: without spaces and punctuation at its edges, if the person likes. @type {(stretch: Stretch) => Stretch} */
    this.tidy = (stretch) => stretch;
  }

  /** Gives `label` to the active mark, else to the selection. @param {string} label @returns {boolean} */
  applyLabel(label) {
    const active = this.store.active;
    if (active?.kind === "span") return this.relabel(active, label);
    if (active?.kind === "suggestion") return this.accept(active, { label });
    const selected = this.store.selected;
    if (!selected) {
      this.tell(gettext("Choose some words first: drag over them, or move with the arrow keys."));
      return false;
    }
    return this.addSpan(selected, label);
  }

  /** @param {Stretch} stretch @param {string} label */
  addSpan(stretch, label) {
    const meant = this.#meant(stretch);
    const span = newSpan(meant, label, this.#suggested(meant, label));
    const changes = this.#taken(span);
    return this.#make(
      [span],
      changes,
      { active: span.id, lastLabel: label },
      gettext("%(title)s added: %(words)s", {
        title: this.schema.title(label),
        words: this.#quoted(span),
      }),
    );
  }

  /**
   * Gives `label` to several stretches at once; open suggestions of just that are answered.
   * @param {ReadonlyArray<Stretch>} stretches
   * @param {string} label
   */
  addAll(stretches, label) {
    /** @type {Span[]} */
    const added = [];
    for (const stretch of stretches) {
      const span = newSpan(stretch, label, this.#suggested(stretch, label));
      const near = added.filter((one) => one.start < span.end && span.start < one.end);
      if (!this.#problem(span, near)) added.push(span);
    }
    const [first] = added;
    if (!first) return false;
    const changes = added.flatMap((span, n) => this.#taken(span, added.slice(0, n)));
    const note = ngettext(
      "%(count)s more labelled %(label)s: %(first)s",
      "%(count)s more labelled %(label)s: %(first)s",
      added.length,
      { label: this.schema.title(label), first: this.#quoted(first) },
    );
    return this.#make([], changes, { lastLabel: label }, note);
  }

  /** @param {Span} span @param {string} label */
  relabel(span, label) {
    if (span.label === label) return true;
    const kept = new Set(this.schema.attributesOf(label).map((one) => one.name));
    const attributes = Object.fromEntries(Object.entries(span.attributes).filter(([name]) => kept.has(name)));
    const after = { ...span, label, attributes };
    return this.#make(
      [after],
      [{ kind: "span", before: span, after }, ...this.#metBy(after)],
      { lastLabel: label },
      gettext("Changed to %(label)s: %(span)s", {
        label: this.schema.title(label),
        span: this.#quoted(span),
      }),
    );
  }

  /** @param {Span} span @param {Stretch} stretch @param {number} [part]  which of its parts */
  resize(span, stretch, part = 0) {
    if (stretch.start >= stretch.end) return false;
    return this.#reshape(span, withPartMoved(span, part, stretch), stretch);
  }

  /** @param {Span} span @param {Stretch} stretch */
  addPart(span, stretch) {
    return this.#reshape(span, withPart(span, this.#meant(stretch)), null);
  }

  /** @param {Span} span @param {number} part */
  removePart(span, part) {
    return this.#reshape(span, withoutPart(span, part), null);
  }

  /** @param {Span} span @param {Span} after @param {Stretch | null} selected  null selects all of it */
  #reshape(span, after, selected) {
    if (String(partsOf(span)) === String(partsOf(after))) return false;
    const { start, end } = after.fragments.length && selected ? selected : after;
    return this.#make(
      [after],
      [{ kind: "span", before: span, after }, ...this.#metBy(after)],
      { active: span.id, growing: null, selection: { anchor: start, head: end } },
      gettext("Now: %(words)s", { words: this.#quoted(after) }),
    );
  }

  /** @param {Span} span @param {string} name @param {AttributeValue | null} value null takes it away */
  setAttribute(span, name, value) {
    const { [name]: _old, ...rest } = span.attributes;
    const after = { ...span, attributes: value === null ? rest : { ...rest, [name]: value } };
    return this.#make(
      [],
      [{ kind: "span", before: span, after }],
      {},
      `${this.schema.title(name)}: ${value === null ? gettext("none") : value}`,
    );
  }

  /** @param {Span} span */
  remove(span) {
    const changes = [
      ...relationsWithout(span, this.store.layer, this.schema),
      { kind: /** @type {const} */ ("span"), before: span, after: null },
      ...this.store.layer.reopenedWithout(span),
    ];
    return this.#make(
      [],
      changes,
      { active: null, selection: { anchor: span.start, head: span.end } },
      gettext("%(title)s removed: %(words)s", {
        title: this.schema.title(span.label),
        words: this.#quoted(span),
      }),
    );
  }

  /**
   * @param {Suggestion} suggestion
   * @param {{label?: string, next?: string | null}} [options] another label than suggested; the mark to go to
   */
  accept(suggestion, { label = suggestion.label, next } = {}) {
    const span = newSpan(suggestion, label, suggestion.id);
    const changes = this.#taken(span);
    const view = { active: next === undefined ? span.id : next, lastLabel: label };
    return this.#make(
      [span],
      changes,
      this.#going(view, span),
      gettext("Accepted as %(label)s: %(span)s", {
        label: this.schema.title(label),
        span: this.#quoted(span),
      }),
    );
  }

  /** @param {Suggestion} suggestion @param {{next?: string | null}} [options] */
  reject(suggestion, { next = null } = {}) {
    /** @type {Change[]} */
    const changes = [{ kind: "suggestion", verdict: "rejected", before: suggestion, after: null }];
    return this.#make(
      [],
      changes,
      this.#going({ active: next }, suggestion),
      gettext("Rejected: %(title)s, %(words)s", {
        title: this.schema.title(suggestion.label),
        words: this.#quoted(suggestion),
      }),
    );
  }

  /**
   * Accepts every open suggestion that is sure enough and fits; one that stays open becomes the active one.
   * @param {number} threshold 0 to 1; 0 takes all
   * @param {string | null} [label]  only those of this label
   */
  acceptAll(threshold, label = null) {
    /** @type {Change[]} */
    const changes = [];
    /** @type {Span[]} */
    const added = [];
    let left = 0;
    for (const suggestion of this.store.layer.suggestions.values()) {
      if (!isSure(suggestion, threshold) || (label !== null && suggestion.label !== label)) continue;
      const span = newSpan(suggestion, suggestion.label, suggestion.id);
      const near = added.filter((one) => one.start < span.end && span.start < one.end);
      if (this.#problem(span, near)) left++;
      else {
        changes.push(...this.#taken(span, added));
        added.push(span);
      }
    }
    const rest = left
      ? ngettext(
          " %(count)s did not fit beside other spans and stays open.",
          " %(count)s did not fit beside other spans and stay open.",
          left,
        )
      : "";
    if (!changes.length) {
      this.tell(
        left ? gettext("Nothing was accepted.%(rest)s", { rest }) : gettext("There is no such suggestion."),
      );
      return false;
    }
    const note = this.#accepted(added.length, label) + rest;
    return this.#make([], changes, this.#goingOn(added), note);
  }

  /** To the first suggestion that these spans leave open, after the active mark or from the beginning. @param {ReadonlyArray<Span>} added @returns {Partial<View>} */
  #goingOn(added) {
    const { active, layer } = this.store;
    const answered = new Set(added.map((span) => span.suggestion));
    const open = [...layer.suggestions.values()].filter((one) => !answered.has(one.id)).sort(readingOrder);
    const next = open.find((one) => active && readingOrder(one, active) > 0) ?? open[0];
    if (!next) return { active: null };
    return { active: next.id, selection: { anchor: next.start, head: next.end } };
  }

  /** @param {number} count @param {string | null} label */
  #accepted(count, label) {
    if (label === null)
      return ngettext("%(count)s suggestion accepted.", "%(count)s suggestions accepted.", count);
    return ngettext(
      "%(count)s suggestion accepted as %(title)s.",
      "%(count)s suggestions accepted as %(title)s.",
      count,
      { title: this.schema.title(label) },
    );
  }

  /** @param {Stretch} stretch  what is selected */
  #meant(stretch) {
    return this.store.view.selection?.exact ? stretch : this.tidy(stretch);
  }

  /** The open suggestion of just these words and this label: labelling them by hand answers it. @param {Stretch} stretch @param {string} label */
  #suggested(stretch, label) {
    return suggestionAt(this.store, stretch, label)?.id ?? null;
  }

  /** A span that comes to stand on just what is suggested answers it as well. @param {Span} span @returns {Change[]} */
  #metBy(span) {
    return this.#answered({ suggestion: this.#suggested(span, span.label) });
  }

  /** @param {Pick<Span, "suggestion">} span @returns {Change[]} */
  #answered({ suggestion }) {
    const before = suggestion === null ? undefined : this.store.layer.suggestions.get(suggestion);
    return before ? [{ kind: "suggestion", verdict: "accepted", before, after: null }] : [];
  }

  /**
   * A new span, the suggestion that it answers, and the relations that were offered with that.
   * @param {Span} after @param {ReadonlyArray<Span>} [also]  spans that come in the same step @returns {Change[]}
   */
  #taken(after, also = []) {
    const answered = this.#answered(after);
    const relations = answered.flatMap(({ kind, before }) =>
      kind === "suggestion" && before
        ? offeredRelations(after, before, this.store.layer, also, this.schema)
        : [],
    );
    return [{ kind: "span", before: null, after }, ...answered, ...relations];
  }

  /** When the active mark moves on, so does the selection. @param {Partial<View>} view @param {Stretch} here @returns {Partial<View>} */
  #going(view, here) {
    const next = this.store.layer.mark(view.active ?? null) ?? here;
    return { ...view, selection: { anchor: next.start, head: next.end } };
  }

  /** @param {Span} span @param {Iterable<Mark>} [also] */
  #problem(span, also = []) {
    const others = [...this.store.layer.marksMeeting(span.start, span.end), ...also];
    return problemWithPlace(span, others, this.schema.overlap, (name) => this.schema.title(name));
  }

  /**
   * @param {Span[]} placed  spans whose place must be checked
   * @param {Change[]} changes
   * @param {Partial<View>} view
   * @param {string} note
   */
  #make(placed, changes, view, note) {
    const refusal = this.editable ? placed.map((span) => this.#problem(span)).find(Boolean) : this.whyNot;
    if (refusal) {
      this.tell(refusal);
      return false;
    }
    this.store.dispatch({ changes, view, note });
    return true;
  }

  /** @param {Mark} mark */
  #quoted(mark) {
    const text = this.store.layer.surface(mark).replace(/\s+/gu, " ");
    return `“${text.length > 60 ? `${text.slice(0, 58)}…` : text}”`;
  }
}
