// The list of entity labels: colour, name, hotkey, description; added, retired, removed and put in order.

import { gettext } from "../editor/model/words.js";
import { button, el, input } from "./schema-dom.js";
import { freeHotkey, moved, newLabel, removeLabel, renameLabel } from "./schema-model.js";

/** @typedef {import("./schema-model.js").Label} Label */
/** @typedef {import("./schema-editor.js").Editing} Editing */

export class LabelList {
  /** @param {Editing} editing */
  constructor(editing) {
    this.editing = editing;
    this.list = el("ol", { class: "schema-labels" });
    this.voice = el("p", { class: "visually-hidden", "aria-live": "polite" });
    /** @type {Label | null} */
    this.dragged = null;
    /** @type {Map<Label, HTMLElement>} */
    this.rows = new Map();
    this.element = el(
      "div",
      {},
      heads(),
      this.list,
      button(gettext("Add a label"), () => this.add()),
      this.voice,
    );
  }

  render() {
    this.rows = new Map(this.editing.definition.labels.map((label) => [label, this.#row(label)]));
    this.list.replaceChildren(...this.rows.values());
  }

  add() {
    const { definition, paletteSize } = this.editing;
    const label = newLabel(definition.labels, paletteSize);
    definition.labels.push(label);
    this.#changed(label, ".name");
  }

  /** @param {Label} label */
  #row(label) {
    const published = this.editing.isPublished(label.name);
    const title = label.name || gettext("new label");
    const row = el("li", { class: label.retired ? "retired" : "" });
    const palette = this.#palette(label, row);
    row.append(
      this.#handle(label, row, title),
      el("button", {
        type: "button",
        class: "swatch",
        "data-hue": label.colour,
        "aria-label": gettext("Colour of %(title)s", { title }),
        "aria-expanded": "false",
        onclick: (event) => toggle(event.currentTarget, palette),
      }),
      this.#name(label),
      this.#hotkey(label, title),
      input(
        gettext("Description of %(title)s", { title }),
        label.description,
        (value) => this.#set(label, { description: value }),
        {
          class: "description",
          placeholder: gettext("When to use it"),
          maxlength: 2000,
          spellcheck: "true",
        },
      ),
      this.#ending(label, published, title),
      palette,
    );
    row.addEventListener("keydown", (event) => this.#key(event, label));
    row.addEventListener("dragover", (event) => this.#over(event, label));
    row.addEventListener("drop", (event) => event.preventDefault());
    return row;
  }

  /**
   * @param {Label} label
   * @param {HTMLElement} row
   * @param {string} title
   */
  #handle(label, row, title) {
    const words = gettext("Move %(title)s: press up or down", { title });
    const handle = el(
      "button",
      {
        type: "button",
        class: "handle",
        draggable: "true",
        "aria-label": words,
        title: gettext("Drag, or press ↑ ↓"),
      },
      "⠿",
    );
    handle.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      this.#move(label, event.key === "ArrowUp" ? -1 : 1, ".handle");
    });
    handle.addEventListener("dragstart", (event) => {
      this.dragged = label;
      event.dataTransfer?.setData("text/plain", label.name);
      event.dataTransfer?.setDragImage(row, 0, 0);
    });
    handle.addEventListener("dragend", () => {
      this.dragged = null;
    });
    return handle;
  }

  /** @param {Label} label */
  #name(label) {
    const change = (/** @type {string} */ value) => {
      renameLabel(this.editing.definition, label, value.trim());
      this.editing.changed({ names: true });
    };
    const field = input(gettext("Label"), label.name, change, {
      class: "name mono",
      maxlength: 64,
      placeholder: "NAME",
    });
    field.addEventListener("change", () => {
      if (label.name && !label.hotkey && !label.retired)
        label.hotkey = freeHotkey(this.editing.definition.labels, label.name);
      this.render();
      this.editing.changed({ names: true });
    });
    return field;
  }

