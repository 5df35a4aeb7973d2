import { ownsStop, trimmedEdges } from "./edges.js";

/** @typedef {{start: number, end: number}} Stretch */

const DOTTED = /\p{L}{1,3}(?:\.\p{L}{1,3})+(?!\p{L})/uy;
// Beyond words, signs that people label: "2.4 %", "€5", emoji.
const LABELLED_SIGN = /[\p{S}%‰#@&]/u;

/**
 * Words, sentences and graphemes of a text, found paragraph by paragraph when they are needed.
 */
export class TextUnits {
  /** @type {Map<number, {all: Stretch[], stops: Stretch[]}>} */
  #words = new Map();
  /** @type {Map<number, Stretch[]>} */
  #sentences = new Map();
  /** @type {Map<string, Intl.Segmenter>} */
  #segmenters = new Map();

  /**
   * @param {string} text
   * @param {import("./paragraphs.js").Paragraphs} paragraphs
   * @param {string} [language] BCP 47; what browsers do not know falls back to their default
   */
  constructor(text, paragraphs, language = "en") {
    this.text = text;
    this.paragraphs = paragraphs;
    this.language = language;
  }

  /** Made when first needed: loading the rules of a language costs tens of milliseconds. @param {"word" | "sentence" | "grapheme"} granularity */
  #segmenter(granularity) {
    let segmenter = this.#segmenters.get(granularity);
    if (!segmenter) {
      segmenter = new Intl.Segmenter(usableLocale(this.language), { granularity });
      this.#segmenters.set(granularity, segmenter);
    }
    return segmenter;
  }

  /** Where a word cursor stops in a paragraph. @param {number} paragraph @returns {Stretch[]} */
  stops(paragraph) {
    return this.#wordsOf(paragraph).stops;
  }

  /** The stop at or nearest before `offset`, else after it. @param {number} offset @returns {Stretch | null} */
  stopAt(offset) {
    const stops = this.stops(this.paragraphs.at(offset));
    const at = stops.findLast((stop) => stop.start <= offset);
    return at ?? stops[0] ?? this.nextStop(offset) ?? this.previousStop(offset);
  }

  /** First stop that begins at or after `offset`. @param {number} offset @returns {Stretch | null} */
  nextStop(offset) {
    for (let p = this.paragraphs.at(offset); p < this.paragraphs.count; p++) {
      const stop = this.stops(p).find((one) => one.start >= offset);
      if (stop) return stop;
    }
    return null;
  }

  /** Last stop that ends at or before `offset`. @param {number} offset @returns {Stretch | null} */
  previousStop(offset) {
    for (let p = this.paragraphs.at(Math.max(0, offset - 1)); p >= 0; p--) {
      const stop = this.stops(p).findLast((one) => one.end <= offset);
      if (stop) return stop;
    }
    return null;
  }

  /** Beginning of the sentence after or before. @param {number} offset @param {1 | -1} direction @returns {Stretch | null} */
  sentenceStop(offset, direction) {
    const inOrder = direction > 0 ? 1 : -1;
    for (let p = this.paragraphs.at(offset); p >= 0 && p < this.paragraphs.count; p += inOrder) {
      const sentences = this.#sentencesOf(p);
      const found =
        direction > 0 ? sentences.find((s) => s.start > offset) : sentences.findLast((s) => s.start < offset);
      const stop = found && this.nextStop(found.start);
      if (stop && (direction > 0 ? stop.start > offset : stop.start < offset)) return stop;
    }
    return null;
  }

  /** The grapheme boundary after (or before) `offset`. @param {number} offset @param {1 | -1} direction @returns {number} */
  graphemeStep(offset, direction) {
    const at = direction > 0 ? offset : offset - 1;
    if (at < 0 || at >= this.text.length) return offset;
    const grapheme = this.#graphemeAt(at);
    return direction > 0 ? grapheme.end : grapheme.start;
  }

  /** `[a, b)` widened to whole graphemes. @param {number} a @param {number} b @returns {Stretch} */
  wholeGraphemes(a, b) {
    if (b <= a) return { start: a, end: b };
    return { start: this.#graphemeAt(a).start, end: this.#graphemeAt(b - 1).end };
  }

  /** `[a, b)` widened to whole words. @param {number} a @param {number} b @returns {Stretch} */
  wholeWords(a, b) {
    if (b <= a) return { start: a, end: b };
    return { start: this.#wordAt(a).start, end: this.#wordAt(b - 1).end };
  }

  /** Does a word begin at `offset`, as Intl.Segmenter cuts the text? @param {number} offset */
  isWordBoundary(offset) {
    return offset >= this.text.length || this.#wordAt(offset).start === offset;
  }

  /** Without spaces and punctuation at the edges; all of it when nothing else is there. @param {Stretch} stretch @returns {Stretch} */
  trimmed(stretch) {
    return trimmedEdges(this.text, stretch);
  }

  /** @param {number} offset @returns {Stretch} */
  #wordAt(offset) {
    const { all } = this.#wordsOf(this.paragraphs.at(offset));
    return all.findLast((word) => word.start <= offset) ?? { start: offset, end: offset + 1 };
  }

  /** @param {number} offset @returns {Stretch} */
  #graphemeAt(offset) {
    // Graphemes do not reach across a line feed, and few are longer than this window on either side.
    const paragraph = this.paragraphs.at(offset);
    const from = Math.max(this.paragraphs.start(paragraph), offset - 64);
    const to = Math.min(this.paragraphs.end(paragraph), offset + 64);
    const safe = from > 0 && isLowSurrogate(this.text, from) ? from - 1 : from;
    const found = this.#segmenter("grapheme")
      .segment(this.text.slice(safe, to))
      .containing(offset - safe);
    if (!found) return { start: offset, end: offset + 1 };
    return { start: safe + found.index, end: safe + found.index + found.segment.length };
  }

  /** @param {number} paragraph */
  #wordsOf(paragraph) {
    let words = this.#words.get(paragraph);
    if (!words) {
      const base = this.paragraphs.start(paragraph);
      /** @type {{all: Stretch[], stops: Stretch[]}} */
      words = { all: [], stops: [] };
      for (const part of this.#segmenter("word").segment(
        this.text.slice(base, this.paragraphs.end(paragraph)),
      )) {
        const stretch = { start: base + part.index, end: base + part.index + part.segment.length };
        const before = words.all.at(-1);
        if (before && this.#belongsTo(before, stretch)) {
          before.end = stretch.end;
          continue;
        }
        words.all.push(stretch);
        if (part.isWordLike || LABELLED_SIGN.test(part.segment)) words.stops.push(stretch);
      }
      this.#words.set(paragraph, words);
    }
    return words;
  }

  /** “Inc.” and “U.S.” are one word each, though segmenters cut at their full stops. @param {Stretch} word @param {Stretch} next */
  #belongsTo({ start, end }, next) {
    if (next.end === end + 1 && ownsStop(this.text, start, end)) return true;
    DOTTED.lastIndex = start;
    const dotted = DOTTED.exec(this.text);
    return dotted !== null && start + dotted[0].length >= next.end;
  }

  /** @param {number} paragraph */
  #sentencesOf(paragraph) {
    let sentences = this.#sentences.get(paragraph);
    if (!sentences) {
      const base = this.paragraphs.start(paragraph);
      const parts = this.#segmenter("sentence").segment(
        this.text.slice(base, this.paragraphs.end(paragraph)),
      );
      sentences = Array.from(parts, (part) => ({
        start: base + part.index,
        end: base + part.index + part.segment.length,
      }));
      this.#sentences.set(paragraph, sentences);
    }
    return sentences;
  }
}

/** @param {string} text @param {number} index */
function isLowSurrogate(text, index) {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit < 0xe000;
}

/** @param {string} language */
function usableLocale(language) {
  try {
    return Intl.Segmenter.supportedLocalesOf([language])[0] ?? "en";
  } catch {
    return "en";
  }
}
