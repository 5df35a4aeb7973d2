import { drawMarks } from "./marks.js";
import { measurePieces, rectsOf } from "./measure.js";
import { readMetrics } from "./metrics.js";
import { articleOffset, ParagraphView } from "./paragraph.js";
import { inNextTask } from "./tasks.js";

/** @typedef {import("../types.js").Rect} Rect */
/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").Piece} Piece */
/** @typedef {import("../state/store.js").Store} Store */
/** @typedef {import("../model/schema.js").SchemaView} SchemaView */

const SLICE_PARAGRAPHS = 40;
/** The browser lays out and paints after it, which takes about as long again. */
const SLICE_MS = 24;
const FIRST_SLICE_MARKS = 120;
const LEAST_SLICE_MARKS = 60;
const MOST_SLICE_MARKS = 600;
const FIRST_SCREENS = 1.15;

/**
 * The article on the page. All text is mounted (so that the browser's find sees it), the first screen at once
 * and the rest in slices; after a change only dirty paragraphs are measured and drawn again, those in sight first.
 */
export class Surface {
  /** @type {ParagraphView[]} */
  views = [];
  /** Paragraphs waiting for a slice. @type {Set<number>} */
  #waiting = new Set();
  #mounted = 0;
  #sliceDue = false;
  #sliceMarks = FIRST_SLICE_MARKS;
  /** @type {Array<() => void>} */
  #onLayout = [];

  /**
   * @param {object} parts
   * @param {HTMLElement} parts.element
   * @param {HTMLElement} parts.scroller
   * @param {Store} parts.store
   * @param {SchemaView} parts.schema
   * @param {string} parts.direction
   * @param {AbortSignal} parts.signal  ends the drawing of what is not in sight yet
   */
  constructor({ element, scroller, store, schema, direction, signal }) {
    this.signal = signal;
    this.element = element;
    this.scroller = scroller;
    this.store = store;
    this.schema = schema;
    this.metrics = readMetrics(element);
    const { paragraphs } = store.layer;
    for (let i = 0; i < paragraphs.count; i++) {
      this.views.push(new ParagraphView(i, paragraphs.start(i), paragraphs.end(i), direction));
    }
  }

  get isComplete() {
    return this.#mounted === this.views.length && this.#waiting.size === 0;
  }

  /** Called after pieces moved without a change of state: a slice, a new size or font. @param {() => void} listener */
  onLayout(listener) {
    this.#onLayout.push(listener);
  }

  mount() {
    const height = this.scroller.clientHeight * FIRST_SCREENS;
    let estimate = 0;
    let last = -1;
    while (last + 1 < this.views.length && estimate < height) estimate += this.#estimate(++last);
    this.#mountUpTo(last);
    this.#draw(this.#range(0, last));
    for (let i = last + 1; i < this.views.length; i++) this.#waiting.add(i);
    this.#schedule();
  }

