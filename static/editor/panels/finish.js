import { gettext, ngettext } from "../model/words.js";
import { obstacles } from "../state/obstacles.js";
import { part } from "./dom.js";
import { rememberDone } from "./lastdone.js";

/** @typedef {import("../types.js").Editor} Editor */

const WAIT_MS = 80;

/** The way on: the button that hands in says what is still missing, and leads there. */
export class Finish {
  #timer = 0;
  /** Which obstacle was shown last. */
  #at = -1;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.button = part("finish", HTMLButtonElement);
    this.onward = part("onward", HTMLButtonElement);
    const { flow, boot } = editor;
    this.button.hidden = !flow.canFinish;
    this.onward.hidden = flow.canFinish || !boot.urls.next;
    this.button.addEventListener("click", () => this.finish());
    this.onward.addEventListener("click", () => flow.next());
    editor.doors.finish = () => this.finish();
    editor.doors.obstacle = () => this.#showNext() || this.#sayNone();
    flow.listeners.push(() => {
      this.button.disabled = flow.isBusy;
      this.onward.disabled = flow.isBusy;
    });
    editor.store.subscribe(({ changes }) => changes.length && this.#soon());
    this.#show();
  }

  finish() {
    const { flow, doors } = this.editor;
    const hasToFinish = flow.canFinish && !flow.isFinished;
    if (hasToFinish && (this.#showNext() || doors.unsettled?.())) return;
    const forget = hasToFinish ? rememberDone(this.editor) : () => {};
    void flow.finish().then(() => flow.isFinished || forget());
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#show(), WAIT_MS);
  }

  #show() {
    const found = this.#obstacles();
    const { finishName } = this.editor.flow;
    this.button.textContent = found.length
      ? `${finishName} · ${ngettext("%(count)s to mend", "%(count)s to mend", found.length)}`
      : finishName;
    this.button.title = found.length
      ? `${found
          .slice(0, 5)
          .map((one) => one.sentence)
          .join("\n")}\n${gettext("F6 goes there.")}`
      : "Ctrl+Enter";
  }

  /** Goes to the next thing that is in the way. */
  #showNext() {
    const found = this.#obstacles();
    if (!found.length) return false;
    this.#at = (this.#at + 1) % found.length;
    const { span, sentence } = found[this.#at];
    this.editor.goTo(span);
    this.editor.doors.note?.();
    this.editor.tell(sentence);
    return true;
  }

  #sayNone() {
    const name = this.editor.flow.finishName.toLowerCase();
    this.editor.tell(gettext("Nothing is in the way: Ctrl+Enter is %(name)s.", { name }));
  }

  #obstacles() {
    return obstacles(this.editor.store.layer, this.editor.schema);
  }
}
