import { isSure } from "../state/suggestions.js";
import { part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

const FIRST_THRESHOLD = 80;

/** "Accept all ≥ 80": one click takes every suggestion that is as sure as that, one undo gives them back. */
export class AcceptAll {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.box = part("accept-all", HTMLElement);
    this.button = part("accept-all-button", HTMLButtonElement);
    this.choice = part("accept-all-threshold", HTMLSelectElement);
    const hasConfidence = [...editor.store.layer.suggestions.values()].some((one) => one.confidence !== null);
    this.choice.value = String(hasConfidence ? FIRST_THRESHOLD : 0);
    this.choice.addEventListener("change", () => this.#show());
    this.button.addEventListener("click", () => {
      editor.actions.acceptAll(Number(this.choice.value) / 100);
      editor.backToText();
    });
    editor.store.subscribe(({ changes }) => changes.length && this.#show());
    this.#show();
  }

  #show() {
    const threshold = Number(this.choice.value);
    const { suggestions } = this.editor.store.layer;
    let sure = 0;
    for (const one of suggestions.values()) if (isSure(one, threshold / 100)) sure++;
    this.box.hidden = suggestions.size === 0 || !this.editor.actions.editable;
    this.button.disabled = sure === 0;
    this.button.title = sure === 1 ? "1 suggestion" : `${sure} suggestions`;
    this.button.textContent = threshold ? `Accept all ≥ ${threshold}` : "Accept all";
  }
}
