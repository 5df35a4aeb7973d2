import { gettext } from "../model/words.js";
import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

/** While a span waits for more words: says so, with buttons for fingers. */
export class Growing {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.words = el("span");
    this.add = button(
      gettext("Add"),
      () => this.#do(() => editor.commands.parts.grow()),
      "button is-small is-solid",
    );
    this.element = el("section", { class: "hint", attrs: { "aria-label": gettext("Adding words") } }, [
      this.words,
      this.add,
      button(gettext("Cancel"), () => this.#do(() => editor.commands.escape()), "button is-small"),
    ]);
    // A press must not take a finger's selection away before it is added.
    this.element.addEventListener("pointerdown", (event) => event.preventDefault());
    this.element.hidden = true;
    part("stage", HTMLElement).append(this.element);
    editor.store.subscribe(({ before, view }) => {
      if (before.growing !== view.growing || (view.growing && before.selection !== view.selection))
        this.#show();
    });
  }

  #show() {
    const { store, schema } = this.editor;
    const span = store.layer.spans.get(store.view.growing ?? "");
    this.element.hidden = !span;
    if (!span) return;
    const words = store.layer.surface(span).replace(/\s+/gu, " ");
    const isReady = store.selected !== null && !store.active;
    this.words.replaceChildren(
      isReady ? gettext("Add these words to ") : gettext("Select words to add to "),
      el("b", { text: `“${words.length > 40 ? `${words.slice(0, 38)}…` : words}”` }),
      ` (${schema.title(span.label)})`,
    );
    this.add.disabled = !isReady;
  }

  /** @param {() => void} work */
  #do(work) {
    work();
    getSelection()?.removeAllRanges();
    this.editor.backToText();
  }
}
