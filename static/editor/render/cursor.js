import { inNextTask } from "./tasks.js";

/** @typedef {import("../types.js").Rect} Rect */
/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("./surface.js").Surface} Surface */
/** @typedef {import("../state/store.js").Store} Store */
/** @typedef {import("../model/units.js").TextUnits} TextUnits */

/**
 * Draws what moves over the text: the cursor's box, the selection, the handles of the active span. (Its ring is
 * part of its marks, so that a new span needs no second look at the layout.)
 */
export class CursorLayer {
  #handlesDue = false;
  /** May handles be dragged? */
  editable = true;

  /** @param {{element: HTMLElement, surface: Surface, store: Store, units: TextUnits}} parts */
  constructor({ element, surface, store, units }) {
    this.places = element.appendChild(document.createElement("div"));
    this.handles = element.appendChild(document.createElement("div"));
    this.surface = surface;
    this.store = store;
    this.units = units;
  }

  draw() {
    const { active, selected } = this.store;
    const isRinged = active !== null && active.start === selected?.start && active.end === selected.end;
    this.surface.element.classList.toggle("is-bare", !active && !selected);
    if (selected && !isRinged) this.places.replaceChildren(...this.#selection(selected));
    else if (this.places.firstChild) this.places.replaceChildren();
    this.#handlesSoon();
  }

  /** @param {{start: number, end: number}} selected */
  #selection(selected) {
    const stop = this.units.stopAt(selected.start);
    const isCursor = stop !== null && stop.start === selected.start && stop.end === selected.end;
    const { textHalf, barDrop } = this.surface.metrics;
    return this.surface.rects(selected).map((rect) => {
      const middle = (rect.top + rect.bottom) / 2;
      const top = middle - textHalf - 1;
      const box = { left: rect.left - 2, right: rect.right + 2, top, bottom: middle + barDrop + 1 };
      return boxAt(box, isCursor ? "cursor" : "selection");
    });
  }

  /** Nobody grabs a handle within a frame, and placing them asks for layout. */
  #handlesSoon() {
    if (this.#handlesDue) return;
    this.#handlesDue = true;
    requestAnimationFrame(() =>
      inNextTask(() => {
        this.#handlesDue = false;
        this.#drawHandles();
      }),
    );
  }

  #drawHandles() {
    const { active, selected } = this.store;
    const isDraggable = active?.kind === "span" && this.editable;
    // A mouse drags anew; a finger wants something to hold.
    const isForFingers = matchMedia("(pointer: coarse)").matches && getSelection()?.isCollapsed !== false;
    if (selected && !active && this.editable && isForFingers)
      this.handles.replaceChildren(...this.#handlesOfSelection(selected));
    else if (isDraggable) this.handles.replaceChildren(...this.#handlesOf(active));
    else if (this.handles.firstChild) this.handles.replaceChildren();
  }

  /** @param {{start: number, end: number}} selected */
  #handlesOfSelection(selected) {
    const rects = this.surface.rects(selected);
    const [first, last] = [rects[0], rects.at(-1)];
    if (!first || !last) return [];
    const isRtl = this.surface.beginsAtRight(selected);
    const place = { hue: "", part: 0 };
    const handles = [
      handle("start", isRtl ? first.right + 2 : first.left - 2, { ...first, ...place }),
      handle("end", isRtl ? last.left - 2 : last.right + 2, { ...last, ...place }),
    ];
    for (const one of handles) one.classList.add("is-selection");
    return handles;
  }

  /** @param {Mark} mark */
  #handlesOf(mark) {
    const isRtl = this.surface.beginsAtRight(mark);
    const hue = String(this.surface.schema.hue(mark.label));
    return this.surface.piecesOf(mark).flatMap(({ piece, text, barTop }) => {
      const shift = text.left - piece.text.left;
      const whole = { left: piece.text.left, right: piece.text.right, part: 0 };
      const parts = piece.parts ?? [{ ...whole, first: piece.first, last: piece.last }];
      return parts.flatMap(({ left, right, part, first, last }) => {
        const at = (/** @type {boolean} */ isRight) => shift + (isRight ? right + 2 : left - 2);
        const place = { top: text.top - 1, bottom: barTop + 2, hue, part };
        const start = first ? [handle("start", at(isRtl), place)] : [];
        const end = last ? [handle("end", at(!isRtl), place)] : [];
        return [...start, ...end];
      });
    });
  }
}

/** @param {Rect} box @param {string} className */
function boxAt(box, className) {
  const element = document.createElement("div");
  element.className = className;
  element.style.left = `${box.left}px`;
  element.style.top = `${box.top}px`;
  element.style.width = `${box.right - box.left}px`;
  element.style.height = `${box.bottom - box.top}px`;
  return element;
}

/** @param {"start" | "end"} edge @param {number} x @param {{top: number, bottom: number, hue: string, part: number}} place */
function handle(edge, x, { top, bottom, hue, part }) {
  const element = boxAt({ left: x - 6, right: x + 6, top: top - 2, bottom: bottom + 2 }, "handle");
  element.dataset.edge = edge;
  if (hue) element.dataset.hue = hue;
  element.dataset.part = String(part);
  return element;
}
