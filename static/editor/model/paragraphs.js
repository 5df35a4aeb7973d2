/** A text cut after each line feed; every character, line feeds too, belongs to exactly one paragraph. */
export class Paragraphs {
  /** @param {string} text */
  constructor(text) {
    const starts = [0];
    for (let at = text.indexOf("\n"); at >= 0 && at + 1 < text.length; at = text.indexOf("\n", at + 1)) {
      starts.push(at + 1);
    }
    this.starts = Uint32Array.from(starts);
    this.length = text.length;
  }

  get count() {
    return this.starts.length;
  }

  /** @param {number} index */
  start(index) {
    return this.starts[index] ?? this.length;
  }

  /** @param {number} index */
  end(index) {
    return this.starts[index + 1] ?? this.length;
  }

  /** The paragraph that holds the character at `offset`. @param {number} offset */
  at(offset) {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** First and last paragraph of `[start, end)`. @param {number} start @param {number} end */
  range(start, end) {
    return [this.at(start), this.at(Math.max(start, end - 1))];
  }
}
