/** @typedef {import("../types.js").Suggestion} Suggestion */

/** A suggestion without a confidence is taken only when all are. @param {Suggestion} suggestion @param {number} threshold */
export function isSure(suggestion, threshold) {
  return threshold <= 0 || (suggestion.confidence ?? 0) >= threshold;
}

/** What stands behind a suggestion's label: how sure it is, or whose span it is. @param {Suggestion} suggestion */
export function backing({ confidence, sources }) {
  const people = sources.filter((source) => source.startsWith("user:")).map((source) => source.slice(5));
  return percent(confidence) || people.join(", ");
}

/** @param {number | null} confidence */
export function percent(confidence) {
  return confidence === null ? "" : String(Math.round(confidence * 100));
}

/** The open suggestion of these words and this label. @param {import("./store.js").Store} store @param {{start: number, end: number}} stretch @param {string} label @returns {Suggestion | null} */
export function suggestionAt({ layer }, { start, end }, label) {
  for (const mark of layer.marksMeeting(start, end)) {
    if (mark.kind === "suggestion" && mark.start === start && mark.end === end && mark.label === label)
      return mark;
  }
  return null;
}
