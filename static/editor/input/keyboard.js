import { gettext } from "../model/words.js";
import { keyName } from "./keynames.js";

/** @typedef {import("../types.js").Editor} Editor */

const SHORT_WAIT_MS = 600;
const LONG_WAIT_MS = 4_000;

/** Turns key presses into labels and commands. */
export class Keyboard {
  #timer = 0;
  /** After Escape with nothing to let go of, Tab belongs to the browser once, so that it can leave the text. */
  #tabLeaves = false;

  /** @param {{editor: Editor, text: HTMLElement}} parts */
  constructor({ editor, text }) {
    this.editor = editor;
    this.text = text;
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal: editor.signal });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.defaultPrevented || event.isComposing) return;
    const name = keyName(event);
    if (isTyping(event.target)) return;
    const inText = event.target === document.body || this.text.contains(/** @type {Node} */ (event.target));
    if (this.editor.store.view.chord) {
      this.#finishChord(event, name);
      event.preventDefault();
      return;
    }
    const isTaken = inText && this.editor.modes.some((takes) => takes(name));
    // A label may go by a letter of the script that is being written, on a key that commands know by its place.
    const isLabel = this.#isLabelAsWritten(event);
    const handled =
      isTaken || (!isLabel && this.#runBinding(event, name, inText)) || this.#runLabel(event, name);
    if (handled) event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  #isLabelAsWritten({ key, ctrlKey, metaKey, altKey }) {
    const { keys } = this.editor.schema;
    const written = key.toLowerCase();
    return !ctrlKey && !metaKey && !altKey && (keys.has(written) || beginsAny(keys, written));
  }

  /** @param {KeyboardEvent} event @param {string} name @param {boolean} inText */
  #runBinding(event, name, inText) {
    const binding = this.editor.keys.binding(name);
    if (!binding || (!inText && !binding.anywhere)) return false;
    if (name === "Tab" && this.#tabLeaves) return false;
    if (event.repeat && binding.once) return true;
    const done = binding.run(this.editor.commands, this.editor.doors) !== false;
    this.#tabLeaves = name === "Escape" && !done;
    // Enter, Backspace, Space and the brackets mean nothing to the browser here.
    return done || (inText && !["Tab", "Shift+Tab", "Escape"].includes(name));
  }

  /** @param {KeyboardEvent} event @param {string} name */
  #runLabel(event, name) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return false;
    const { keys } = this.editor.schema;
    const written = event.key.toLowerCase();
    const key = keys.has(written) || beginsAny(keys, written) ? written : name;
    if (beginsAny(keys, key)) {
      this.#await(key);
      return true;
    }
    const label = keys.get(key);
    if (!label) return false;
    this.editor.actions.applyLabel(label);
    return true;
  }

  /** The second key of a two-key label. @param {KeyboardEvent} event @param {string} name */
  #finishChord(event, name) {
    const { keys } = this.editor.schema;
    const begun = this.editor.store.view.chord;
    if (["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(event.key)) return;
    this.#await("");
    const label = keys.get(begun + event.key.toLowerCase()) ?? keys.get(begun + name);
    if (label) this.editor.actions.applyLabel(label);
    else if (name === "Escape") this.editor.announce(gettext("Never mind"));
    else
      this.editor.tell(
        gettext("No label has the keys %(first)s %(second)s.", { first: begun, second: event.key }),
      );
  }

  /** Waits for the second key. A first key that is a label of its own does not wait long. @param {string} key  empty: no more */
  #await(key) {
    clearTimeout(this.#timer);
    const { store, schema, signal, actions } = this.editor;
    store.dispatch({ view: { chord: key } });
    if (!key) return;
    const own = schema.keys.get(key);
    this.#timer = window.setTimeout(
      () => {
        if (signal.aborted || store.view.chord !== key) return;
        store.dispatch({ view: { chord: "" } });
        if (own) actions.applyLabel(own);
      },
      own ? SHORT_WAIT_MS : LONG_WAIT_MS,
    );
  }
}

/** @param {ReadonlyMap<string, string>} keys @param {string} key */
function beginsAny(keys, key) {
  for (const one of keys.keys()) if (one.length > key.length && one.startsWith(key)) return true;
  return false;
}

/** Keys belong to fields, and to a dialog while one is open. @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  // The text cannot have the focus under a dialog, and looking for one takes long in a long article.
  if (target === document.body) return document.querySelector("dialog:modal") !== null;
  return target.matches("input, textarea, select, [contenteditable]") || target.closest("dialog") !== null;
}
