import { keyCaps, keyName, labelCaps } from "../input/keynames.js";
import { idOf } from "../input/keys.js";
import { gettext } from "../model/words.js";
import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../input/keymap.js").Binding} Binding */
/** @typedef {import("../input/keys.js").KeyTarget} KeyTarget */

/** All keys on one page, and the place to change them. */
export class Help {
  /** The key that waits to be pressed anew. @type {{target: KeyTarget, row: HTMLElement} | null} */
  #waiting = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.dialog = part("help", HTMLDialogElement);
    this.body = part("help-body", HTMLElement);
    this.dialog.addEventListener("close", () => this.#close());
    this.dialog.addEventListener("cancel", (event) => this.#waiting && event.preventDefault());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("keydown", (event) => this.#onKey(event));
    part("help-close", HTMLButtonElement).addEventListener("click", () => this.dialog.close());
    part("help-open", HTMLButtonElement).addEventListener("click", () => this.open());
    editor.doors.help = () => this.open();
    editor.keys.onChange(() => this.dialog.open && this.#fill());
  }

  open() {
    this.#fill();
    this.dialog.showModal();
  }

  #close() {
    this.#waiting = null;
    this.editor.backToText();
  }

  #fill() {
    this.#waiting = null;
    const { keys } = this.editor;
    const top = this.body.scrollTop;
    this.body.replaceChildren(
      el("p", { class: "help-note" }, [
        gettext("To change a key, press it here with the mouse or with Enter, then press the new one. "),
        keys.isAnyChanged
          ? button(gettext("All as delivered"), () => keys.resetAll(), "button is-small")
          : null,
      ]),
      ...this.#commandGroups(),
      this.#labelGroup(),
      this.#mouseGroup(),
    );
    this.body.scrollTop = top;
  }

  #commandGroups() {
    const { bindings } = this.editor.keys;
    const groups = [...new Set(bindings.map((binding) => binding.group))];
    return groups.map((group) => section(group, this.#rowsOf(bindings.filter((one) => one.group === group))));
  }

  /** A command and its opposite share a row. @param {Binding[]} bindings */
  #rowsOf(bindings) {
    /** @type {Array<{bindings: Binding[], says: string}>} */
    const rows = [];
    for (const binding of bindings) {
      const last = rows.at(-1);
      if (binding.says || !last) rows.push({ bindings: [binding], says: binding.says });
      else last.bindings.push(binding);
    }
    return rows.map((one) => this.#commandRow(one.bindings, one.says));
  }

  /** @param {Binding[]} bindings @param {string} says */
  #commandRow(bindings, says) {
    const { keys } = this.editor;
    const row = rowOf(says);
    for (const binding of bindings) {
      const command = idOf(binding);
      const now = keys.keysOf(binding);
      (now.length ? now : [""]).forEach((key, index) => {
        const target = { command, index };
        row.keys.append(this.#keyButton(target, key, key ? keyCaps(key) : [], says, row.element), " ");
      });
      if (keys.isChanged({ command, index: 0 }))
        row.keys.append(this.#resetButton({ command, index: 0 }, says));
    }
    return row.element;
  }

  #labelGroup() {
    const { schema, keys } = this.editor;
    const rows = schema.active.map(({ name }) => {
      const key = schema.keyOf.get(name) ?? "";
      const title = schema.title(name);
      const row = rowOf(title);
      row.keys.append(this.#keyButton({ label: name }, key, labelCaps(key), title, row.element));
      if (keys.isChanged({ label: name })) row.keys.append(" ", this.#resetButton({ label: name }, title));
      return row.element;
    });
    const labels = section(gettext("Labels"), rows);
    labels.className = "is-labels";
    return labels;
  }

  /** @param {KeyTarget} target @param {string} key @param {string[]} caps @param {string} says @param {HTMLElement} row */
  #keyButton(target, key, caps, says, row) {
    const parts = caps.length
      ? caps.map((cap) => el("kbd", { text: cap }))
      : [el("kbd", { text: gettext("none") })];
    if (key === "Escape") return el("span", { class: "caps" }, parts);
    const name = gettext("%(what)s: %(keys)s. Change", {
      what: says || gettext("The other way"),
      keys: caps.join(" ") || gettext("no key"),
    });
    return el(
      "button",
      {
        class: "caps is-key",
        attrs: { type: "button", "aria-label": name, title: gettext("Change this key") },
        onclick: () => this.#ask(target, row),
      },
      parts,
    );
  }

  /** @param {KeyTarget} target @param {string} says */
  #resetButton(target, says) {
    const again = button("↺", () => this.editor.keys.reset(target), "key-reset");
    again.title = gettext("As delivered");
    again.setAttribute("aria-label", gettext("%(says)s: as delivered", { says }));
    return again;
  }

  /** @param {KeyTarget} target @param {HTMLElement} row */
  #ask(target, row) {
    this.#waiting?.row.querySelector(".key-ask")?.remove();
    this.#waiting = { target, row };
    this.#say([gettext("Press the new key. ⌫ takes it away, Esc leaves it.")]);
  }

