import { gettext, ngettext } from "../model/words.js";
import { part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

/** Where we are, and how much there is. */
export class TopBar {
  #countsDue = false;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.counts = part("counts", HTMLElement);
    this.#showPlace();
    editor.store.subscribe(({ changes }) => changes.length && this.#countSoon());
    this.#showCounts();
  }

  #showPlace() {
    const { project, queue, urls, claim } = this.editor.boot;
    const home = part("home", HTMLAnchorElement);
    home.textContent = project.name;
    home.href = urls.list ?? project.url;
    home.addEventListener("click", (event) => {
      if (!this.editor.sync.unsent || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.editor.flow.leave(home.href);
    });
    const { position, total, done_today: done } = queue;
    const place = total ? gettext("Article %(position)s of %(total)s", { position, total }) : "";
    const today = done ? ngettext("%(count)s done today", "%(count)s done today", done) : "";
    part("place", HTMLElement).textContent = [place, today].filter(Boolean).join(" · ");
    const due = part("due", HTMLElement);
    due.textContent = claim.due.words;
    due.dataset.overdue = String(claim.due.is_overdue);
    due.hidden = !claim.due.words;
  }

  #countSoon() {
    if (this.#countsDue) return;
    this.#countsDue = true;
    requestAnimationFrame(() => {
      this.#countsDue = false;
      this.#showCounts();
    });
  }

  #showCounts() {
    const { spans, suggestions } = this.editor.store.layer;
    this.counts.textContent = [
      ngettext("%(count)s span", "%(count)s spans", spans.size),
      suggestions.size ? ngettext("%(count)s suggestion", "%(count)s suggestions", suggestions.size) : "",
    ]
      .filter(Boolean)
      .join(" · ");
  }
}