  /** Draws dirty paragraphs: those in sight now, the rest soon. @param {ReadonlySet<number>} dirty */
  refresh(dirty) {
    if (!dirty.size) return;
    const now = [...dirty].filter((i) => i < this.#mounted);
    if (now.length <= 3) this.#draw(now);
    else {
      for (const i of now) this.#waiting.add(i);
      this.#draw(now.filter((i) => this.#isInSight(i)));
      this.#schedule();
    }
  }

  /** After a change of width, font or size everything is measured anew. */
  relayout() {
    this.metrics = readMetrics(this.element);
    this.refresh(new Set(this.#range(0, this.views.length - 1)));
    this.#tellLayout();
  }

  /** Marks the elements of the active mark. @param {string | null} before @param {string | null} after */
  showActive(before, after) {
    for (const [id, isActive] of /** @type {const} */ ([
      [before, false],
      [after, true],
    ])) {
      for (const view of this.viewsOf(this.store.layer.mark(id))) {
        for (const element of view.drawn.get(id ?? "") ?? []) element.classList.toggle("is-active", isActive);
      }
    }
  }

  /** Views that show a stretch. @param {{start: number, end: number} | null} stretch @returns {ParagraphView[]} */
  viewsOf(stretch) {
    if (!stretch) return [];
    const [first, last] = this.store.layer.paragraphs.range(stretch.start, stretch.end);
    return this.views.slice(first, last + 1);
  }

  /** Whether a stretch is on the page already. @param {{start: number, end: number}} stretch */
  holds(stretch) {
    const last = this.viewsOf(stretch).at(-1);
    return last !== undefined && last.index < this.#mounted;
  }

  /** Makes sure that a stretch is on the page, drawn, before anyone looks at it. @param {{start: number, end: number}} stretch */
  ensure(stretch) {
    const views = this.viewsOf(stretch);
    const last = views.at(-1);
    if (!last) return;
    if (last.index >= this.#mounted) this.#mountUpTo(last.index);
    this.#draw(views.filter((view) => this.#waiting.has(view.index)).map((view) => view.index));
  }

  /** Rectangles of a stretch, relative to the surface. @param {{start: number, end: number}} stretch @returns {Rect[]} */
  rects({ start, end }) {
    this.ensure({ start, end });
    return this.viewsOf({ start, end }).flatMap((view) => {
      const origin = view.element.getBoundingClientRect();
      const rects = rectsOf(view, Math.max(start, view.start), Math.min(end, view.end), origin);
      return rects.map((rect) => this.#onSurface(rect, view));
    });
  }

  /** Pieces of a mark with their rectangles relative to the surface. @param {Mark} mark @returns {Array<{piece: Piece, text: Rect, barTop: number, laneBottom: number}>} */
  piecesOf(mark) {
    this.ensure(mark);
    return this.viewsOf(mark).flatMap((view) => {
      const shift = view.element.offsetTop;
      const own = view.pieces.filter((piece) => piece.mark.id === mark.id);
      return own.map((piece) => ({
        piece,
        text: this.#onSurface(piece.text, view),
        barTop: piece.barTop + shift,
        laneBottom: piece.laneBottom + shift,
      }));
    });
  }

  /** Whether the page itself, not the article, runs from right to left. */
  get isMirrored() {
    return getComputedStyle(this.scroller).direction === "rtl";
  }

  /** Pixels beside the text: before it is the margin for lines, after it the one for notes. @returns {{before: number, after: number}} */
  get margins() {
    const page = this.scroller.getBoundingClientRect();
    const text = this.element.getBoundingClientRect();
    const [left, right] = [text.left - page.left, page.right - text.right];
    return this.isMirrored ? { before: right, after: left } : { before: left, after: right };
  }

  /** Whether the paragraph there runs from right to left. @param {number} offset */
  isRtlAt(offset) {
    const view = this.viewsOf({ start: offset, end: offset + 1 })[0];
    return view ? getComputedStyle(view.element).direction === "rtl" : false;
  }

  /** Whether a stretch begins at its right end: a Latin name does not, even in an Arabic paragraph. @param {{start: number, end: number}} stretch */
  beginsAtRight({ start, end }) {
    const [whole] = this.rects({ start, end });
    const [begin] = this.rects({ start, end: start + 1 });
    if (!whole || !begin || end - start < 2) return this.isRtlAt(start);
    return begin.left - whole.left > whole.right - begin.right;
  }

  /** The offset nearest to a point of the window. @param {number} x @param {number} y @returns {number | null} */
  offsetAt(x, y) {
    const position = caretAt(x, y);
    return position && this.element.contains(position.node)
      ? articleOffset(position.node, position.offset)
      : null;
  }

  /** The offset of a place in the page's tree. @param {Node} node @param {number} offset @returns {number | null} */
  offsetOf(node, offset) {
    return articleOffset(node, offset);
  }

  /** The paragraph view at a point of the window. @param {number} y @returns {ParagraphView | null} */
  viewAtHeight(y) {
    let low = 0;
    let high = this.#mounted - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.views[middle].element.getBoundingClientRect().bottom < y) low = middle + 1;
      else high = middle;
    }
    return this.views[low] ?? null;
  }

  /** @param {Rect} rect @param {ParagraphView} view @returns {Rect} */
  #onSurface(rect, view) {
    const { offsetTop: y, offsetLeft: x } = view.element;
    return { left: rect.left + x, right: rect.right + x, top: rect.top + y, bottom: rect.bottom + y };
  }

  /** @param {number} from @param {number} to */
  #range(from, to) {
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  }

  /** @param {number} index */
  #estimate(index) {
    const view = this.views[index];
    return Math.ceil((view.end - view.start) / 78) * this.metrics.lineHeight;
  }

  /** Text of all paragraphs up to `last`, so that what is above a place has its height. @param {number} last */
  #mountUpTo(last) {
    const content = document.createDocumentFragment();
    const { layer } = this.store;
    for (; this.#mounted <= last; this.#mounted++) {
      const view = this.views[this.#mounted];
      if (/^\s*$/u.test(layer.text.slice(view.start, view.end))) view.element.className = "is-blank";
      view.build(layer.text, layer.marksIn(view.index));
      content.appendChild(view.element);
    }
    this.element.appendChild(content);
  }

  /** All writes of text, then all reads of layout, then one write a paragraph. @param {number[]} indexes */
  #draw(indexes) {
    if (!indexes.length) return;
    const { layer, view } = this.store;
    const views = indexes.map((i) => this.views[i]);
    for (const one of views) one.build(layer.text, layer.marksIn(one.index));
    const { clientWidth: width } = this.element;
    for (const one of views) one.isRtl = getComputedStyle(one.element).direction === "rtl";
    for (const one of views)
      one.pieces = measurePieces(one, layer.marksIn(one.index), layer.text, this.metrics);
    for (const one of views)
      drawMarks(one, this.schema, this.metrics, { width, active: view.active ?? view.growing });
    for (const i of indexes) this.#waiting.delete(i);
  }

