import { innermostFirst } from "../model/order.js";

/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("./surface.js").Surface} Surface */

const CAPTION_REACH = 70;

/**
 * Marks at a point of the window, the best first: what has its bar or caption there, then the innermost whose
 * words are there.
 * @param {Surface} surface
 * @param {number} x
 * @param {number} y
 * @returns {Mark[]}
 */
export function marksAt(surface, x, y) {
  const view = surface.viewAtHeight(y);
  if (!view) return [];
  const origin = view.element.getBoundingClientRect();
  const px = x - origin.left;
  const py = y - origin.top;
  const onBar = view.pieces.filter(({ text, barTop, laneBottom }) => {
    const { from, to } = captionReach(text, view.isRtl);
    return py >= barTop - 1 && py < laneBottom && px >= from && px <= to;
  });
  // Captions may reach under the next piece: the nearest beginning wins.
  onBar.sort((a, b) => (view.isRtl ? a.text.right - b.text.right : b.text.left - a.text.left));
  const inText = view.pieces.filter(
    ({ text, parts }) =>
      py >= text.top &&
      py < text.bottom &&
      (parts ?? [text]).some(({ left, right }) => px >= left - 1 && px <= right + 1),
  );
  const inner = inText.map((piece) => piece.mark).sort(innermostFirst);
  return [...new Set([...onBar.slice(0, 1).map((piece) => piece.mark), ...inner])];
}

/** A bar and its caption, which begins where the words begin and may be longer. @param {import("../types.js").Rect} text @param {boolean} isRtl */
function captionReach({ left, right }, isRtl) {
  return isRtl
    ? { from: Math.min(left, right - CAPTION_REACH), to: right + 2 }
    : { from: left - 2, to: Math.max(right, left + CAPTION_REACH) };
}
