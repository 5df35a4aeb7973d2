/** @typedef {import("../types.js").Suggestion} Suggestion */

/** A suggestion without a confidence is taken only when all are. @param {Suggestion} suggestion @param {number} threshold */
export function isSure(suggestion, threshold) {
  return threshold <= 0 || (suggestion.confidence ?? 0) >= threshold;
}

/** @param {number | null} confidence */
export function percent(confidence) {
  return confidence === null ? "" : String(Math.round(confidence * 100));
}