  #tellLayout() {
    for (const listener of this.#onLayout) listener();
  }

  /** @param {number} index */
  #isInSight(index) {
    const box = this.views[index]?.element.getBoundingClientRect();
    return box !== undefined && box.bottom > -200 && box.top < innerHeight + 200;
  }

  #schedule() {
    if (this.#sliceDue || !this.#waiting.size) return;
    this.#sliceDue = true;
    inNextTask(() => {
      this.#sliceDue = false;
      if (this.signal.aborted) return;
      const began = performance.now();
      const marks = this.#slice();
      this.#sliceMarks = paced(marks, performance.now() - began);
      this.#schedule();
    });
  }

  /** Draws some paragraphs that wait. @returns {number} how many marks they have */
  #slice() {
    /** @type {number[]} */
    const indexes = [];
    let marks = 0;
    for (const i of this.#waiting) {
      indexes.push(i);
      marks += this.store.layer.marksIn(i).length;
      if (indexes.length >= SLICE_PARAGRAPHS || marks >= this.#sliceMarks) break;
    }
    const last = indexes.at(-1) ?? -1;
    if (last >= this.#mounted) this.#mountUpTo(last);
    this.#draw(indexes);
    this.#tellLayout();
    return marks;
  }
}

/** As many marks for the next slice as this machine draws without anyone noticing. @param {number} marks @param {number} took */
function paced(marks, took) {
  const fitting = (marks * SLICE_MS) / Math.max(took, 1);
  return Math.min(MOST_SLICE_MARKS, Math.max(LEAST_SLICE_MARKS, fitting));
}

/** @param {number} x @param {number} y @returns {{node: Node, offset: number} | null} */
function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const position = document.caretPositionFromPoint(x, y);
    return position && { node: position.offsetNode, offset: position.offset };
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}
