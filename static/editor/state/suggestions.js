/** @typedef {import("../types.js").Suggestion} Suggestion */

/** A suggestion without a confidence is taken only when all are. @param {Suggestion} suggestion @param {number} threshold */
export function isSure(suggestion, threshold) {
  return threshold <= 0 || (suggestion.confidence ?? 0) >= threshold;
}

/** What stands behind a suggestion's label: how sure it is, or whose span it is. @param {Suggestion} suggestion */
export function backing({ sureness, sources }) {
  const people = sources.filter((source) => source.startsWith("user:")).map((source) => source.slice(5));
  return sureness || people.join(", ");
}

/** The open suggestion of these words and this label. @param {import("./store.js").Store} store @param {{start: number, end: number}} stretch @param {string} label @returns {Suggestion | null} */
export function suggestionAt({ layer }, { start, end }, label) {
  for (const mark of layer.marksMeeting(start, end)) {
    if (mark.kind === "suggestion" && mark.start === start && mark.end === end && mark.label === label)
      return mark;
  }
  return null;
}

/**
 * Whether the server may now hold other suggestions for answered than the layer here: one is answered by any span
 * of its words and label, and open only when no such span is left and nobody has rejected it, here or elsewhere.
 * @param {import("../types.js").Change} change  just made
 * @param {import("../model/layer.js").Layer} layer
 */
export function stirsSuggestions(change, { known, suggestions }) {
  if (change.kind === "suggestion") return change.after !== null;
  if (change.kind !== "span") return false;
  const { before, after } = change;
  for (const one of known.values()) {
    const isOpen = suggestions.has(one.id);
    if (isOpen ? after && isSame(one, after) : before && isSame(one, before)) return true;
  }
  return false;
}

/** @typedef {{start: number, end: number, label: string}} Mention */

/** @param {Mention} one @param {Mention} other */
function isSame(one, other) {
  return one.start === other.start && one.end === other.end && one.label === other.label;
}
