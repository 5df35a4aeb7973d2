/** Brings places of the text into sight, without moving the page when they are there already. */
export class Reveal {
  /** @param {import("./surface.js").Surface} surface */
  constructor(surface) {
    this.surface = surface;
  }

  /** @param {{start: number, end: number}} stretch */
  show(stretch) {
    const rects = this.surface.rects(stretch);
    const [first] = rects;
    const last = rects.at(-1);
    if (!first || !last) return;
    const { scroller, element, metrics } = this.surface;
    const shift = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    const top = first.top + shift - metrics.lineHeight;
    const bottom = last.bottom + shift + metrics.lineHeight + metrics.lane * 2;
    const { clientHeight } = scroller;
    if (top < 0) scroller.scrollTop += top - clientHeight * 0.15;
    else if (bottom > clientHeight) scroller.scrollTop += Math.min(top, bottom - clientHeight * 0.75);
  }
}
