import { keyCaps } from "../input/keymap.js";
import { el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Label} Label */

/** The labels at the foot of the page: labels what is chosen, else is picked up for the next drags. */
export class LabelBar {
  /** @type {Map<string, HTMLButtonElement>} */
  #buttons = new Map();
  /** Label of the active mark. @type {string | null} */
  #current = null;
  /** @type {string | null} */
  #armed = null;

  /** @param {Editor} editor */
  constructor(editor) {
    const element = part("labels", HTMLElement);
    this.editor = editor;
    element.hidden = !editor.actions.editable;
    if (element.hidden) return;
    for (const label of editor.schema.active) {
      const chip = this.#chip(label);
      this.#buttons.set(label.name, chip);
      element.append(chip);
    }
    editor.store.subscribe(() => this.#show());
  }

  /** @param {Label} label */
  #chip({ name, colour, description }) {
    const { schema } = this.editor;
    const key = schema.keyOf.get(name);
    const title = schema.title(name);
    const caps = key
      ? el("kbd", {
          text: [...key].flatMap(keyCaps).join(" ").toLowerCase(),
          attrs: { "aria-hidden": "true" },
        })
      : null;
    const chip = el(
      "button",
      {
        class: "label",
        data: { hue: String(colour) },
        attrs: { type: "button", "aria-pressed": "false", title: description || title },
        onclick: (event) => this.#choose(name, /** @type {MouseEvent} */ (event)),
      },
      [el("span", { text: title }), caps],
    );
    if (key) chip.setAttribute("aria-keyshortcuts", key);
    // A press must not take a finger's selection away before it is labelled.
    chip.addEventListener("pointerdown", (event) => event.pointerType !== "mouse" && event.preventDefault());
    return chip;
  }

  /** @param {string} name @param {MouseEvent} event */
  #choose(name, event) {
    const { store, actions } = this.editor;
    if (!event.altKey && (store.active || store.selected)) {
      if (actions.applyLabel(name)) getSelection()?.removeAllRanges();
    } else {
      const armed = store.view.armed === name ? null : name;
      const title = this.editor.schema.title(name);
      store.dispatch({
        view: { armed },
        note: armed ? `${title} in hand: drag over words to label them` : `${title} put down`,
      });
    }
    this.editor.backToText();
  }

  #show() {
    const { active, view } = this.editor.store;
    const current = active?.label ?? null;
    if (current !== this.#current) {
      this.#chipOf(this.#current)?.classList.remove("is-current");
      this.#chipOf(current)?.classList.add("is-current");
      this.#current = current;
    }
    if (view.armed !== this.#armed) {
      this.#chipOf(this.#armed)?.setAttribute("aria-pressed", "false");
      this.#chipOf(view.armed)?.setAttribute("aria-pressed", "true");
      this.#armed = view.armed;
    }
  }

  /** @param {string | null} name */
  #chipOf(name) {
    return name === null ? undefined : this.#buttons.get(name);
  }
}
