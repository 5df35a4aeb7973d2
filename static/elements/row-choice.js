import { ngettext } from "../editor/model/words.js";

// Lines of a list that are chosen by boxes: x for the one with the focus, Shift+x (or Shift and a click) for all
// from the last one to here. How many are chosen is said in the form's `[data-part=chosen]`.
const TYPING = "input:not([type=checkbox]), select, textarea, [contenteditable]";

export class RowChoice extends HTMLElement {
  /** @type {HTMLInputElement | undefined} */
  #last;
  #keys = (/** @type {KeyboardEvent} */ event) => this.#press(event);

  connectedCallback() {
    document.addEventListener("keydown", this.#keys);
    this.addEventListener("click", (event) => {
      const box = event.target;
      if (box instanceof HTMLInputElement && box.type === "checkbox")
        this.#choose(box, box.checked, event.shiftKey);
    });
    this.#tell();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#keys);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    const box = document.activeElement?.closest("li")?.querySelector("input[type=checkbox]");
    if (event.key.toLowerCase() !== "x" || !(box instanceof HTMLInputElement) || !this.contains(box)) return;
    event.preventDefault();
    this.#choose(box, event.shiftKey || !box.checked, event.shiftKey);
  }

  /**
   * @param {HTMLInputElement} box
   * @param {boolean} chosen
   * @param {boolean} all from the last one on
   */
  #choose(box, chosen, all) {
    const boxes = this.#boxes();
    const here = boxes.indexOf(box);
    const from = all && this.#last ? boxes.indexOf(this.#last) : here;
    for (const one of boxes.slice(Math.min(from, here), Math.max(from, here) + 1)) one.checked = chosen;
    this.#last = box;
    this.#tell();
  }

  #tell() {
    const output = this.closest("form")?.querySelector("[data-part=chosen]");
    const count = this.#boxes().filter((box) => box.checked).length;
    if (output) output.textContent = count ? ngettext("%(count)s chosen", "%(count)s chosen", count) : "";
  }

  /** @returns {HTMLInputElement[]} */
  #boxes() {
    return [...this.querySelectorAll("input")].filter((input) => input.type === "checkbox");
  }
}

customElements.define("row-choice", RowChoice);
