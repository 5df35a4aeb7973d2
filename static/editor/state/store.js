import { History } from "./history.js";

/** @typedef {import("../types.js").Transaction} Transaction */
/** @typedef {import("../types.js").Update} Update */
/** @typedef {import("../types.js").View} View */
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
  };
  history = new History();
  /** @type {Array<(update: Update) => void>} */
  #listeners = [];

  /** @param {Layer} layer */
  constructor(layer) {
    this.layer = layer;
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

  /** @param {Transaction} transaction */
  dispatch({ origin = "local", changes = [], view = {}, note = "" }) {
    const before = this.view;
    const dirty = /** @type {Set<number>} */ (new Set());
    const made = this.layer.apply(changes, dirty);
    if (origin === "local" && made.length)
      this.history.record({ changes: made, selection: before.selection, note });
    this.view = this.#settled({ ...before, ...view });
    const update = { origin, changes: made, dirty, before, view: this.view, note };
    for (const listener of this.#listeners) listener(update);
  }

  undo() {
    const step = this.history.undo();
    if (step)
      this.dispatch({
        origin: "undo",
        changes: step.changes,
        view: { selection: step.selection, active: null },
        note: `Undone: ${step.note}`,
      });
    return step !== null;
  }

  redo() {
    const step = this.history.redo();
    if (step)
      this.dispatch({
        origin: "redo",
        changes: step.changes,
        view: { active: null },
        note: `Redone: ${step.note}`,
      });
    return step !== null;
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
