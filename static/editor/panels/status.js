import { gettext } from "../model/words.js";
import { statusInWords } from "../sync/status.js";
import { button, part } from "./dom.js";

/** @typedef {import("../sync/sender.js").SyncState} SyncState */

const SIGN_IN = gettext("sign in again");
/** Saving is mostly quicker than the eye; words that flash by would only disturb. */
const PATIENCE_MS = 400;

/** What is saved, in words. */
export class Status {
  #timer = 0;

  /** @param {() => void} signIn */
  constructor(signIn) {
    this.signIn = signIn;
    this.element = part("status", HTMLElement);
  }

  /** @param {SyncState} state @param {number} unsent @param {boolean} durable @param {string} detail */
  show(state, unsent, durable, detail) {
    clearTimeout(this.#timer);
    const write = () => this.#write(state, statusInWords(state, unsent, durable, detail));
    if (state === "saving") this.#timer = window.setTimeout(write, PATIENCE_MS);
    else write();
  }

  /** @param {SyncState} state @param {string} words */
  #write(state, words) {
    const isSame = this.element.textContent === words;
    this.element.dataset.state = state;
    if (isSame) return;
    this.element.replaceChildren(words);
    this.element.title = words;
    if (state === "signed-out") this.#addButton(words);
  }

  /** @param {string} words */
  #addButton(words) {
    const at = words.indexOf(SIGN_IN);
    const open = button(SIGN_IN, this.signIn, "link");
    this.element.replaceChildren(words.slice(0, at), open, words.slice(at + SIGN_IN.length));
  }
}
