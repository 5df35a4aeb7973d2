import { depthRuns } from "../model/lanes.js";

/** @typedef {import("../types.js").Piece} Piece */
/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {{node: Text, start: number, end: number}} TextPart  `start` and `end` are offsets in the article */

/** Which stretch of the article a text node shows. @type {WeakMap<Node, {view: ParagraphView, start: number}>} */
const shown = new WeakMap();

/** One paragraph on the page: plain text nodes, and one overlay behind them for all marks. */
export class ParagraphView {
  /** @type {TextPart[]} */
  parts = [];
  /** @type {Piece[]} */
  pieces = [];
  /** Elements in the overlay of each mark. @type {Map<string, HTMLElement[]>} */
  drawn = new Map();
  /** Elements in the overlay by all that can be seen of them. @type {Map<string, HTMLElement>} */
  looks = new Map();
  isDrawn = false;
  /** Whether it runs from right to left; known once it is on the page. */
  isRtl = false;
  /** @type {string | null} */
  #builtFor = null;

  /**
   * @param {number} index
   * @param {number} start
   * @param {number} end
   * @param {string} direction
   */
  constructor(index, start, end, direction) {
    this.index = index;
    this.start = start;
    this.end = end;
    this.element = document.createElement("p");
    this.element.dir = direction;
    this.element.dataset.index = String(index);
    this.overlay = document.createElement("span");
    this.overlay.className = "marks";
    this.overlay.setAttribute("aria-hidden", "true");
  }

  get isBuilt() {
    return this.#builtFor !== null;
  }

  /** Builds the text, unless its lines grow at the same places as before. @param {string} text of the article @param {ReadonlyArray<Mark>} marks */
  build(text, marks) {
    const runs = depthRuns(marks, this.start, this.end);
    const key = runs.map((run) => `${run.start}-${run.end}:${run.depth}`).join();
    if (key === this.#builtFor) return;
    this.#builtFor = key;
    this.parts = [];
    const content = document.createDocumentFragment();
    let at = this.start;
    for (const run of runs) {
      this.#append(content, text, at, run.start);
      this.#append(grown(content, run.depth), text, run.start, run.end);
      at = run.end;
    }
    this.#append(content, text, at, this.end);
    // The overlay stays where it is, so that its marks need not be styled anew.
    if (this.overlay.parentNode !== this.element) this.element.prepend(this.overlay);
    while (this.overlay.nextSibling) this.overlay.nextSibling.remove();
    this.element.append(content);
  }

  /** @param {Node} parent @param {string} text @param {number} start @param {number} end */
  #append(parent, text, start, end) {
    if (start >= end) return;
    const node = document.createTextNode(text.slice(start, end));
    parent.appendChild(node);
    this.parts.push({ node, start, end });
    shown.set(node, { view: this, start });
  }
}

/**
 * Two inline spans that make just the visual line they lie on taller, downward: the outer is higher and shifted
 * down by half the growth, the inner shifts the text back.
 * @param {Node} parent
 * @param {number} depth
 */
function grown(parent, depth) {
  const outer = document.createElement("span");
  const inner = document.createElement("span");
  outer.className = "grown";
  outer.style.setProperty("--extra", String(depth - 1));
  outer.appendChild(inner);
  parent.appendChild(outer);
  return inner;
}

/** The article offset of a position in the page. @param {Node} node @param {number} offset @returns {number | null} */
export function articleOffset(node, offset) {
  const place = shown.get(node);
  if (place) return place.start + offset;
  const before = node.childNodes[offset - 1];
  const after = node.childNodes[offset];
  const inside = after ? firstText(after) : null;
  if (inside) return articleOffset(inside, 0);
  const last = before ? lastText(before) : null;
  return last ? articleOffset(last, last.length) : null;
}

/** @param {Node} node @returns {Text | null} */
function firstText(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  return node instanceof Text ? node : /** @type {Text | null} */ (walker.nextNode());
}

/** @param {Node} node @returns {Text | null} */
function lastText(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  let last = node instanceof Text ? node : null;
  for (let next = walker.nextNode(); next; next = walker.nextNode()) last = /** @type {Text} */ (next);
  return last;
}
