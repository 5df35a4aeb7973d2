import { BINDINGS, bindingsByKey, keyName } from "./keymap.js";

/** @typedef {import("../types.js").Editor} Editor */

const CHORD_MS = 600;

/** Turns key presses into labels and commands. */
export class Keyboard {
  /** First key of a two-key label. */
  #pending = "";
  #pendingTimer = 0;
  /** After Escape with nothing to let go of, Tab belongs to the browser once, so that it can leave the text. */
  #tabLeaves = false;

  /** @param {{editor: Editor, text: HTMLElement}} parts */
  constructor({ editor, text }) {
    this.editor = editor;
    this.text = text;
    this.bindings = bindingsByKey(BINDINGS);
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal: editor.signal });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.defaultPrevented || event.isComposing) return;
    const name = keyName(event);
    if (isTyping(event.target)) return;
    const inText = event.target === document.body || this.text.contains(/** @type {Node} */ (event.target));
    const isTaken = inText && this.editor.modes.some((takes) => takes(name));
    const handled = isTaken || this.#runBinding(name, inText) || this.#runLabel(event, name);
    if (handled) event.preventDefault();
  }

  /** @param {string} name @param {boolean} inText */
  #runBinding(name, inText) {
    const binding = this.bindings.get(name);
    if (!binding || (!inText && !binding.anywhere) || this.editor.schema.keys.has(name)) return false;
    if (name === "Tab" && this.#tabLeaves) return false;
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
    const key = this.#pending + (keys.has(this.#pending + written) ? written : name);
    this.#setPending("");
    if ([...keys.keys()].some((one) => one.length > key.length && one.startsWith(key))) {
      this.#setPending(key);
      return true;
    }
    const label = keys.get(key) ?? keys.get(written) ?? keys.get(name);
    if (!label) return false;
    this.editor.actions.applyLabel(label);
    return true;
  }

  /** Waits a moment for the second key; without one, the first stands for itself. @param {string} key */
  #setPending(key) {
    clearTimeout(this.#pendingTimer);
    this.#pending = key;
    if (!key) return;
    this.#pendingTimer = window.setTimeout(() => {
      const label = this.editor.schema.keys.get(this.#pending);
      this.#pending = "";
      if (label) this.editor.actions.applyLabel(label);
    }, CHORD_MS);
  }
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches("input, textarea, select, [contenteditable]") || target.closest("dialog") !== null;
}
