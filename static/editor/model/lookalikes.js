/** @typedef {import("./units.js").Stretch} Stretch */
/** @typedef {import("./units.js").TextUnits} TextUnits */

/**
 * @typedef {object} Likeness  what still counts as the same words
 * @property {boolean} ignoreCase
 * @property {boolean} inflected
 */

/** Longer mentions are sentences: nobody looks for them again. */
const LONGEST = 200;
const LEAST_BEGINNING = 4;
const LONGEST_ENDING = 4;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const IN_WORD = /[\p{L}\p{M}\p{N}]/u;
// Scripts without spaces between words, whose words only a dictionary finds.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const SYLLABIC = /[\p{Script=Hangul}]/u;

/**
 * Where `words` occur in the text: whole words only, and any white space is as good as any other. In scripts
 * without spaces a whole word is one that Intl.Segmenter finds, unless the model itself begins or ends inside one.
 * @param {TextUnits} units
 * @param {Stretch} model  the mention to look for; it is among the answers
 * @param {Likeness} likeness
 * @returns {Stretch[]} in order, none overlapping another
 */
export function lookAlikes(units, model, likeness) {
  const words = units.text.slice(model.start, model.end).trim();
  if (!words || words.length > LONGEST) return [];
  const pattern = patternFor(words, likeness, units.language);
  const starts = startsOf(units, model, words, likeness);
  const wanted = { start: isWordEdge(units, model.start), end: isWordEdge(units, model.end) };
  const parts = words.match(WORD) ?? [];
  /** @type {Stretch[]} */
  const found = [];
  for (const match of starts ? matchesAt(units.text, pattern, starts) : units.text.matchAll(pattern)) {
    const stretch = { start: match.index, end: match.index + match[0].length };
    const fits =
      (!wanted.start || isWordEdge(units, stretch.start)) &&
      (!wanted.end || isWordEdge(units, stretch.end)) &&
      isWhole(units, stretch) &&
      (!likeness.inflected || haveSameForms(parts, match[0].match(WORD) ?? [], likeness.ignoreCase));
    if (fits) found.push(stretch);
  }
  return found;
}

/** Where each word of a text begins, found once. @type {WeakMap<TextUnits, Map<string, number[]>>} */
const indexes = new WeakMap();

/** @param {TextUnits} units */
function indexOf(units) {
  const known = indexes.get(units);
  if (known) return known;
  /** @type {Map<string, number[]>} */
  const index = new Map();
  for (const { 0: word, index: at } of units.text.matchAll(WORD)) {
    const places = index.get(word);
    if (places) places.push(at);
    else index.set(word, [at]);
  }
  indexes.set(units, index);
  return index;
}

/**
 * Where the words can begin at all, known from their first word; null where that must be searched for.
 * @param {TextUnits} units
 * @param {Stretch} model
 * @param {string} words
 * @param {Likeness} likeness
 */
function startsOf(units, model, words, { ignoreCase, inflected }) {
  if (ignoreCase || inflected || UNSPACED.test(words) || !isWordEdge(units, model.start)) return null;
  if (!isWordEdge(units, model.end)) return null;
  const first = words.matchAll(WORD).next().value;
  return first ? (indexOf(units).get(first[0]) ?? []).map((at) => at - first.index) : null;
}

/** @param {string} text @param {RegExp} pattern @param {number[]} starts in order */
function* matchesAt(text, pattern, starts) {
  const sticky = new RegExp(pattern.source, `${pattern.flags.replace("g", "")}y`);
  let end = 0;
  for (const start of starts) {
    if (start < end) continue;
    sticky.lastIndex = start;
    const match = sticky.exec(text);
    if (!match) continue;
    end = start + match[0].length;
    yield match;
  }
}

/**
 * Are these two forms of one word, as far as letters can tell? They share a beginning of at least four letters,
 * and what follows it in either has at most four letters and is at least two letters shorter than the beginning:
 * Казахстан, Казахстана, Казахстаном, Қазақстанда, İstanbul'da; but not Казах and Казахстан. Only in scripts
 * whose words take endings letter by letter, so not in Chinese, Japanese, Korean or Thai.
 * @param {string} one
 * @param {string} other
 * @param {boolean} [ignoreCase]
 */
