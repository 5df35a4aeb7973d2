/** @typedef {import("./units.js").Stretch} Stretch */

const SPACE = /[\s\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]/u;
const PUNCTUATION = /\p{P}/u;
// Signs that belong to what they stand next to: a percentage, a hashtag, a paragraph of a law.
const KEPT = /[%‰#@&§]/u;
const JOINED_TO = /\p{M}|\u200d/u;

const PAIRS = new Map(
  ["()", "[]", "{}", "“”", "‘’", "«»", "‹›", "„“", "‚‘", "「」", "『』", "《》", "〈〉", "（）", "【】"].map(
    (pair) => [pair.charAt(1), pair.charAt(0)],
  ),
);
const SAME_BOTH_WAYS = /["']/;

/** Words that are written with a full stop, as they are; in the languages whose newswires use them. */
const ABBREVIATIONS = new Set(
  (
    "Inc Ltd Co Corp Cos Bros Assn Intl Mfg Univ Dept Jr Sr Dr Mr Mrs Ms Messrs Prof Hon Rev Fr Pres Gen Lt Col " +
    "Maj Capt Cpl Sgt Pvt Adm Cmdr Supt Sen Rep Reps Sens Gov Det Atty Ave Blvd Mt Ft Jan Feb Apr Aug Sep Sept " +
    "Oct Nov Dec Ala Ariz Ark Calif Colo Conn Del Fla Ga Kan Md Mich Minn Mo Mont Neb Nev Okla Pa Tenn Tex Va " +
    "Vt Wis Wyo vs etc Mme Mlle MM Cie Nr Str Mio Mrd Doç Cad Sok Sra Srta Ing тыс млн млрд трлн руб им ул гг вв пр"
  ).split(" "),
);

/**
 * Does the full stop after the word `[start, end)` belong to it: an initial, U.S., Inc.?
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
export function ownsStop(text, start, end) {
  if (text.charAt(end) !== "." || text.charAt(end + 1) === ".") return false;
  const word = text.slice(start, end);
  const parts = word.split(".");
  const isDotted = parts.length > 1 && parts.every((part) => /^\p{L}{1,3}$/u.test(part));
  if (isDotted) return parts.some((part) => part.length === 1);
  return /^\p{Lu}$/u.test(word) || ABBREVIATIONS.has(word);
}

/**
 * A stretch without spaces and punctuation at its edges. Kept are brackets and quotation marks whose partner is
 * inside (unless they wrap all of it), the full stop of an abbreviation, and signs that belong to their number or
 * name. All of it, without spaces, when nothing else is there.
 * @param {string} text
 * @param {Stretch} stretch
 * @returns {Stretch}
 */
export function trimmedEdges(text, stretch) {
  let { start, end } = withoutSpaces(text, stretch);
  const whole = { start, end };
  for (;;) {
    const from = start;
    const to = end;
    if (start < end && isLoose(text, start, end, start)) start++;
    if (end > start && isLoose(text, start, end, end - 1)) end--;
    if (wraps(text, start, end)) {
      start++;
      end--;
    }
    if (from === start && to === end) break;
  }
  return start < end ? { start, end } : whole;
}

/** @param {string} text @param {Stretch} stretch @returns {Stretch} */
function withoutSpaces(text, { start, end }) {
  let a = start;
  let b = end;
  while (a < b && SPACE.test(text.charAt(a))) a++;
  while (b > a && SPACE.test(text.charAt(b - 1))) b--;
  return { start: a, end: b };
}

/** May the character at one edge go? @param {string} text @param {number} start @param {number} end @param {number} at */
function isLoose(text, start, end, at) {
  const sign = text.charAt(at);
  if (SPACE.test(sign)) return true;
  if (!PUNCTUATION.test(sign) || KEPT.test(sign) || JOINED_TO.test(text.charAt(at + 1))) return false;
  if (hasPartner(text.slice(start, end), at - start)) return false;
  const isFirst = at === start;
  // ’90s and −5 written with plain signs.
  if (isFirst && /['’-]/.test(sign) && /\d/.test(text.charAt(at + 1))) return /\S/.test(text.charAt(at - 1));
  return isFirst || sign !== "." || !ownsStop(text, wordStart(text, start, at), at);
}

/** Is the bracket or quotation mark's other half in these words too? @param {string} words @param {number} at */
function hasPartner(words, at) {
  const sign = words.charAt(at);
  if (SAME_BOTH_WAYS.test(sign)) return words.split(sign).length % 2 === 1;
  let open = 0;
  const opening = PAIRS.get(sign);
  if (opening && at > 0) {
    for (const c of words.slice(0, at)) open = Math.max(0, open + (c === opening ? 1 : c === sign ? -1 : 0));
    return open > 0;
  }
  const closings = [...PAIRS].filter(([, one]) => one === sign).map(([closing]) => closing);
  return closings.some((closing) => words.includes(closing, at + 1));
}

/** Do a bracket at the beginning and its partner at the end go round all that is between? @param {string} text @param {number} start @param {number} end */
function wraps(text, start, end) {
  const first = text.charAt(start);
  const last = text.charAt(end - 1);
  if (end - start < 3) return false;
  const inside = text.slice(start + 1, end - 1);
  if (SAME_BOTH_WAYS.test(first)) return first === last && !inside.includes(first);
  return PAIRS.get(last) === first && isBalanced(inside, first, last);
}

/** @param {string} words @param {string} opening @param {string} closing */
function isBalanced(words, opening, closing) {
  let open = 0;
  for (const c of words) {
    open += c === opening ? 1 : c === closing ? -1 : 0;
    if (open < 0) return false;
  }
  return open === 0;
}

/** @param {string} text @param {number} start @param {number} at */
function wordStart(text, start, at) {
  let from = at;
  while (from > start && /[\p{L}\p{M}.]/u.test(text.charAt(from - 1))) from--;
  return from;
}
