import { dealLanes } from "../model/lanes.js";
import { innermostFirst } from "../model/order.js";

/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").Piece} Piece */
/** @typedef {import("../types.js").PiecePart} PiecePart */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Rect} Rect */
/** @typedef {import("./paragraph.js").ParagraphView} ParagraphView */
/** @typedef {import("./metrics.js").Metrics} Metrics */

/** One for all: each is kept up to date by the browser. @type {Range | undefined} */
let range;
// Two rectangles this near belong to one stretch: fonts of one word may leave hair gaps.
const HAIR = 1.5;

/** Rectangles of `[start, end)` in a paragraph, one for each visual stretch, relative to the paragraph. @param {ParagraphView} view @param {number} start @param {number} end @param {DOMRect} origin @returns {Rect[]} */
export function rectsOf(view, start, end, origin) {
  const rects = rawRects(view, start, end, origin);
  if (rects.length < 2 || sameLine(rects[0], /** @type {Rect} */ (rects.at(-1))))
    return merged(rects, view.isRtl);
  // Over several lines: word by word, so that the space that hangs at a line's end is left out.
  const text = view.parts.map((part) => part.node.data).join("");
  const words = text.slice(start - view.start, end - view.start).matchAll(/\S+/gu);
  return merged(
    [...words].flatMap((word) =>
      rawRects(view, start + word.index, start + word.index + word[0].length, origin),
    ),
    view.isRtl,
  );
}

/** Per text node: a range over an element would also answer that element's shifted box. @param {ParagraphView} view @param {number} start @param {number} end @param {DOMRect} origin @returns {Rect[]} */
function rawRects(view, start, end, origin) {
  /** @type {Rect[]} */
  const rects = [];
  for (const part of view.parts) {
    if (part.end <= start || part.start >= end) continue;
    range ??= document.createRange();
    range.setStart(part.node, Math.max(0, start - part.start));
    range.setEnd(part.node, Math.min(part.node.length, end - part.start));
    for (const box of range.getClientRects()) {
      if (box.width > 0)
        rects.push({
          left: box.left - origin.left,
          right: box.right - origin.left,
          top: box.top - origin.top,
          bottom: box.bottom - origin.top,
        });
    }
  }
  return rects;
}

/** @param {Rect} a @param {Rect} b */
function sameLine(a, b) {
  return Math.abs(a.top + a.bottom - b.top - b.bottom) < 24;
}

/** Line by line, each as it is read. @param {Rect[]} rects @param {boolean} isRtl @returns {Rect[]} */
function merged(rects, isRtl) {
  /** @type {Rect[]} */
  const out = [];
  const space = spaceBetween(rects);
  for (const rect of rects.toSorted((a, b) => a.left - b.left)) {
    const near = out.find((one) => sameLine(one, rect) && rect.left <= one.right + space);
    if (!near) out.push({ ...rect });
    else {
      near.left = Math.min(near.left, rect.left);
      near.right = Math.max(near.right, rect.right);
    }
  }
  const along = isRtl ? -1 : 1;
  return out.sort((a, b) => (sameLine(a, b) ? (a.left - b.left) * along : a.top - b.top));
}

/** Words measured one by one are a space apart. @param {Rect[]} rects */
function spaceBetween(rects) {
  const [first] = rects;
  return first && rects.length > 1 ? Math.max(HAIR, (first.bottom - first.top) * 0.5) : HAIR;
}

/**
 * Pieces of all marks of a paragraph, with lanes dealt line by line. Reads layout, writes nothing.
 * @param {ParagraphView} view
 * @param {ReadonlyArray<Mark>} marks
 * @param {string} text of the article
 * @param {Metrics} metrics
 * @returns {Piece[]}
 */
export function measurePieces(view, marks, text, metrics) {
  const origin = view.element.getBoundingClientRect();
  /** @type {number[]} */
  const lines = [];
  const pieces = marks.flatMap((mark) => piecesOf(view, mark, text, origin, lines));
  return withLanes(pieces, lines, metrics);
}

/** @param {ParagraphView} view @param {Mark} mark @param {string} text @param {DOMRect} origin @param {number[]} lines @returns {Piece[]} */
function piecesOf(view, mark, text, origin, lines) {
  const parts = mark.kind === "span" && mark.fragments.length ? partsIn(view, mark, text, origin) : null;
  const pieces = rectsWithin(view, mark.start, mark.end, text, origin).map((rect) => ({
    mark,
    text: rect,
    line: lineOf(rect, lines),
    parts: parts && parts.filter((part) => sameLine(rect, part.rect)),
    first: false,
    last: false,
    lane: 0,
    barTop: 0,
    laneBottom: 0,
  }));
  const [head] = pieces;
  const tail = pieces.at(-1);
  if (head && mark.start >= view.start) head.first = true;
  if (tail && mark.end <= view.end) tail.last = true;
  return pieces;
}

/** Rectangles of what of a stretch lies in a paragraph; its line end has none. @param {ParagraphView} view @param {number} from @param {number} to @param {string} text @param {DOMRect} origin */
function rectsWithin(view, from, to, text, origin) {
  const start = Math.max(from, view.start);
  let end = Math.min(to, view.end);
  while (end > start && (text[end - 1] === "\n" || text[end - 1] === "\r")) end--;
  return start < end ? rectsOf(view, start, end, origin) : [];
}

/** Where the words of a span with gaps are. @param {ParagraphView} view @param {Span} span @param {string} text @param {DOMRect} origin @returns {Array<PiecePart & {rect: Rect}>} */
function partsIn(view, { fragments }, text, origin) {
  return fragments.flatMap(([start, end], part) => {
    const rects = rectsWithin(view, start, end, text, origin);
    return rects.map((rect, i) => ({
      rect,
      left: rect.left,
      right: rect.right,
      part,
      first: i === 0 && start >= view.start,
      last: i === rects.length - 1 && end <= view.end,
    }));
  });
}

/** Lines are known by the height of their middle. @param {Rect} rect @param {number[]} lines @returns {number} */
function lineOf(rect, lines) {
  const middle = (rect.top + rect.bottom) / 2;
  const found = lines.findIndex((line) => Math.abs(line - middle) < 12);
  return found >= 0 ? found : lines.push(middle) - 1;
}

/** @param {Piece[]} pieces @param {number[]} lines @param {Metrics} metrics @returns {Piece[]} */
function withLanes(pieces, lines, { textHalf, barDrop, lane }) {
  const inner = pieces.sort((a, b) => a.line - b.line || innermostFirst(a.mark, b.mark));
  let from = 0;
  while (from < inner.length) {
    const { line } = inner[from];
    let to = from;
    while (inner[to]?.line === line) to++;
    const onLine = inner.slice(from, to);
    const middle = lines[line];
    dealLanes(onLine, (a, b) => a.text.left < b.text.right - 1 && b.text.left < a.text.right - 1).forEach(
      (dealt, i) => {
        const piece = onLine[i];
        piece.lane = dealt;
        piece.text.top = middle - textHalf;
        piece.text.bottom = middle + barDrop;
        piece.barTop = middle + barDrop + dealt * lane;
        piece.laneBottom = piece.barTop + lane;
      },
    );
    from = to;
  }
  return inner;
}
