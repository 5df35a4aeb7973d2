/** @typedef {import("../types.js").Editor} Editor */

/** Copies the exact slice of the article: the browser's selection, else ours. @param {Editor} editor @param {HTMLElement} text */
export function copyExactly({ store, surface, signal }, text) {
  const exactly = (/** @type {ClipboardEvent} */ event) => {
    const native = getSelection();
    const stretch = native && !native.isCollapsed ? nativeStretch(native) : store.selected;
    if (!stretch || !event.clipboardData || isElsewhere(event.target)) return;
    event.clipboardData.setData("text/plain", store.layer.text.slice(stretch.start, stretch.end));
    event.preventDefault();
  };
  document.addEventListener("copy", exactly, { signal });

  /** @param {Selection} selection */
  function nativeStretch(selection) {
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const start = surface.offsetOf(range.startContainer, range.startOffset);
    const end = surface.offsetOf(range.endContainer, range.endOffset);
    return start === null || end === null || start >= end ? null : { start, end };
  }
}

/** @param {EventTarget | null} target */
function isElsewhere(target) {
  return target instanceof HTMLElement && target.matches("input, textarea");
}
