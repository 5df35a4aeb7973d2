import { part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

/** Where we are, how much there is, and the way on. */
export class TopBar {
  #countsDue = false;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.counts = part("counts", HTMLElement);
    this.finish = part("finish", HTMLButtonElement);
    this.skip = part("skip", HTMLButtonElement);
    this.#showPlace();
    this.#prepareFinish();
    editor.store.subscribe(({ changes }) => changes.length && this.#countSoon());
    this.#showCounts();
  }

  #showPlace() {
    const { project, queue, urls } = this.editor.boot;
    const home = part("home", HTMLAnchorElement);
    home.textContent = project.name;
    home.href = urls.list ?? project.url;
    home.addEventListener("click", (event) => {
      if (!this.editor.sync.unsent || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.editor.flow.leave(home.href);
    });
    const place = queue.total ? `Article ${queue.position} of ${queue.total}` : "";
    const today = queue.done_today ? `${queue.done_today} done today` : "";
    part("place", HTMLElement).textContent = [place, today].filter(Boolean).join(" · ");
  }

  #prepareFinish() {
    const { flow, boot } = this.editor;
    this.finish.textContent = flow.finishName;
    this.finish.hidden = !flow.canFinish;
    this.skip.hidden = flow.canFinish || !boot.urls.next;
    this.finish.addEventListener("click", () => flow.finish());
    this.skip.addEventListener("click", () => flow.next());
    flow.listeners.push(() => {
      this.finish.disabled = flow.isBusy;
      this.skip.disabled = flow.isBusy;
    });
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
    const one = (/** @type {number} */ n, /** @type {string} */ word) => `${n} ${word}${n === 1 ? "" : "s"}`;
    this.counts.textContent = [
      one(spans.size, "span"),
      suggestions.size ? one(suggestions.size, "suggestion") : "",
    ]
      .filter(Boolean)
      .join(" · ");
  }
}
