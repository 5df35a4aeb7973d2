import { BINDINGS, keyCaps } from "../input/keymap.js";
import { el, part } from "./dom.js";

/** All keys on one page. */
export class Help {
  /** @param {import("../types.js").Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.dialog = part("help", HTMLDialogElement);
    this.dialog.addEventListener("close", editor.backToText);
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    part("help-close", HTMLButtonElement).addEventListener("click", () => this.dialog.close());
    part("help-open", HTMLButtonElement).addEventListener("click", () => this.open());
    editor.doors.help = () => this.open();
  }

  open() {
    const body = part("help-body", HTMLElement);
    if (!body.childElementCount)
      body.append(...this.#commandGroups(), this.#labelGroup(), this.#mouseGroup());
    this.dialog.showModal();
  }

  #commandGroups() {
    const groups = [...new Set(BINDINGS.map((binding) => binding.group))];
    return groups.map((group) => section(group, rowsOf(BINDINGS.filter((one) => one.group === group))));
  }

  #labelGroup() {
    const { schema } = this.editor;
    const rows = [...schema.keys].map(([key, name]) => row([[...key].flatMap(keyCaps)], schema.title(name)));
    const labels = section("Labels", rows);
    labels.className = "is-labels";
    return labels;
  }

  #mouseGroup() {
    return section("Mouse and finger", [
      row([["Drag"]], "Select whole words; with Alt, characters"),
      row([["Double-click"]], "Select a word"),
      row([["Click"]], "The span there; again for the one around it"),
      row([["Drag an end"]], "Resize the active span"),
      row(
        [["Click a label"]],
        "Label what is selected; with nothing selected, take the label in hand for the next drags (Alt-click always)",
      ),
      row([["Long press"]], "Select with a finger, then tap a label"),
    ]);
  }
}

/** A key and its opposite share a row. @param {import("../input/keymap.js").Binding[]} bindings */
function rowsOf(bindings) {
  /** @type {Array<{keys: string[], says: string}>} */
  const rows = [];
  for (const { keys, says } of bindings) {
    const last = rows.at(-1);
    if (says || !last) rows.push({ keys: [...keys], says });
    else last.keys.push(...keys);
  }
  return rows.map(({ keys, says }) => row(keys.map(keyCaps), says));
}

/** @param {string} title @param {HTMLElement[]} rows */
function section(title, rows) {
  return el("section", {}, [el("h3", { text: title }), el("dl", {}, rows)]);
}

/** @param {string[][]} keys @param {string} says */
function row(keys, says) {
  const caps = keys.flatMap((parts, i) => [
    ...(i ? [" "] : []),
    el(
      "span",
      { class: "caps" },
      parts.map((cap) => el("kbd", { text: cap })),
    ),
  ]);
  return el("div", {}, [el("dt", {}, caps), el("dd", { text: says })]);
}
