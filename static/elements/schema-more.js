// Relation types, span attributes, article labels, and which spans may share characters.

import { gettext } from "../editor/model/words.js";
import { button, el, input, labelChoice, tick } from "./schema-dom.js";

/** @typedef {import("./schema-editor.js").Editing} Editing */
/** @typedef {import("./schema-model.js").Attribute} Attribute */

const OVERLAPS = /** @type {const} */ ([
  ["nested", gettext("Nested"), gettext("one inside another")],
  ["equal", gettext("Equal"), gettext("the same characters, two labels")],
  ["crossing", gettext("Crossing"), gettext("each has a part that the other has not")],
  ["discontinuous", gettext("Discontinuous"), gettext("one span in several pieces")],
]);

/** A list of named rows, each on a card of its own. */
class Rows {
  /**
   * @param {Editing} editing
   * @param {"relations" | "attributes" | "article_labels"} field
   * @param {string} noun
   * @param {() => any} fresh
   * @param {(row: any, update: () => void) => Node[]} parts
   */
  constructor(editing, field, noun, fresh, parts) {
    this.editing = editing;
    this.field = field;
    this.noun = noun;
    this.fresh = fresh;
    this.parts = parts;
    this.list = el("ol", { class: "schema-rows" });
    this.element = el(
      "div",
      {},
      this.list,
      button(gettext("Add %(noun)s", { noun }), () => this.#add()),
    );
  }

  render() {
    this.list.replaceChildren(...this.#rows.map((row) => this.#row(row)));
  }

  /** @returns {any[]} */
  get #rows() {
    return this.editing.definition[this.field];
  }

  /** @param {any} row */
  #row(row) {
    const update = () => this.editing.changed({});
    const name = input(
      gettext("Name of the %(noun)s", { noun: this.noun }),
      row.name,
      (value) => {
        row.name = value.trim();
        update();
      },
      { class: "name mono", maxlength: 64, placeholder: "NAME" },
    );
    const description = input(
      gettext("Description"),
      row.description,
      (value) => {
        row.description = value;
        update();
      },
      { class: "description", placeholder: gettext("When to use it"), maxlength: 2000, spellcheck: "true" },
    );
    const remove = button(gettext("Remove"), () => this.#remove(row), {
      "aria-label": gettext("Remove %(noun)s", { noun: row.name || this.noun }),
    });
    return el(
      "li",
      {},
      el("div", { class: "schema-line" }, name, description, remove),
      ...this.parts(row, update),
    );
  }

  #add() {
    this.#rows.push(this.fresh());
    this.render();
    this.editing.changed({});
    /** @type {HTMLElement | null | undefined} */ (
      this.list.lastElementChild?.querySelector(".name")
    )?.focus();
  }

  /** @param {any} row */
  #remove(row) {
    this.#rows.splice(this.#rows.indexOf(row), 1);
    this.render();
    this.editing.changed({});
    /** @type {HTMLElement | null} */ (this.element.querySelector(":scope > .button"))?.focus();
  }
}

/** @param {Editing} editing */
export function relationList(editing) {
  const fresh = () => ({ name: "", sources: [], targets: [], description: "", chain: false });
  return new Rows(editing, "relations", gettext("a relation type"), fresh, (row, update) => [
    labelChoice(gettext("From"), editing.names(), row.sources, (names) => {
      row.sources = names;
      update();
    }),
    labelChoice(gettext("To"), editing.names(), row.targets, (names) => {
      row.targets = names;
      update();
    }),
    tick(
      gettext("Forms chains"),
      row.chain,
      (checked) => {
        row.chain = checked;
        update();
      },
      gettext("all spans linked by it are the same thing: coreference"),
    ),
  ]);
}

/** @param {Editing} editing */
export function attributeList(editing) {
  const fresh = () => ({
    name: "",
    type: "choice",
    options: [],
    labels: [],
    required: false,
    description: "",
  });
  return new Rows(editing, "attributes", gettext("an attribute"), fresh, (row, update) =>
    attributeParts(editing, row, update),
  );
}

/** @param {Editing} editing */
export function articleLabelList(editing) {
  return new Rows(
    editing,
    "article_labels",
    gettext("an article label"),
    () => ({ name: "", description: "" }),
    () => [],
  );
}

/** @param {Editing} editing */
export function overlapSwitches(editing) {
  const element = el("div", { class: "choices row" });
  const render = () =>
    element.replaceChildren(
      ...OVERLAPS.map(([name, title, help]) =>
        tick(
          title,
          editing.definition.overlap[name],
          (checked) => {
            editing.definition.overlap[name] = checked;
            editing.changed({});
          },
          help,
        ),
      ),
    );
  return { element, render };
}

/**
 * @param {Editing} editing
 * @param {Attribute} row
 * @param {() => void} update
 * @returns {Node[]}
 */
function attributeParts(editing, row, update) {
  const options = input(
    gettext("Options, separated by commas"),
    row.options.join(", "),
    (value) => {
      row.options = value
        .split(",")
        .map((one) => one.trim())
        .filter(Boolean);
      update();
    },
    { placeholder: gettext("Options, separated by commas"), class: "options" },
  );
  options.hidden = row.type !== "choice";
  const type = el(
    "select",
    { "aria-label": gettext("Type") },
    ...["choice", "text", "boolean"].map(typeOption),
  );
  type.value = row.type;
  type.addEventListener("change", () => {
    row.type = type.value;
    if (row.type !== "choice") row.options = [];
    options.value = row.options.join(", ");
    options.hidden = row.type !== "choice";
    update();
  });
  const required = tick(gettext("Required"), row.required, (checked) => {
    row.required = checked;
    update();
  });
  const labels = labelChoice(gettext("For"), editing.names(), row.labels, (names) => {
    row.labels = names;
    update();
  });
  return [el("div", { class: "schema-line" }, type, options, required), labels];
}

/** @param {string} value */
function typeOption(value) {
  const words =
    { choice: gettext("One of several options"), text: gettext("Text"), boolean: gettext("Yes or no") }[
      value
    ] ?? value;
  return el("option", { value }, words);
}
