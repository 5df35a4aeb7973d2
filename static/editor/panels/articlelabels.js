import { gettext } from "../model/words.js";
import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

/** Labels of the article as a whole: shown above the text, chosen in a small dialog. */
export class ArticleLabels {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.line = part("article-labels", HTMLElement);
    this.known = editor.schema.schema.article_labels;
    if (!this.known.length) return;
    editor.doors.labels = () => this.open();
    editor.store.subscribe(({ changes }) => changes.some((one) => one.kind === "labels") && this.#show());
    this.#show();
  }

  #show() {
    const { store, schema, actions } = this.editor;
    const chips = store.layer.labels.map((name) => el("li", { class: "chip", text: schema.title(name) }));
    const label = store.layer.labels.length ? gettext("Change") : gettext("Label the article");
    const change = actions.editable ? button(label, () => this.open(), "button is-small is-quiet") : null;
    if (change) change.title = "\\";
    this.line.replaceChildren(el("ul", { attrs: { "aria-label": gettext("Labels of the article") } }, chips));
    if (change) this.line.append(change);
    this.line.hidden = !chips.length && !change;
  }

  open() {
    const { store, schema, actions } = this.editor;
    if (!actions.editable) return this.editor.tell(actions.whyNot);
    const boxes = this.known.map(({ name, description }, i) => {
      const box = el("input", { attrs: { type: "checkbox", value: name } });
      box.checked = store.layer.labels.includes(name);
      box.addEventListener("change", () => this.#choose(name, box.checked));
      const key = i < 9 ? el("kbd", { text: String(i + 1), attrs: { "aria-hidden": "true" } }) : null;
      return el("label", { class: "article-label" }, [
        box,
        el("span", {}, [el("b", { text: schema.title(name) }), description ? ` ${description}` : ""]),
        key,
      ]);
    });
    const dialog = el("dialog", { class: "dialog", attrs: { "aria-labelledby": "labels-title" } }, [
      el("h2", { text: gettext("Labels of the article"), attrs: { id: "labels-title" } }),
      el("div", { class: "article-label-list" }, boxes),
      el("div", { class: "dialog-tools" }, [
        button(gettext("Done"), () => dialog.close(), "button is-solid"),
      ]),
    ]);
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "\\") dialog.close();
      const box = boxes[Number(event.key) - 1]?.querySelector("input");
      if (!box || event.ctrlKey || event.altKey || event.metaKey) return;
      box.click();
      box.focus();
      event.preventDefault();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      this.editor.backToText();
    });
    part("stage", HTMLElement).append(dialog);
    dialog.showModal();
  }

  /** @param {string} name @param {boolean} isOn */
  #choose(name, isOn) {
    const { store, schema } = this.editor;
    const before = store.layer.labels;
    const after = isOn ? [...before, name].sort() : before.filter((one) => one !== name);
    const note = `${schema.title(name)}: ${isOn ? gettext("yes") : gettext("no")}`;
    store.dispatch({ changes: [{ kind: "labels", before, after }], note });
  }
}
