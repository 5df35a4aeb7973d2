import { labelCaps } from "../input/keynames.js";
import { gettext } from "../model/words.js";
import { button, el, part } from "./dom.js";

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
  hint = el("p", { class: "chord-hint", attrs: { "aria-hidden": "true" } });

  /** @param {Editor} editor */
  constructor(editor) {
    const element = part("labels", HTMLElement);
    this.editor = editor;
    element.hidden = !editor.actions.editable;
    if (element.hidden) return;
    element.append(allLabels(editor));
    for (const label of editor.schema.active) {
      const chip = this.#chip(label);
      this.#buttons.set(label.name, chip);
      element.append(chip);
    }
    this.hint.hidden = true;
    element.append(this.hint);
    this.#showKeys();
    editor.keys.onChange(() => this.#showKeys());
    editor.store.subscribe(({ before, view }) => {
      this.#show();
      if (before.chord !== view.chord) this.#showChord(view.chord);
    });
  }

  /** Keys may change while the article is open. */
  #showKeys() {
    const { schema } = this.editor;
    for (const [name, chip] of this.#buttons) {
      const key = schema.keyOf.get(name) ?? "";
      const title = schema.title(name);
      const description = schema.label(name)?.description;
      chip.title = `${title}${key ? ` (${labelCaps(key).join(" ")})` : ""}${description ? `: ${description}` : ""}`;
      chip.querySelector("kbd")?.replaceChildren(labelCaps(key).join(" "));
      // Two keys one after the other have no form there.
      if (key.length === 1) chip.setAttribute("aria-keyshortcuts", key);
      else chip.removeAttribute("aria-keyshortcuts");
    }
  }

  /** After the first of two keys only the labels stand out that it begins. @param {string} begun */
  #showChord(begun) {
    const { schema, announce } = this.editor;
    const ways = [];
    for (const [name, chip] of this.#buttons) {
      const key = schema.keyOf.get(name) ?? "";
      const goesOn = begun !== "" && key.length > begun.length && key.startsWith(begun);
      chip.classList.toggle("is-aside", begun !== "" && !goesOn);
      chip.classList.toggle("is-awaited", goesOn);
      chip.querySelector("kbd")?.replaceChildren(labelCaps(goesOn ? key.slice(1) : key).join(" "));
      if (goesOn) ways.push(`${key.slice(1)} ${schema.title(name)}`);
    }
    this.hint.hidden = !begun;
    this.hint.replaceChildren(el("kbd", { text: begun }), gettext(" then one of these · Esc leaves"));
    if (begun) announce(gettext("%(begun)s, then %(keys)s", { begun, keys: ways.join(", ") }));
  }

  /** @param {Label} label */
  #chip({ name, colour }) {
    const chip = el(
      "button",
      {
        class: "label",
        data: { hue: String(colour) },
        attrs: { type: "button", "aria-pressed": "false" },
        onclick: (event) => this.#choose(name, /** @type {MouseEvent} */ (event)),
      },
      [el("span", { text: this.editor.schema.title(name) }), el("kbd", { attrs: { "aria-hidden": "true" } })],
    );
    keepSelection(chip);
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
        note: armed
          ? gettext("%(title)s in hand: drag over words to label them", { title })
          : gettext("%(title)s put down", { title }),
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

/** On a phone most labels are out of sight: here they are all in one list, those used last first. @param {Editor} editor */
function allLabels({ doors }) {
  const all = button(gettext("All"), () => doors.picker?.(), "button is-small all-labels");
  all.setAttribute("aria-label", gettext("All labels"));
  keepSelection(all);
  return all;
}

/** A press must not take a finger's selection away before it is labelled. @param {HTMLElement} chip */
function keepSelection(chip) {
  chip.addEventListener("pointerdown", (event) => event.pointerType !== "mouse" && event.preventDefault());
}