  /** @param {Array<Node | string>} content */
  #say(content) {
    if (!this.#waiting) return;
    const { row } = this.#waiting;
    row.querySelector(".key-ask")?.remove();
    row.querySelector("dd")?.append(el("p", { class: "key-ask", attrs: { role: "status" } }, content));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (!this.#waiting) return;
    const { target } = this.#waiting;
    const onChoice = event.target instanceof HTMLElement && event.target.closest(".key-ask") !== null;
    if (onChoice && ["Enter", " ", "Tab", "Shift"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(event.key)) return;
    const key = keyName(event);
    if (key === "Escape") this.#leave();
    else if (key === "Backspace") this.#change(target, "");
    else this.#propose(target, key);
  }

  #leave() {
    const row = this.#waiting?.row;
    this.#waiting = null;
    /** @type {HTMLElement | null | undefined} */ (row?.querySelector(".is-key"))?.focus();
    row?.querySelector(".key-ask")?.remove();
  }

  /** @param {KeyTarget} target @param {string} key */
  #propose(target, key) {
    const { keys } = this.editor;
    const problem = keys.problemWith(target, key);
    const holder = keys.holder(target, key);
    if (problem) this.#say([problem]);
    else if (!holder) this.#change(target, key);
    else if ("command" in holder && holder.command === "Escape")
      this.#say([gettext("Esc always steps back.")]);
    else {
      const use = button(gettext("Use it here"), () => this.#change(target, key), "button is-small");
      const caps = el("kbd", { text: key.length === 1 ? labelCaps(key).join("") : keyCaps(key).join(" ") });
      this.#say([
        caps,
        gettext(" is the key of “%(name)s”. ", { name: this.#nameOf(holder) }),
        use,
        gettext(" or press another."),
      ]);
      use.focus();
    }
  }

  /** @param {KeyTarget} target @param {string} key */
  #change(target, key) {
    const at = [...this.body.querySelectorAll(".is-key")].findIndex((one) =>
      this.#waiting?.row.contains(one),
    );
    this.editor.keys.change(target, key);
    /** @type {HTMLElement | undefined} */ ([...this.body.querySelectorAll(".is-key")][at])?.focus();
  }

  /** @param {KeyTarget} target */
  #nameOf(target) {
    const { schema, keys } = this.editor;
    if ("label" in target) return schema.title(target.label);
    const at = keys.bindings.findIndex((binding) => idOf(binding) === target.command);
    return keys.bindings.slice(0, at + 1).findLast((binding) => binding.says)?.says ?? target.command;
  }

  #mouseGroup() {
    const row = (/** @type {string} */ what, /** @type {string} */ says) => {
      const one = rowOf(says);
      one.keys.append(el("span", { class: "caps" }, [el("kbd", { text: what })]));
      return one.element;
    };
    const gaps = this.editor.schema.overlap.discontinuous
      ? [row(gettext("Ctrl and drag"), gettext("Add words to the active span, with a gap"))]
      : [];
    return section(gettext("Mouse and finger"), [
      row(gettext("Drag"), gettext("Select whole words; with Alt, characters")),
      row(gettext("Double-click"), gettext("Select a word")),
      row(gettext("Click"), gettext("The span there; again for the one around it")),
      row(gettext("Drag an end"), gettext("Resize the active span")),
      ...gaps,
      row(
        gettext("Click a label"),
        gettext(
          "Label what is selected; with nothing selected, take the label in hand for the next drags (Alt-click always)",
        ),
      ),
      row(gettext("Long press"), gettext("Select with a finger, then tap a label")),
    ]);
  }
}

/** @param {string} title @param {HTMLElement[]} rows */
function section(title, rows) {
  return el("section", {}, [el("h3", { text: title }), el("dl", {}, rows)]);
}

/** @param {string} says */
function rowOf(says) {
  const keys = el("dt");
  return { keys, element: el("div", {}, [keys, el("dd", { text: says })]) };
}
