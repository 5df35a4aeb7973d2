/**
 * Distances of the text in CSS pixels, as the style sheet sets them for the chosen size and density.
 * @typedef {object} Metrics
 * @property {number} lineHeight
 * @property {number} lane  height of a lane: bar and caption
 * @property {number} textHalf  from the middle of a line to the top of a tint
 * @property {number} barDrop  from the middle of a line to its first bar
 * @property {number} caption  font size of captions
 */

/** @param {HTMLElement} surface @returns {Metrics} */
export function readMetrics(surface) {
  const style = getComputedStyle(surface);
  const number = (/** @type {string} */ name, /** @type {number} */ otherwise) =>
    Number.parseFloat(style.getPropertyValue(name)) || otherwise;
  const fontSize = Number.parseFloat(style.fontSize) || 18;
  return {
    lineHeight: number("--line", 42),
    lane: number("--lane", 16),
    textHalf: Math.round(fontSize * 0.64),
    barDrop: Math.round(fontSize * 0.6),
    caption: number("--caption-size", 10.5),
  };
}
