import { gettext } from "../model/words.js";
import { History } from "./history.js";

/** @typedef {import("../types.js").Change} Change */
/** @typedef {import("../types.js").Transaction} Transaction */
/** @typedef {import("../types.js").Update} Update */
/** @typedef {import("../types.js").View} View */
/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../model/layer.js").Layer} Layer */

/**
 * The editor's whole state: the layer, and the view on it (selection, active mark, armed label). It changes only
 * by `dispatch`; listeners hear of each change once, in the order they subscribed.
 */
export class Store {
  /** @type {View} */
  view = {
    selection: null,
    active: null,
    armed: null,
    lastLabel: null,
    chord: "",
    growing: null,
    linking: null,
    relation: null,
    question: null,
  };
  /** @type {Array<(update: Update) => void>} */
  #listeners = [];

  /** @param {Layer} layer @param {History} [history]  what can be undone from before */
  constructor(layer, history = new History()) {
    this.layer = layer;
    this.history = history;
  }

  get active() {
    return this.layer.mark(this.view.active);
  }

  /** The selected stretch in text order. @returns {{start: number, end: number} | null} */
  get selected() {
    const { selection } = this.view;
    if (!selection) return null;
    return {
      start: Math.min(selection.anchor, selection.head),
      end: Math.max(selection.anchor, selection.head),
    };
  }

  /** @param {(update: Update) => void} listener */
  subscribe(listener) {
    this.#listeners.push(listener);
  }

  /** @param {Transaction} transaction @returns {Update} what came of it */
  dispatch({ origin = "local", changes = [], view = {}, note = "" }) {
    const before = this.view;
    const dirty = /** @type {Set<number>} */ (new Set());
    const made = this.layer.apply(changes, dirty);
    if (origin === "local" && made.length)
      this.history.record({ changes: made, selection: before.selection, note });
    this.view = this.#settled({ ...before, ...view });
    const update = { origin, changes: made, dirty, before, view: this.view, note };
    for (const listener of this.#listeners) listener(update);
    return update;
  }

  /** Takes back the last step of this person that still fits. @returns {boolean} false when there is none */
  undo() {
    for (let step = this.history.undo(); step; step = this.history.undo()) {
      const about = markOf(step.changes);
      const view = { selection: step.selection ?? selecting(about), active: about?.id ?? null };
      const note = gettext("Undone: %(step)s", { step: step.note });
      if (this.#makes({ origin: "undo", changes: step.changes, view, note })) return true;
    }
    return false;
  }

  /** @returns {boolean} */
  redo() {
    for (let step = this.history.redo(); step; step = this.history.redo()) {
      const note = gettext("Redone: %(step)s", { step: step.note });
      const about = markOf(step.changes);
      const view = about ? { selection: selecting(about), active: about.id } : { active: null };
      if (this.#makes({ origin: "redo", changes: step.changes, view, note })) return true;
    }
    return false;
  }

  /** Whether anything came of it: others may have taken away what it was about. @param {Transaction} transaction */
  #makes(transaction) {
    return this.dispatch(transaction).changes.length > 0;
  }

  /** What is gone is neither active nor an end any more. @param {View} view @returns {View} */
  #settled(view) {
    const active = this.layer.mark(view.active)?.id ?? null;
    const linking = this.layer.mark(view.linking)?.id ?? null;
    const walked = view.relation === null ? undefined : this.layer.relations.get(view.relation);
    const relation = walked && (walked.source === active || walked.target === active) ? walked.id : null;
    const isGrowing = !linking && (active === null || active === view.growing);
    const growing = isGrowing ? (this.layer.mark(view.growing)?.id ?? null) : null;
    const isSame =
      active === view.active &&
      linking === view.linking &&
      relation === view.relation &&
      growing === view.growing;
    return isSame ? view : { ...view, active, linking, relation, growing };
  }
}

/** The one span or suggestion that a step leaves behind: it is the active one then, to go on with. @param {ReadonlyArray<Change>} changes */
function markOf(changes) {
  const marks = changes.flatMap(({ kind, after }) =>
    after && (kind === "span" || kind === "suggestion") ? [after] : [],
  );
  return marks.length === 1 ? (marks[0] ?? null) : null;
}

/** @param {Mark | null} mark */
function selecting(mark) {
  return mark && { anchor: mark.start, head: mark.end };
}