  /**
   * @param {Label} label
   * @param {string} title
   */
  #hotkey(label, title) {
    const properties = { class: "hotkey mono", maxlength: 2, placeholder: "–", disabled: label.retired };
    return input(
      gettext("Hotkey of %(title)s", { title }),
      label.hotkey,
      (value) => this.#set(label, { hotkey: value.trim() }),
      properties,
    );
  }

  /**
   * A label that was published is retired, so that its spans stay readable; another simply goes.
   * @param {Label} label
   * @param {boolean} published
   * @param {string} title
   */
  #ending(label, published, title) {
    if (label.retired)
      return button(gettext("Bring back"), () => this.#retire(label, false), {
        "aria-label": gettext("Bring back %(title)s", { title }),
      });
    if (published)
      return button(gettext("Retire"), () => this.#retire(label, true), {
        "aria-label": gettext("Retire %(title)s", { title }),
      });
    return button(gettext("Remove"), () => this.#remove(label), {
      "aria-label": gettext("Remove %(title)s", { title }),
    });
  }

  /**
   * @param {Label} label
   * @param {HTMLElement} row
   */
  #palette(label, row) {
    const used = new Set(
      this.editing.definition.labels.filter((one) => !one.retired).map((one) => one.colour),
    );
    const group = `colour-${Math.random().toString(36).slice(2)}`;
    const choices = Array.from({ length: this.editing.paletteSize }, (_, hue) => {
      const words =
        used.has(hue) && hue !== label.colour
          ? gettext("Colour %(number)s, in use", { number: hue + 1 })
          : gettext("Colour %(number)s", { number: hue + 1 });
      const radio = el("input", {
        type: "radio",
        name: group,
        "aria-label": words,
        "data-hue": hue,
        checked: hue === label.colour,
      });
      radio.addEventListener("change", () => {
        this.#set(label, { colour: hue });
        row.querySelector(".swatch")?.setAttribute("data-hue", String(hue));
      });
      return el("span", { class: used.has(hue) ? "used" : "", title: words }, radio);
    });
    return el(
      "fieldset",
      { class: "palette", hidden: true },
      el("legend", { class: "visually-hidden" }, gettext("Colour")),
      ...choices,
    );
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Label} label
   */
  #key(event, label) {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const inside = /** @type {HTMLElement} */ (event.target).className.split(" ")[0];
      this.#move(label, event.key === "ArrowUp" ? -1 : 1, inside ? `.${inside}` : ".handle");
    }
    if (event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.type !== "radio") {
      event.preventDefault();
      this.add();
    }
  }

  /**
   * @param {DragEvent} event
   * @param {Label} label
   */
  #over(event, label) {
    if (!this.dragged) return;
    event.preventDefault();
    if (this.dragged === label) return;
    const { definition } = this.editing;
    const from = definition.labels.indexOf(this.dragged);
    const to = definition.labels.indexOf(label);
    definition.labels = moved(definition.labels, from, to);
    const [row, target] = [this.rows.get(this.dragged), this.rows.get(label)];
    if (row && target) this.list.insertBefore(row, from < to ? target.nextSibling : target);
    this.editing.changed({ names: true });
  }

  /**
   * @param {Label} label
   * @param {number} by
   * @param {string} focus
   */
  #move(label, by, focus) {
    const { definition } = this.editing;
    const from = definition.labels.indexOf(label);
    const to = from + by;
    if (to < 0 || to >= definition.labels.length) return;
    definition.labels = moved(definition.labels, from, to);
    this.voice.textContent = gettext("%(name)s is number %(number)s of %(count)s.", {
      name: label.name || gettext("The label"),
      number: to + 1,
      count: definition.labels.length,
    });
    this.#changed(label, focus);
  }

  /**
   * @param {Label} label
   * @param {boolean} retired
   */
  #retire(label, retired) {
    label.retired = retired;
    label.hotkey = retired ? "" : freeHotkey(this.editing.definition.labels, label.name);
    this.#changed(label, ".button");
  }

  /** @param {Label} label */
  #remove(label) {
    const { definition } = this.editing;
    const at = definition.labels.indexOf(label);
    removeLabel(definition, label);
    const next = definition.labels[Math.min(at, definition.labels.length - 1)];
    this.#changed(next ?? null, ".button");
  }

  /**
   * @param {Label} label
   * @param {Partial<Label>} values
   */
  #set(label, values) {
    Object.assign(label, values);
    this.editing.changed({});
  }

  /**
   * Show the list anew, with the focus where it was.
   * @param {Label | null} label
   * @param {string} focus
   */
  #changed(label, focus) {
    this.render();
    this.editing.changed({ names: true });
    if (!label) return;
    /** @type {HTMLElement | null | undefined} */ (this.rows.get(label)?.querySelector(focus))?.focus();
  }
}

function heads() {
  const names = ["", "", gettext("Label"), gettext("Key"), gettext("Description"), ""];
  return el(
    "div",
    { class: "schema-heads", "aria-hidden": "true" },
    ...names.map((name) => el("span", {}, name)),
  );
}

/**
 * @param {Element} opener
 * @param {HTMLElement} palette
 */
function toggle(opener, palette) {
  palette.hidden = !palette.hidden;
  opener.setAttribute("aria-expanded", String(!palette.hidden));
  if (!palette.hidden) /** @type {HTMLElement | null} */ (palette.querySelector(":checked"))?.focus();
}
