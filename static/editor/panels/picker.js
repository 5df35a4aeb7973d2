import { labelCaps } from "../input/keynames.js";
import { fit } from "../model/fuzzy.js";
import { gettext } from "../model/words.js";
import { el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Label} Label */

/** Only the label's definition has what was typed. */
const WORST = 9;

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
    editor.store.subscribe(({ before, view, changes }) => {
      const { lastLabel } = view;
      if (lastLabel && (lastLabel !== before.lastLabel || changes.length)) this.#remember(lastLabel);
    });
  }

  open() {
    const { store, actions } = this.editor;
    if (!actions.editable || (!store.active && !store.selected)) {
      this.editor.tell(
        actions.editable
          ? gettext("Choose some words first: drag over them, or move with the arrow keys.")
          : actions.whyNot,
      );
      return;
    }
    this.input.value = "";
    this.dialog.showModal();
    // The keyboard of a phone would cover the list.
    if (matchMedia("(pointer: coarse)").matches) this.input.blur();
    this.#search();
  }

  /** Those that fit best first; of those that fit alike the ones used last, then in the schema's order. */
  #search() {
    const typed = this.input.value.trim();
    const { schema } = this.editor;
    const recent = this.#recent;
    const recency = (/** @type {string} */ name) => {
      const at = recent.indexOf(name);
      return at < 0 ? recent.length : at;
    };
    const found = schema.active.flatMap((label, order) => {
      const rank = fitOf(typed, label, schema.title(label.name));
      return rank === null ? [] : [{ label, rank, used: recency(label.name), order }];
    });
    found.sort((a, b) => a.rank - b.rank || a.used - b.used || a.order - b.order);
    this.#found = found.map(({ label }) => label);
    this.#at = 0;
    this.#show();
  }

  /** Labels in the order of their last use, over the articles of this session. @returns {string[]} */
  get #recent() {
    return /** @type {string[]} */ (this.editor.kept.get("recent labels") ?? []);
  }

  /** @param {string} label */
  #remember(label) {
    const others = this.#recent.filter((one) => one !== label);
    this.editor.kept.set("recent labels", [label, ...others]);
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
          key ? el("kbd", { text: labelCaps(key).join(" ") }) : null,
        ],
      );
      return row;
    });
    this.list.replaceChildren(...options);
    if (!options.length)
      this.list.append(el("li", { class: "option quiet", text: gettext("No label fits.") }));
    this.input.setAttribute("aria-activedescendant", this.#found.length ? `picker-${this.#at}` : "");
    options[this.#at]?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.isComposing) return;
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

/** By name first; a definition that has the words is better than nothing. @param {string} typed @param {Label} label @param {string} title */
function fitOf(typed, { name, description }, title) {
  const byName = [fit(typed, title), fit(typed, name)].filter((one) => one !== null);
  if (byName.length) return Math.min(...byName);
  return description.toLowerCase().includes(typed.toLowerCase()) ? WORST : null;
}
