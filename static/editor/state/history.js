import { inverted } from "../model/layer.js";

/** @typedef {import("../types.js").Change} Change */
/** @typedef {import("../types.js").Selection} Selection */
/** @typedef {{changes: Change[], selection: Selection | null, note: string}} Step */

/** What the person at this keyboard did, and took back. Other people's changes are never undone here. */
export class History {
  /** @type {Step[]} */
  #done;
  /** @type {Step[]} */
  #undone;

  /** @param {{done: Step[], undone: Step[]}} [steps]  those of before */
  constructor({ done, undone } = { done: [], undone: [] }) {
    this.#done = done;
    this.#undone = undone;
  }

  get steps() {
    return { done: this.#done, undone: this.#undone };
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** @param {Step} step */
  record(step) {
    this.#done.push(step);
    this.#undone = [];
  }

  /** The step to take back, with changes turned round. @returns {Step | null} */
  undo() {
    const step = this.#done.pop();
    if (!step) return null;
    this.#undone.push(step);
    return { ...step, changes: inverted(step.changes) };
  }

  /** @returns {Step | null} */
  redo() {
    const step = this.#undone.pop();
    if (!step) return null;
    this.#done.push(step);
    return step;
  }
}
