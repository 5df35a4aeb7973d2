import { readingOrder } from "../model/order.js";
import { gettext, ngettext } from "../model/words.js";
import { backing } from "../state/suggestions.js";
import { el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Mark} Mark */

const OPEN_UP_TO = 12;
const WAIT_MS = 60;

/** All spans and open suggestions by label, with counts; a group's rows are made when it is opened. */
export class SpanList {
  #timer = 0;
  /** Groups the person opened or closed by hand. @type {Map<string, boolean>} */
  #chosen = new Map();

  /** @param {Editor} editor */
  constructor(editor) {
    this.element = part("span-list", HTMLElement);
    this.editor = editor;
    editor.store.subscribe(({ changes, before, view }) => {
      if (changes.length) this.#soon();
      else if (before.active !== view.active) this.#showActive();
    });
    this.#soon();
  }

  /** After the text has been painted: the list can wait, the eye is on the text. */
  #soon() {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#show(), WAIT_MS);
  }

  #show() {
    const { layer } = this.editor.store;
    /** @type {Map<string, Mark[]>} */
    const groups = new Map();
    for (const mark of [...layer.spans.values(), ...layer.suggestions.values()]) {
      const group = groups.get(mark.label);
      if (group) group.push(mark);
      else groups.set(mark.label, [mark]);
    }
    const order = [...groups].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
    this.element.replaceChildren(...order.map(([label, marks]) => this.#group(label, marks)));
    if (!order.length)
      this.element.append(
        el("p", {
          class: "quiet",
          text: gettext("Nothing is labelled yet. Drag over words, then press a label's key."),
        }),
      );
  }

  /** @param {string} label @param {Mark[]} marks */
  #group(label, marks) {
    const { schema } = this.editor;
    const open = marks.filter((mark) => mark.kind === "suggestion").length;
    const done = marks.length - open;
    const counts = [
      done ? String(done) : "",
      open ? ngettext("%(count)s suggested", "%(count)s suggested", open) : "",
    ]
      .filter(Boolean)
      .join(" · ");
    const group = el("details", { class: "group", data: { hue: String(schema.hue(label)) } }, [
      el("summary", {}, [
        el("b", { text: schema.title(label) }),
        el("span", { class: "quiet", text: counts }),
      ]),
    ]);
    const list = el("ul");
    group.append(list);
    const fill = () => {
      if (group.open && !list.childElementCount)
        list.append(...marks.sort(readingOrder).map((mark) => this.#row(mark)));
    };
    group.open = this.#chosen.get(label) ?? marks.length <= OPEN_UP_TO;
    fill();
    group.addEventListener("toggle", fill);
    group.firstElementChild?.addEventListener("click", () => this.#chosen.set(label, !group.open));
    return group;
  }

  /** @param {Mark} mark */
  #row(mark) {
    const { store } = this.editor;
    const words = store.layer.surface(mark).replace(/\s+/gu, " ");
    const behind = mark.kind === "suggestion" ? backing(mark) : "";
    const row = el(
      "button",
      {
        class: mark.kind === "span" ? "row" : "row is-suggestion",
        data: { mark: mark.id },
        attrs: { type: "button" },
        onclick: () => this.editor.goTo(mark),
      },
      [
        el("span", { text: words, attrs: { dir: "auto" } }),
        behind
          ? el("small", {
              text: behind,
              attrs: { "aria-label": gettext("suggested, %(sureness)s", { sureness: behind }) },
            })
          : null,
      ],
    );
    if (mark.id === store.view.active) row.setAttribute("aria-current", "true");
    return el("li", {}, [row]);
  }

  #showActive() {
    const { active } = this.editor.store.view;
    this.element.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const row = active && this.element.querySelector(`[data-mark="${CSS.escape(active)}"]`);
    if (!row) return;
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
  }
}
