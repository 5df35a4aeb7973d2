import { ngettext } from "../model/words.js";
import { el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

/** A sign in the margin at every line about which something is said and not settled. A click opens it. */
export class CommentMarks {
  #isDue = false;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.element = part("over", HTMLElement).appendChild(el("div"));
    editor.talk.listeners.push(() => this.#soon());
    editor.surface.onLayout(() => this.#soon());
    editor.store.subscribe(({ changes }) => changes.length && editor.talk.unresolved.length && this.#soon());
    this.#soon();
  }

  /** Not before the whole text is on the page: a place far down would draw all that is above it at once. */
  #soon() {
    if (this.#isDue || !this.editor.surface.isComplete) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      if (!this.editor.signal.aborted) this.#draw();
    });
  }

  #draw() {
    const { talk, surface } = this.editor;
    /** How many threads begin at a line. @type {Map<number, number>} */
    const lines = new Map();
    /** @type {Map<number, {start: number, end: number}>} */
    const places = new Map();
    for (const { start, end } of talk.unresolved) {
      if (start === null || end === null) continue;
      const [first] = surface.rects({ start, end });
      if (!first) continue;
      const top = Math.round((first.top + first.bottom) / 2);
      lines.set(top, (lines.get(top) ?? 0) + 1);
      if (!places.has(top)) places.set(top, { start, end });
    }
    this.element.replaceChildren(
      ...[...lines].map(([top, count]) => this.#sign(top, count, places.get(top))),
    );
  }

  /** @param {number} top @param {number} count @param {{start: number, end: number} | undefined} place */
  #sign(top, count, place) {
    const sign = el("div", {
      class: "comment-sign",
      text: String(count),
      attrs: { title: ngettext("%(count)s comment (F8)", "%(count)s comments (F8)", count) },
    });
    sign.style.top = `${top}px`;
    sign.addEventListener("pointerdown", (event) => event.stopPropagation());
    sign.addEventListener("click", () => place && this.#open(place));
    return sign;
  }

  /** @param {{start: number, end: number}} place */
  #open(place) {
    const { store, doors } = this.editor;
    const [thread] = this.editor.talk.about({ id: "", ...place });
    const span = store.layer.spans.get(thread?.span ?? "");
    const selection = { anchor: place.start, head: place.end, exact: true };
    store.dispatch({ view: { selection, active: span?.id ?? null } });
    doors.comment?.();
    document
      .querySelector(`[data-thread="${CSS.escape(thread?.id ?? "")}"]`)
      ?.scrollIntoView({ block: "nearest" });
  }
}
