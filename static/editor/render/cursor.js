/** @typedef {import("../types.js").Rect} Rect */
/** @typedef {import("./surface.js").Surface} Surface */
/** @typedef {import("../state/store.js").Store} Store */
/** @typedef {import("../model/units.js").TextUnits} TextUnits */

/** Draws what moves over the text: the cursor's box, the selection, the ring and handles of the active mark. */
export class CursorLayer {
  /** @param {{over: HTMLElement, under: HTMLElement, surface: Surface, store: Store, units: TextUnits, schema: import("../model/schema.js").SchemaView}} parts */
  constructor({ over, under, surface, store, units, schema }) {
    this.over = over;
    this.under = under;
    this.surface = surface;
    this.store = store;
    this.units = units;
    this.schema = schema;
    /** May handles be dragged? */
    this.editable = true;
  }

  draw() {
    const content = document.createDocumentFragment();
    const fills = document.createDocumentFragment();
    const { active, selected } = this.store;
    if (active) this.#drawRing(content, fills, active);
    if (selected && !(active && active.start === selected.start && active.end === selected.end))
      this.#drawSelection(content, selected);
    this.over.replaceChildren(content);
    this.under.replaceChildren(fills);
  }

  /** @param {DocumentFragment} content @param {{start: number, end: number}} selected */
  #drawSelection(content, selected) {
    const stop = this.units.stopAt(selected.start);
    const isCursor = stop !== null && stop.start === selected.start && stop.end === selected.end;
    const { textHalf, barDrop } = this.surface.metrics;
    for (const rect of this.surface.rects(selected)) {
      const middle = (rect.top + rect.bottom) / 2;
      const box = {
        left: rect.left - 2,
        right: rect.right + 2,
        top: middle - textHalf - 1,
        bottom: middle + barDrop + 1,
      };
      content.appendChild(boxAt(box, isCursor ? "cursor" : "selection"));
    }
  }

  /** @param {DocumentFragment} content @param {DocumentFragment} fills @param {import("../types.js").Mark} mark */
  #drawRing(content, fills, mark) {
    const pieces = this.surface.piecesOf(mark);
    for (const { piece, text, barTop } of pieces) {
      const box = { left: text.left - 2, right: text.right + 2, top: text.top - 1, bottom: barTop + 2 };
      const element = boxAt(box, mark.kind === "span" ? "ring" : "ring is-suggestion");
      element.dataset.hue = String(this.schema.hue(mark.label));
      content.appendChild(element);
      if (mark.kind === "span") fills.appendChild(element.cloneNode());
      if (mark.kind !== "span" || !this.editable || mark.fragments.length) continue;
      const isRtl = this.surface.isRtlAt(mark.start);
      if (piece.first)
        content.appendChild(handle("start", isRtl ? box.right : box.left, box, mark.label, this.schema));
      if (piece.last)
        content.appendChild(handle("end", isRtl ? box.left : box.right, box, mark.label, this.schema));
    }
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

/** @param {"start" | "end"} edge @param {number} x @param {Rect} box @param {string} label @param {import("../model/schema.js").SchemaView} schema */
function handle(edge, x, box, label, schema) {
  const element = boxAt({ left: x - 6, right: x + 6, top: box.top - 2, bottom: box.bottom + 2 }, "handle");
  element.dataset.edge = edge;
  element.dataset.hue = String(schema.hue(label));
  return element;
}
