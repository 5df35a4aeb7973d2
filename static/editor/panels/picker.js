import { keyCaps } from "../input/keymap.js";
import { el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Label} Label */

/** Choose a label by typing a part of its name. */
export class Picker {
  /** @type {Label[]} */
  #found = [];
  #at = 0;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.dialog = part("picker", HTMLDialogElement);
    this.input = part("picker-input", HTMLInputElement);
    this.list = part("picker-list", HTMLElement);
    this.input.addEventListener("input", () => this.#search());
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    this.dialog.addEventListener("close", editor.backToText);
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    editor.doors.picker = () => this.open();
  }

  open() {
    const { store, actions } = this.editor;
    if (!actions.editable || (!store.active && !store.selected)) {
      this.editor.tell(
        actions.editable
          ? "Choose some words first: drag over them, or move with the arrow keys."
          : actions.whyNot,
      );
      return;
    }
    this.input.value = "";
    this.dialog.showModal();
    this.#search();
  }

  /** Names that begin so first, then words that do, then all that contain it. */
  #search() {
    const wanted = this.input.value.trim().toLowerCase();
    const { schema, store } = this.editor;
    const rank = (/** @type {Label} */ label) => {
      const title = `${schema.title(label.name)} ${label.name}`.toLowerCase();
      if (!wanted) return label.name === store.view.lastLabel ? 0 : 1;
      if (title.startsWith(wanted)) return 0;
      if (title.split(/[\s_-]/u).some((word) => word.startsWith(wanted))) return 1;
      return title.includes(wanted) || label.description.toLowerCase().includes(wanted) ? 2 : -1;
    };
    this.#found = schema.active.filter((label) => rank(label) >= 0).sort((a, b) => rank(a) - rank(b));
    this.#at = 0;
    this.#show();
  }

  #show() {
    const { schema } = this.editor;
    const options = this.#found.map((label, i) => {
      const key = schema.keyOf.get(label.name) ?? "";
      const row = el(
        "li",
        {
          class: "option",
          data: { hue: String(label.colour) },
          attrs: { role: "option", id: `picker-${i}`, "aria-selected": String(i === this.#at) },
          onclick: () => this.#choose(i),
        },
        [
          el("b", { text: schema.title(label.name) }),
          el("span", { text: label.description }),
          key ? el("kbd", { text: [...key].flatMap(keyCaps).join(" ") }) : null,
        ],
      );
      return row;
    });
    this.list.replaceChildren(...options);
    this.input.setAttribute("aria-activedescendant", this.#found.length ? `picker-${this.#at}` : "");
    options[this.#at]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && this.#found.length) {
      this.#at = (this.#at + step + this.#found.length) % this.#found.length;
      this.#show();
    } else if (event.key === "Enter") this.#choose(this.#at);
    else return;
    event.preventDefault();
  }

  /** @param {number} index */
  #choose(index) {
    const label = this.#found[index];
    if (!label) return;
    this.dialog.close();
    this.editor.actions.applyLabel(label.name);
  }
}
