/** @typedef {import("./surface.js").Surface} Surface */
/** @typedef {{start: number, end: number}} Stretch */

/** Shows over the text what is about to be labelled, before it is. */
export class Preview {
  /** @type {ReadonlyArray<{place: Stretch, isChosen: boolean, isCurrent: boolean}>} */
  #shown = [];

  /** @param {HTMLElement} over  the layer above the text @param {Surface} surface @param {number} hue @param {string} [look]  class of the boxes */
  constructor(over, surface, hue, look = "preview") {
    this.surface = surface;
    this.look = look;
    this.element = over.appendChild(document.createElement("div"));
    this.element.dataset.hue = String(hue);
    surface.onLayout(() => this.#draw());
  }

  /** @param {ReadonlyArray<{place: Stretch, isChosen: boolean, isCurrent: boolean}>} places */
  show(places) {
    this.#shown = places;
    this.#draw();
  }

  #draw() {
    if (!this.#shown.length && !this.element.firstChild) return;
    const boxes = this.#shown.flatMap(({ place, isChosen, isCurrent }) =>
      this.surface.rects(place).map((rect) => {
        const box = document.createElement("div");
        box.className = `${this.look}${isChosen ? " is-chosen" : ""}${isCurrent ? " is-current" : ""}`;
        const middle = (rect.top + rect.bottom) / 2;
        const { textHalf, barDrop } = this.surface.metrics;
        box.style.left = `${rect.left - 2}px`;
        box.style.top = `${middle - textHalf - 1}px`;
        box.style.width = `${rect.right - rect.left + 4}px`;
        box.style.height = `${textHalf + barDrop + 3}px`;
        return box;
      }),
    );
    this.element.replaceChildren(...boxes);
  }
}
