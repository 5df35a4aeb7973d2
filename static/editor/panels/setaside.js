import { gettext } from "../model/words.js";
import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

const REASONS = [
  gettext("The same story twice"),
  gettext("Another language"),
  gettext("Broken text"),
  gettext("Not news"),
];

/** Setting an article aside: flagged to come back to, or skipped for good with a reason. */
export class SetAside {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.menu = part("more", HTMLDetailsElement);
    this.menu.hidden = !editor.flow.canSkip;
    if (this.menu.hidden) return;
    this.flagButton = button("", () => this.#flag(), "button is-quiet");
    const skip = button(gettext("Skip this article…"), () => this.#ask(), "button is-quiet");
    skip.title = "Ctrl+Shift+Enter";
    part("more-body", HTMLElement).replaceChildren(this.flagButton, skip);
    editor.doors.flag = () => this.#flag();
    editor.doors.skip = () => this.#ask();
    editor.closers.push(() => this.#close());
    editor.flow.listeners.push(() => this.#show());
    this.#show();
  }

  #show() {
    const { isFlagged } = this.editor.flow;
    if (this.flagButton) {
      this.flagButton.textContent = isFlagged
        ? gettext("Take the flag away")
        : gettext("Not sure: come back later");
      this.flagButton.title = "!";
    }
    part("flagged", HTMLElement).hidden = !isFlagged;
  }

  #flag() {
    this.#close();
    void this.editor.flow.flag();
  }

  #close() {
    if (!this.menu.open) return false;
    this.menu.open = false;
    this.editor.backToText();
    return true;
  }

  #ask() {
    this.menu.open = false;
    const own = el("textarea", {
      attrs: { rows: "2", maxlength: "500", "aria-label": gettext("Another reason") },
    });
    const ready = REASONS.map((reason) => button(reason, () => this.#skip(reason), "button"));
    const form = el("form", { attrs: { method: "dialog" } }, [
      el("h2", { text: gettext("Skip this article"), attrs: { id: "skip-title" } }),
      el("p", {
        class: "quiet",
        text: gettext("Somebody else gets it. What you did in it stays. Why do you skip it?"),
      }),
      el("div", { class: "reasons" }, ready),
      el("label", {}, [gettext("Another reason"), own]),
      el("div", { class: "dialog-tools" }, [
        button(gettext("Cancel"), () => this.dialog?.close()),
        el("button", { class: "button is-solid", text: gettext("Skip"), attrs: { type: "submit" } }),
      ]),
    ]);
    form.addEventListener("submit", (event) => {
      if (own.value.trim()) this.#skip(own.value.trim());
      else {
        event.preventDefault();
        own.focus();
      }
    });
    this.dialog = el("dialog", { class: "dialog", attrs: { "aria-labelledby": "skip-title" } }, [form]);
    this.dialog.addEventListener("close", () => {
      this.dialog?.remove();
      this.editor.backToText();
    });
    this.menu.after(this.dialog);
    this.dialog.showModal();
  }

  /** @param {string} reason */
  #skip(reason) {
    this.dialog?.close();
    void this.editor.flow.skip(reason);
  }
}
