/**
 * The one place where code points (server) and UTF-16 units (browser) meet: a sorted list of the characters
 * that take two units.
 */
export class OffsetMap {
  /** UTF-16 positions of characters beyond the basic plane. @type {Uint32Array} */
  #astral;

  /** @param {string} text */
  constructor(text) {
    const positions = [];
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0xd800 && unit < 0xdc00) positions.push(i++);
    }
    this.#astral = Uint32Array.from(positions);
  }

  /** @param {number} offset UTF-16 @returns {number} code points */
  toCodePoints(offset) {
    return offset - this.#countBelow((i) => this.#astral[i] < offset);
  }

  /** @param {number} offset code points @returns {number} UTF-16 */
  toUtf16(offset) {
    return offset + this.#countBelow((i) => this.#astral[i] - i < offset);
  }

  /** @param {(index: number) => boolean} isBelow true for a prefix of the list */
  #countBelow(isBelow) {
    let low = 0;
    let high = this.#astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBelow(middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
