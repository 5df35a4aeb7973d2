import { newId } from "./uuid.js";

/** @typedef {import("../types.js").Span} Span */

/** A span nobody has seen yet. @param {{start: number, end: number}} stretch @param {string} label @param {string | null} [suggestion] the suggestion it answers @returns {Span} */
export function newSpan({ start, end }, label, suggestion = null) {
  return { kind: "span", id: newId(), start, end, label, attributes: {}, fragments: [], suggestion };
}
