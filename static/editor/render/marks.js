import { chooseCaptions } from "./captions.js";

/** @typedef {import("../types.js").Piece} Piece */
/** @typedef {import("../types.js").PiecePart} PiecePart */
/** @typedef {import("../model/schema.js").SchemaView} SchemaView */
/** @typedef {import("./metrics.js").Metrics} Metrics */
/** @typedef {import("./paragraph.js").ParagraphView} ParagraphView */

/**
 * Writes a paragraph's overlay: one element a piece. Its box is tint and bar, its caption is generated content,
 * so that the page's text stays the article's text.
 * @param {ParagraphView} view
 * @param {SchemaView} schema
 * @param {Metrics} metrics
 * @param {{width: number, active: string | null}} setting
 */
export function drawMarks(view, schema, metrics, { width, active }) {
  const { isRtl } = view;
  const captions = chooseCaptions(view.pieces, schema, metrics, width, isRtl);
  const before = view.looks;
  view.looks = new Map();
  view.drawn.clear();
  const elements = view.pieces.map((piece) => {
    const caption = piece.parts?.length === 0 ? undefined : captions.get(piece);
    const look = lookOf(piece, schema, caption);
    const key = JSON.stringify([piece.mark.id, look, piece.parts]);
    const element = before.get(key) ?? markElement(piece, look, isRtl);
    before.delete(key);
    view.looks.set(key, element);
    element.classList.toggle("is-active", piece.mark.id === active);
    const siblings = view.drawn.get(piece.mark.id);
    if (siblings) siblings.push(element);
    else view.drawn.set(piece.mark.id, [element]);
    return element;
  });
  for (const element of before.values()) element.remove();
  putInOrder(view.overlay, elements);
  view.isDrawn = true;
}

/** What is there already is not touched: it needs neither style nor layout anew. @param {HTMLElement} overlay @param {HTMLElement[]} elements */
function putInOrder(overlay, elements) {
  if (!overlay.firstChild) return overlay.append(...elements);
  let next = overlay.firstChild;
  for (const element of elements) {
    if (element === next) next = /** @type {ChildNode} */ (next.nextSibling);
    else overlay.insertBefore(element, next);
  }
}

/** @typedef {{name: string, hue: string, style: string, caption: string | undefined}} Look */

/** All that can be seen of a piece. @param {Piece} piece @param {SchemaView} schema @param {string | undefined} caption @returns {Look} */
function lookOf(piece, schema, caption) {
  const { text, barTop, lane, mark } = piece;
  const isTinted = lane === 0;
  const top = isTinted ? text.top : barTop - 2;
  const box = `left:${text.left - 1}px;top:${top}px;width:${text.right - text.left + 2}px;height:${barTop + 2 - top}px`;
  // How far above its box the words of an outer mark begin: its ring, when active, goes round them.
  const style = isTinted ? box : `${box};--rise:${top - text.top}px`;
  return { name: classesOf(piece), hue: String(schema.hue(mark.label)), style, caption };
}

/** @param {Piece} piece @param {Look} look @param {boolean} isRtl */
function markElement(piece, { name, hue, style, caption }, isRtl) {
  const element = document.createElement("i");
  element.className = name;
  element.dataset.hue = hue;
  element.style.cssText = style;
  if (caption) element.dataset.caption = caption;
  if (piece.parts) showParts(element, piece, piece.parts, isRtl);
  return element;
}

/** A span with gaps: the line below is dotted, its words carry tint and bar, the caption is at the first of them. @param {HTMLElement} element @param {Piece} piece @param {ReadonlyArray<PiecePart>} parts @param {boolean} isRtl */
function showParts(element, { text }, parts, isRtl) {
  for (const { left, right, first, last } of parts) {
    const child = document.createElement("i");
    child.className = `part${first ? " opens" : ""}${last ? " closes" : ""}`;
    child.style.left = `${left - text.left}px`;
    child.style.width = `${right - left + 2}px`;
    element.appendChild(child);
  }
  const begin = isRtl
    ? text.right - Math.max(...parts.map((part) => part.right))
    : Math.min(...parts.map((part) => part.left)) - text.left;
  if (Number.isFinite(begin)) element.style.setProperty("--caption-at", `${begin}px`);
}

/** @param {Piece} piece */
function classesOf({ mark, lane, first, last, parts }) {
  const classes = [
    "mark",
    mark.kind === "span" ? "is-span" : "is-suggestion",
    lane === 0 ? "is-inner" : "is-outer",
  ];
  if (parts) return [...classes, "has-gaps"].join(" ");
  if (first) classes.push("opens");
  if (last) classes.push("closes");
  return classes.join(" ");
}
