import { backing } from "../state/suggestions.js";

/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").Piece} Piece */
/** @typedef {import("../model/schema.js").SchemaView} SchemaView */
/** @typedef {import("./metrics.js").Metrics} Metrics */

const GAP = 5;
const OVERHANG = 24;
/** An empty ring before the label: a required attribute is not given yet. */
const LACKING = "○";

/** Width of a short text in ems of the caption face, near enough to choose between forms; no canvas needed. @param {string} text */
function widthInEms(text) {
  let width = 0;
  for (const c of text) {
    if (/[iljtfr.,'1 ]/.test(c)) width += 0.33;
    else if (/[mwMW]/.test(c)) width += 0.88;
    else if (/[A-Z]/.test(c)) width += 0.68;
    else if (c > "\u2e7f" || c === LACKING) width += 1.02;
    else width += 0.59;
  }
  return width;
}

/** @type {Map<string, number>} */
const widths = new Map();

/** @param {string} text @param {number} size */
function widthOf(text, size) {
  const width = widths.get(text) ?? widthInEms(text);
  widths.set(text, width);
  return width * size;
}

/** @param {string} title */
function shortened(title) {
  return title.length <= 5 ? title : `${title.slice(0, 4).trimEnd()}.`;
}

/** A mark's caption from fullest to shortest. @param {Mark} mark @param {SchemaView} schema @returns {string[]} */
function forms(mark, schema) {
  const title = schema.title(mark.label);
  const short = shortened(title);
  if (mark.kind === "span")
    return schema.lackingOf(mark).length
      ? [`${LACKING} ${title}`, `${LACKING} ${short}`, LACKING]
      : [title, short];
  const backed = backing(mark);
  const behind = !mark.sureness && backed ? `· ${backed}` : backed;
  return behind ? [`${title} ${behind}`, `${short} ${behind}`, short] : [title, short];
}

/**
 * The caption of each piece: the fullest that has room before the next piece in its lane, or none.
 * @param {ReadonlyArray<Piece>} pieces of one paragraph
 * @param {SchemaView} schema
 * @param {Metrics} metrics
 * @param {number} width of the paragraph
 * @param {boolean} isRtl
 * @returns {Map<Piece, string>}
 */
export function chooseCaptions(pieces, schema, metrics, width, isRtl) {
  /** @type {Map<string, Piece[]>} */
  const lanes = new Map();
  for (const piece of pieces) {
    const key = `${piece.line}.${piece.lane}`;
    const lane = lanes.get(key);
    if (lane) lane.push(piece);
    else lanes.set(key, [piece]);
  }
  /** @type {Map<Piece, string>} */
  const chosen = new Map();
  for (const lane of lanes.values()) {
    lane.sort((a, b) => (isRtl ? b.text.right - a.text.right : a.text.left - b.text.left));
    lane.forEach((piece, i) => {
      const room = roomFor(piece, lane[i + 1], width, isRtl);
      const form = forms(piece.mark, schema).find((text) => widthOf(text, metrics.caption) <= room);
      if (form) chosen.set(piece, form);
    });
  }
  return chosen;
}

/** @param {Piece} piece @param {Piece | undefined} next @param {number} width @param {boolean} isRtl */
function roomFor(piece, next, width, isRtl) {
  if (isRtl) return piece.text.right - (next ? next.text.right + GAP : -OVERHANG);
  return (next ? next.text.left - GAP : width + OVERHANG) - piece.text.left;
}
