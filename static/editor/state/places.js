/** @typedef {import("../types.js").WirePlace} WirePlace */
/** @typedef {import("./store.js").Store} Store */

/**
 * @typedef {object} Place  somewhere to look at after the text was corrected, in UTF-16 code units
 * @property {number} id
 * @property {WirePlace["kind"]} kind
 * @property {string | null} span
 * @property {string} label
 * @property {number} start
 * @property {number} end
 * @property {string} was  the words that the span stood on
 * @property {WirePlace["answers"]} answers
 */

/** Places of a corrected text in their order: a span that was changed or removed has been looked at. */
export class Places {
  /** @type {Place[]} */
  #places;
  /** @type {Set<number>} */
  #settled = new Set();
  /** @type {number | null} */
  #current = null;

  /** @param {ReadonlyArray<WirePlace>} places @param {import("../model/offsets.js").OffsetMap} offsets @param {Store} store */
  constructor(places, offsets, store) {
    this.store = store;
    this.#places = places.map((one) => ({
      ...one,
      start: offsets.toUtf16(one.start),
      end: offsets.toUtf16(one.end),
    }));
  }

  /** @returns {Place[]} */
  get open() {
    return this.#places.filter((one) => !this.#settled.has(one.id) && this.#isAsItWas(one));
  }

  /** The one that is being looked at; null before the first step, and when it is settled. @returns {Place | null} */
  get current() {
    return this.open.find((one) => one.id === this.#current) ?? null;
  }

  /** Goes to the next one, or the one before; after the last comes the first. @param {1 | -1} direction @returns {Place | null} */
  step(direction) {
    const { open } = this;
    if (!open.length) return null;
    const at = this.#places.findIndex((one) => one.id === this.#current);
    const ahead = (/** @type {Place} */ one) => (this.#places.indexOf(one) - at) * direction > 0;
    const found = direction > 0 ? open.find(ahead) : at < 0 ? undefined : open.findLast(ahead);
    const place = found ?? /** @type {Place} */ (open.at(direction > 0 ? 0 : -1));
    this.#current = place.id;
    return place;
  }

  /** @param {Place} place @param {boolean} [isSettled]  false: the answer did not arrive */
  settle(place, isSettled = true) {
    if (isSettled) this.#settled.add(place.id);
    else this.#settled.delete(place.id);
  }

  /** @param {Place} place */
  #isAsItWas({ span, start, end, label }) {
    if (span === null) return true;
    const now = this.store.layer.spans.get(span);
    return now !== undefined && now.start === start && now.end === end && now.label === label;
  }
}
