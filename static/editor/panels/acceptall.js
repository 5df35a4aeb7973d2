import { gettext, ngettext } from "../model/words.js";
import { isSure } from "../state/suggestions.js";
import { el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Suggestion} Suggestion */

const OF_LABEL = "label:";

/** "Accept all ≥ 80", "all sure" or "all Person": one click takes every such suggestion, one undo gives them back. */
export class AcceptAll {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.box = part("accept-all", HTMLElement);
    this.button = part("accept-all-button", HTMLButtonElement);
    this.choice = part("accept-all-threshold", HTMLSelectElement);
    this.labels = el("optgroup", { attrs: { label: gettext("With the label") } });
    this.choice.append(this.labels);
    const hasConfidence = [...editor.store.layer.suggestions.values()].some((one) => one.confidence !== null);
    this.usual = (hasConfidence && this.choice.dataset.usual) || "0";
    this.choice.value = this.usual;
    this.choice.addEventListener("focus", () => this.#listLabels());
    this.choice.addEventListener("pointerdown", () => this.#listLabels());
    this.choice.addEventListener("change", () => this.#show());
    this.button.addEventListener("click", () => this.#accept());
    editor.doors.acceptAll = () => this.box.hidden || this.#accept();
    editor.store.subscribe(({ changes }) => changes.length && this.#show());
    this.#show();
  }

  /** @returns {{threshold: number, label: string | null}} threshold from 0 to 100 */
  get #chosen() {
    const { value } = this.choice;
    return value.startsWith(OF_LABEL)
      ? { threshold: 0, label: value.slice(OF_LABEL.length) }
      : { threshold: Number(value), label: null };
  }

  #accept() {
    const { threshold, label } = this.#chosen;
    if (!this.#matching())
      this.editor.tell(gettext("No open suggestion is as sure as chosen at the top. Tab goes through them."));
    else this.editor.commands.acceptAll(threshold / 100, label);
    this.editor.backToText();
  }

  #matching() {
    const { threshold, label } = this.#chosen;
    let count = 0;
    for (const one of this.editor.store.layer.suggestions.values()) {
      if (isSure(one, threshold / 100) && (label === null || one.label === label)) count++;
    }
    return count;
  }

  /** Labels of open suggestions: that of the active one first, then the most frequent. */
  #listLabels() {
    const { schema, store } = this.editor;
    const { label: chosen } = this.#chosen;
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const { label } of store.layer.suggestions.values()) counts.set(label, (counts.get(label) ?? 0) + 1);
    const rank = (/** @type {string} */ label) =>
      label === store.active?.label ? Infinity : (counts.get(label) ?? 0);
    const options = [...counts.keys()]
      .sort((a, b) => rank(b) - rank(a))
      .map((label) =>
        el("option", {
          text: gettext("all %(label)s (%(count)s)", {
            label: schema.title(label),
            count: counts.get(label) ?? 0,
          }),
          attrs: { value: OF_LABEL + label },
        }),
      );
    this.labels.replaceChildren(...options);
    if (chosen !== null && counts.has(chosen)) this.choice.value = OF_LABEL + chosen;
  }

  #show() {
    const { suggestions } = this.editor.store.layer;
    if (this.#chosen.label !== null && !this.#matching()) this.choice.value = this.usual;
    const { threshold, label } = this.#chosen;
    const count = this.#matching();
    const { actions, decisions } = this.editor;
    // What readers disagree on is decided one by one.
    this.box.hidden = suggestions.size === 0 || !actions.editable || decisions !== null;
    this.button.disabled = count === 0;
    this.button.title = ngettext("%(count)s suggestion", "%(count)s suggestions", count);
    if (label !== null)
      this.button.textContent = gettext("Accept all %(label)s", { label: this.editor.schema.title(label) });
    else
      this.button.textContent = threshold
        ? gettext("Accept all %(text)s", { text: this.choice.selectedOptions[0]?.text ?? "" })
        : gettext("Accept all");
  }
}