export function areFormsOfOneWord(one, other, ignoreCase = false) {
  const [a, b] = ignoreCase ? [one.toLowerCase(), other.toLowerCase()] : [one, other];
  if (a === b) return true;
  if (!takesEndings(a) || !takesEndings(b)) return false;
  const [from, to] = [[...a], [...b]];
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared++;
  const ending = Math.max(from.length, to.length) - shared;
  return shared >= LEAST_BEGINNING && ending <= Math.min(LONGEST_ENDING, shared - 2);
}

/** @param {string} word */
function takesEndings(word) {
  return /^[\p{L}\p{M}]+$/u.test(word) && !UNSPACED.test(word) && !SYLLABIC.test(word);
}

/** @param {ReadonlyArray<string>} parts @param {ReadonlyArray<string>} others @param {boolean} ignoreCase */
function haveSameForms(parts, others, ignoreCase) {
  return (
    parts.length === others.length &&
    parts.every((part, i) => areFormsOfOneWord(part, others[i] ?? "", ignoreCase))
  );
}

/** @param {string} words @param {Likeness} likeness @param {string} language */
function patternFor(words, { ignoreCase, inflected }, language) {
  const source = words.replace(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]+/gu, (part) => {
    if (/^\s/u.test(part)) return "\\s+";
    if (inflected && takesEndings(part) && [...part].length >= LEAST_BEGINNING) return beginningOf(part);
    return ignoreCase ? anyCase(part, language) : literal(part);
  });
  return new RegExp(source, ignoreCase ? "giu" : "gu");
}

/** Whatever begins as the word does; whether it is a form of it is decided afterwards. @param {string} word */
function beginningOf(word) {
  const letters = [...word];
  const kept = Math.max(LEAST_BEGINNING, letters.length - LONGEST_ENDING);
  const rest = letters.length - kept + LONGEST_ENDING;
  return `${literal(letters.slice(0, kept).join(""))}[\\p{L}\\p{M}]{0,${rest}}`;
}

/** Turkish and Azerbaijani write İ/i and I/ı, which case folding elsewhere does not pair. @param {string} part @param {string} language */
function anyCase(part, language) {
  if (!/^(tr|az)\b/i.test(language)) return literal(part);
  return literal(part).replace(/[iİ]/gu, "[iİ]").replace(/[ıI]/gu, "[ıI]");
}

/** @param {string} part */
function literal(part) {
  return part.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}

/** Does a word begin or end here? @param {TextUnits} units @param {number} offset */
function isWordEdge(units, offset) {
  const { text } = units;
  const before = characterBefore(text, offset);
  const after = String.fromCodePoint(text.codePointAt(offset) ?? 32);
  if (!IN_WORD.test(before) || !IN_WORD.test(after)) return true;
  return (UNSPACED.test(before) || UNSPACED.test(after)) && units.isWordBoundary(offset);
}

/** @param {string} text @param {number} offset */
function characterBefore(text, offset) {
  const unit = text.charAt(offset - 1);
  return /[\udc00-\udfff]/.test(unit) ? text.slice(offset - 2, offset) : unit;
}

/** No grapheme is split. @param {TextUnits} units @param {Stretch} stretch */
function isWhole(units, { start, end }) {
  if (isPlain(units.text, start) && isPlain(units.text, end)) return true;
  const whole = units.wholeGraphemes(start, end);
  return whole.start === start && whole.end === end;
}

/** Between two letters of old Latin, or one and a space, no grapheme goes on; asking the segmenter takes longer. @param {string} text @param {number} offset */
function isPlain(text, offset) {
  const isOld = (/** @type {number} */ unit) => unit < 0x300 && unit !== 0x0d && unit !== 0x0a;
  return isOld(text.charCodeAt(offset - 1) || 0) && isOld(text.charCodeAt(offset) || 0);
}
