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
 * @param {{width: number, isRtl: boolean, active: string | null}} setting
 */
export function drawMarks(view, schema, metrics, { width, isRtl, active }) {
  const captions = chooseCaptions(view.pieces, schema, metrics, width, isRtl);
  const content = document.createDocumentFragment();
  view.drawn.clear();
  for (const piece of view.pieces) {
    const element = markElement(piece, schema, isRtl);
    const caption = piece.parts?.length === 0 ? undefined : captions.get(piece);
    if (caption) element.dataset.caption = caption;
    if (piece.mark.id === active) element.classList.add("is-active");
    const siblings = view.drawn.get(piece.mark.id);
    if (siblings) siblings.push(element);
    else view.drawn.set(piece.mark.id, [element]);
    content.appendChild(element);
  }
  view.overlay.replaceChildren(content);
  view.isDrawn = true;
}

/** @param {Piece} piece @param {SchemaView} schema @param {boolean} isRtl */
function markElement(piece, schema, isRtl) {
  const element = document.createElement("i");
  element.className = classesOf(piece, isRtl);
  element.dataset.hue = String(schema.hue(piece.mark.label));
  const isTinted = piece.lane === 0;
  const top = isTinted ? piece.text.top : piece.barTop - 2;
  const { style } = element;
  style.left = `${piece.text.left - 1}px`;
  style.top = `${top}px`;
  style.width = `${piece.text.right - piece.text.left + 2}px`;
  style.height = `${piece.barTop + 2 - top}px`;
  // How far above its box the words of an outer mark begin: its ring, when active, goes round them.
  if (!isTinted) style.setProperty("--rise", `${top - piece.text.top}px`);
  if (piece.parts) showParts(element, piece, piece.parts, isRtl);
  return element;
}

/** A span with gaps: the line below is dotted, its words carry tint and bar, the caption is at the first of them. @param {HTMLElement} element @param {Piece} piece @param {ReadonlyArray<PiecePart>} parts @param {boolean} isRtl */
function showParts(element, { text }, parts, isRtl) {
  for (const { left, right, first, last } of parts) {
    const child = document.createElement("i");
    child.className = `part${(isRtl ? last : first) ? " opens" : ""}${(isRtl ? first : last) ? " closes" : ""}`;
    child.style.left = `${left - text.left}px`;
    child.style.width = `${right - left + 2}px`;
    element.appendChild(child);
  }
  const begin = isRtl
    ? text.right - Math.max(...parts.map((part) => part.right))
    : Math.min(...parts.map((part) => part.left)) - text.left;
  if (Number.isFinite(begin)) element.style.setProperty("--caption-at", `${begin}px`);
}

/** @param {Piece} piece @param {boolean} isRtl */
function classesOf({ mark, lane, first, last, parts }, isRtl) {
  const classes = [
    "mark",
    mark.kind === "span" ? "is-span" : "is-suggestion",
    lane === 0 ? "is-inner" : "is-outer",
  ];
  if (parts) return [...classes, "has-gaps"].join(" ");
  if (isRtl ? last : first) classes.push("opens");
  if (isRtl ? first : last) classes.push("closes");
  return classes.join(" ");
}
