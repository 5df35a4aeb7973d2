import { gettext } from "../model/words.js";
import { endsInWords } from "../state/relations.js";
import { el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../state/relations.js").Link} Link */

const SHORT = 22;
const GHOST_MS = 350;

/** Which relation? A digit chooses at once; typing a part of a name narrows the list. */
export class LinkPicker {
  /** @type {ReadonlyArray<Link>} */
  #links = [];
  /** @type {Link[]} */
  #found = [];
  #at = 0;
  #openedAt = 0;
  /** @type {(link: Link) => void} */
  #onChoose = () => {};

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.list = el("ul", {
      attrs: { id: "link-picker-list", role: "listbox", "aria-label": gettext("Relations") },
    });
    this.input = el("input", {
      attrs: {
        type: "text",
        role: "combobox",
        "aria-expanded": "true",
        "aria-controls": "link-picker-list",
        "aria-autocomplete": "list",
        "aria-label": gettext("Relation"),
        autocomplete: "off",
        spellcheck: "false",
        placeholder: gettext("A number, or a part of the relation’s name"),
      },
    });
    this.dialog = el(
      "dialog",
      { class: "dialog picker", attrs: { id: "link-picker", "aria-label": gettext("Choose a relation") } },
      [this.input, this.list],
    );
    this.input.addEventListener("input", () => this.#search());
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    this.dialog.addEventListener("close", editor.backToText);
    this.dialog.addEventListener(
      "click",
      (event) => {
        // The tap that opened it ends in a click, which was not meant for what is under the finger now.
        if (event.timeStamp - this.#openedAt < GHOST_MS) event.stopPropagation();
        else if (event.target === this.dialog) this.dialog.close();
      },
      { capture: true },
    );
    part("stage", HTMLElement).append(this.dialog);
  }

  /** @param {ReadonlyArray<Link>} links @param {(link: Link) => void} onChoose */
  open(links, onChoose) {
    this.#links = links;
    this.#onChoose = onChoose;
    this.input.value = "";
    // A finger chooses from the list; a keyboard on the screen would only cover it.
    this.input.inputMode = matchMedia("(pointer: coarse)").matches ? "none" : "text";
    this.#openedAt = performance.now();
    this.dialog.showModal();
    this.#search();
  }

  #search() {
    const wanted = this.input.value.trim().toLowerCase();
    const { schema } = this.editor;
    const titles = this.#links.map(({ type }) => `${schema.title(type)} ${type}`.toLowerCase());
    const begins = this.#links.filter((_, i) => titles[i]?.startsWith(wanted));
    const contains = this.#links.filter((one, i) => titles[i]?.includes(wanted) && !begins.includes(one));
    this.#found = [...begins, ...contains];
    this.#at = 0;
    this.#show();
  }

  #show() {
    const { schema } = this.editor;
    const options = this.#found.map((link, i) =>
      el(
        "li",
        {
          class: "option",
          attrs: { role: "option", id: `link-picker-${i}`, "aria-selected": String(i === this.#at) },
          onclick: () => this.#choose(i),
        },
        [
          el("b", { text: schema.title(link.type) }),
          el("span", { text: this.#about(link) }),
          i < 9 ? el("kbd", { text: String(i + 1) }) : null,
        ],
      ),
    );
    this.list.replaceChildren(...options);
    this.input.setAttribute("aria-activedescendant", options.length ? `link-picker-${this.#at}` : "");
    options[this.#at]?.scrollIntoView({ block: "nearest" });
  }

  /** A chain that would grow goes before the two ends. @param {Link} link */
  #about(link) {
    const { relations, store, schema } = this.editor;
    const [one, other] = [link.source, link.target].map((id) =>
      relations.index.chainsOf(id).find((chain) => chain.type === link.type),
    );
    if (one && other)
      return gettext("makes one chain of “%(one)s” and “%(other)s”", { one: one.name, other: other.name });
    const chain = one ?? other;
    return chain
      ? gettext("joins the chain “%(name)s”", { name: chain.name })
      : endsInWords(link, store.layer, schema, SHORT);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const digit = /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (step && this.#found.length) {
      this.#at = (this.#at + step + this.#found.length) % this.#found.length;
      this.#show();
    } else if (digit && this.#found[Number(event.key) - 1]) this.#choose(Number(event.key) - 1);
    else if (event.key === "Enter") this.#choose(this.#at);
    else return;
    event.preventDefault();
  }

  /** @param {number} index */
  #choose(index) {
    const link = this.#found[index];
    if (!link) return;
    this.dialog.close();
    this.#onChoose(link);
  }
}
