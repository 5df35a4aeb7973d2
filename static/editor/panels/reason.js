import { gettext } from "../model/words.js";
import { button, el } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Question} Question */
/** @typedef {import("../state/decisions.js").Decisions} Decisions */

const quickReasons = () => [
  gettext("Guideline"),
  gettext("Boundary rule"),
  gettext("Wrong label"),
  gettext("Overlooked"),
  gettext("Not a name"),
  gettext("Seen both ways"),
];
const MAX_LENGTH = 500;

/** Why a disagreement was decided like that: a quick reason by its number, or a few words. */
export class Reason {
  /** @type {HTMLDialogElement | null} */
  #dialog = null;

  /** @param {Editor} editor @param {Decisions} decisions @param {() => void} onDone */
  constructor(editor, decisions, onDone) {
    this.editor = editor;
    this.decisions = decisions;
    this.onDone = onDone;
    /** What was decided last: reasons come after decisions. @type {string | null} */
    this.last = null;
    editor.store.subscribe(({ origin, changes }) => {
      const made = changes.find(({ kind }) => kind === "decision");
      if (made?.kind === "decision" && made.after && origin === "local") this.last = made.after.id;
    });
  }

  get isOpen() {
    return this.#dialog !== null;
  }

  /** Of the question at hand if it is settled, else of the one that was settled last. */
  open() {
    const { decisions } = this.editor.store.layer;
    const { current, questions } = this.decisions;
    const question = current && decisions.has(current.key) ? current : questions.get(this.last);
    if (!question || !decisions.has(question.key)) {
      this.editor.tell(gettext("Decide first: the reason is that of a decision."));
      return true;
    }
    this.#ask(question, decisions.get(question.key)?.reason ?? "");
    return true;
  }

  /** @param {Question} question */
  buttonFor(question) {
    const choice = this.editor.store.layer.decisions.get(question.key);
    if (!choice || !this.editor.actions.editable) return null;
    return button(
      choice.reason ? gettext("Because: %(reason)s", { reason: choice.reason }) : gettext("Why…"),
      () => this.open(),
      "button is-small",
    );
  }

  /** @param {Question} question @param {string} now */
  #ask(question, now) {
    const field = el("input", {
      attrs: {
        type: "text",
        maxlength: String(MAX_LENGTH),
        "aria-label": gettext("Reason"),
        placeholder: gettext("A few words"),
      },
    });
    field.value = now;
    const done = (/** @type {string} */ reason) => {
      this.decisions.explain(question, reason.trim());
      this.#dialog?.close();
    };
    const reasons = quickReasons();
    const quick = reasons.map((words, at) => {
      const one = button(words, () => done(words), "button is-small");
      one.append(el("kbd", { text: String(at + 1), attrs: { "aria-hidden": "true" } }));
      return one;
    });
    const form = el("form", { attrs: { method: "dialog" } }, [
      el("h2", { text: gettext("Why?"), attrs: { id: "reason-title" } }),
      el("p", { class: "quiet", text: gettext("The annotators read it with their feedback.") }),
      el("div", { class: "reason-quick" }, quick),
      field,
      el("div", { class: "dialog-tools" }, [
        button(gettext("Cancel"), () => this.#dialog?.close()),
        el("button", { class: "button is-solid", text: gettext("Keep"), attrs: { type: "submit" } }),
      ]),
    ]);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      done(field.value);
    });
    this.#dialog = el("dialog", { class: "dialog reason", attrs: { "aria-labelledby": "reason-title" } }, [
      form,
    ]);
    this.#dialog.addEventListener("keydown", (event) => {
      const words = field.value || event.ctrlKey || event.altKey ? undefined : reasons[Number(event.key) - 1];
      if (!words) return;
      event.preventDefault();
      done(words);
    });
    this.#dialog.addEventListener("close", () => this.#onClose());
    document.getElementById("stage")?.append(this.#dialog);
    this.#dialog.showModal();
    field.focus();
  }

  #onClose() {
    this.#dialog?.remove();
    this.#dialog = null;
    this.onDone();
    this.editor.backToText();
  }
}
