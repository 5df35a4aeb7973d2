/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("./pointer.js").Pointer} Pointer */

const TAP_PX = 10;
const HOLD_MS = 420;

/**
 * Fingers: a tap is a click, a long press takes a word, and words more while the finger moves. Where the browser
 * selects by itself on a long press, its selection and its handles are followed instead.
 */
export class Touch {
  /** @type {{x: number, y: number, timer: number} | null} */
  #down = null;
  /** The word that the long press took. @type {{start: number, end: number} | null} */
  #held = null;

  /** @param {{editor: Editor, text: HTMLElement, pointer: Pointer}} parts */
  constructor({ editor, text, pointer }) {
    this.editor = editor;
    this.text = text;
    this.pointer = pointer;
    const desk = editor.surface.scroller;
    desk.addEventListener("pointerdown", (event) => this.#begin(event));
    desk.addEventListener("pointermove", (event) => this.#move(event));
    desk.addEventListener("pointerup", (event) => this.#end(event));
    desk.addEventListener("pointercancel", () => this.#forget());
    // While words are being taken the page stays where it is.
    desk.addEventListener("touchmove", (event) => this.#held && event.preventDefault(), { passive: false });
    document.addEventListener("selectionchange", () => this.#followSelection(), { signal: editor.signal });
  }

  /** @param {PointerEvent} event */
  #begin({ pointerType, target, clientX: x, clientY: y, isPrimary }) {
    this.#forget();
    const isOurs =
      this.text.contains(/** @type {Node} */ (target)) || target === this.editor.surface.scroller;
    if (pointerType !== "touch" || !isPrimary || !isOurs) return;
    this.#down = { x, y, timer: window.setTimeout(() => this.#hold(), HOLD_MS) };
  }

  #hold() {
    const { signal, store } = this.editor;
    if (!this.#down || signal.aborted || hasNativeSelection()) return;
    const stop = this.pointer.wordAt(this.#down.x, this.#down.y);
    if (!stop) return;
    this.#held = stop;
    navigator.vibrate?.(8);
    store.dispatch({ view: { selection: { anchor: stop.start, head: stop.end }, active: null } });
  }

  /** @param {PointerEvent} event */
  #move({ clientX, clientY }) {
    const down = this.#down;
    if (!down) return;
    if (!this.#held) {
      if (Math.hypot(clientX - down.x, clientY - down.y) > TAP_PX) this.#forget();
      return;
    }
    const { surface, units, actions, store } = this.editor;
    const offset = surface.offsetAt(clientX, clientY);
    if (offset === null) return;
    const { start, end } = this.#held;
    const words = actions.tidy(units.wholeWords(Math.min(start, offset), Math.max(end, offset)));
    const isBack = offset < start;
    const selection = isBack ? { anchor: end, head: words.start } : { anchor: start, head: words.end };
    store.dispatch({ view: { selection, active: null } });
  }

  /** @param {PointerEvent} event */
  #end({ clientX, clientY }) {
    const isTap = this.#down !== null && !this.#held;
    const wasHeld = this.#held !== null;
    this.#forget();
    if (isTap) {
      getSelection()?.removeAllRanges();
      this.pointer.click(clientX, clientY);
    }
    if (isTap || wasHeld) this.#labelInHand();
  }

  /** A label that was taken first goes on what is chosen then. */
  #labelInHand() {
    const { store, actions } = this.editor;
    const { armed, growing } = store.view;
    if (armed && !growing && !store.active && store.selected) actions.addSpan(store.selected, armed);
  }

  #forget() {
    clearTimeout(this.#down?.timer);
    this.#down = null;
    this.#held = null;
  }

  #followSelection() {
    const selection = getSelection();
    if (!selection || !hasNativeSelection()) return;
    const stretch = nativeStretch(this.editor, this.text, selection);
    if (!stretch) return;
    this.#forget();
    this.editor.store.dispatch({
      view: { selection: { anchor: stretch.start, head: stretch.end }, active: null },
    });
  }
}

function hasNativeSelection() {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && selection.rangeCount > 0;
}

/** The browser's selection as a stretch of the article, edges trimmed. @param {Editor} editor @param {HTMLElement} text @param {Selection} selection */
function nativeStretch({ units, surface, actions }, text, selection) {
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  if (!text.contains(startContainer) || !text.contains(endContainer)) return null;
  const start = surface.offsetOf(startContainer, startOffset);
  const end = surface.offsetOf(endContainer, endOffset);
  if (start === null || end === null || start >= end) return null;
  const stretch = actions.tidy(units.wholeGraphemes(start, end));
  return stretch.start < stretch.end ? stretch : null;
}
