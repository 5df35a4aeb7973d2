/** @typedef {import("../types.js").Mark} Mark */

/**
 * Reading order: by start, the longest first, confirmed before suggested.
 * @param {Mark} a
 * @param {Mark} b
 */
export function readingOrder(a, b) {
  return (
    a.start - b.start ||
    b.end - a.end ||
    kindOrder(a) - kindOrder(b) ||
    compare(a.label, b.label) ||
    compare(a.id, b.id)
  );
}

/**
 * Inner before outer: the order in which lanes are dealt and hits are preferred.
 * @param {Mark} a
 * @param {Mark} b
 */
export function innermostFirst(a, b) {
  return (
    a.end - a.start - (b.end - b.start) ||
    a.start - b.start ||
    kindOrder(a) - kindOrder(b) ||
    compare(a.label, b.label) ||
    compare(a.id, b.id)
  );
}

/** @param {Mark} mark */
function kindOrder(mark) {
  return mark.kind === "span" ? 0 : 1;
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Where `mark` is, or belongs, in a list in reading order. @param {ReadonlyArray<Mark>} list @param {Mark} mark */
export function placeOf(list, mark) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (readingOrder(list[middle], mark) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
