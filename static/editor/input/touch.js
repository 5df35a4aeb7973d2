/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("./pointer.js").Pointer} Pointer */

const TAP_PX = 10;
const TAP_MS = 400;

/** Fingers: a tap is a click; a long press selects with the browser's own handles, which we follow. */
export class Touch {
  /** @type {{x: number, y: number, time: number} | null} */
  #down = null;

  /** @param {{editor: Editor, text: HTMLElement, pointer: Pointer}} parts */
  constructor({ editor, text, pointer }) {
    this.editor = editor;
    this.text = text;
    text.addEventListener("pointerdown", (event) => {
      this.#down =
        event.pointerType === "touch" ? { x: event.clientX, y: event.clientY, time: event.timeStamp } : null;
    });
    text.addEventListener("pointerup", (event) => {
      const down = this.#down;
      this.#down = null;
      if (
        !down ||
        Math.hypot(event.clientX - down.x, event.clientY - down.y) > TAP_PX ||
        event.timeStamp - down.time > TAP_MS
      )
        return;
      getSelection()?.removeAllRanges();
      pointer.click(event.clientX, event.clientY);
    });
    document.addEventListener("selectionchange", () => this.#followSelection(), { signal: editor.signal });
  }

  #followSelection() {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const stretch = nativeStretch(this.editor, this.text, selection);
    if (stretch)
      this.editor.store.dispatch({
        view: { selection: { anchor: stretch.start, head: stretch.end }, active: null },
      });
  }
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
