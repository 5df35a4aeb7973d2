import { gettext } from "./words.js";

/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Overlap} Overlap */

/**
 * How `[a, b)` and `[c, d)` share characters; stretches that only touch are apart.
 * @param {{start: number, end: number}} one
 * @param {{start: number, end: number}} other
 * @returns {"apart" | "equal" | "nested" | "crossing"}
 */
function meeting(one, other) {
  if (one.end <= other.start || other.end <= one.start) return "apart";
  if (one.start === other.start && one.end === other.end) return "equal";
  const inside = one.start >= other.start && one.end <= other.end;
  const around = other.start >= one.start && other.end <= one.end;
  return inside || around ? "nested" : "crossing";
}

export const NO_GAPS = gettext(
  "This project's labels go on words in one piece: its schema does not allow spans with gaps.",
);

/**
 * Why `span` cannot be in a layer together with `others`, as a sentence, or null. The same rules as the server's.
 * @param {Span} span
 * @param {Iterable<Mark>} others
 * @param {Overlap} allowed
 * @param {(label: string) => string} title
 */
export function problemWithPlace(span, others, allowed, title) {
  if (span.fragments.length && !allowed.discontinuous) return NO_GAPS;
  for (const other of others) {
    if (other.kind !== "span" || other.id === span.id) continue;
    const problem = problemWith(span, other, allowed, title(other.label));
    if (problem) return problem;
  }
  return null;
}

/**
 * @param {Span} span
 * @param {Span} other
 * @param {Overlap} allowed
 * @param {string} name
 */
function problemWith(span, other, allowed, name) {
  const how = meeting(span, other);
  if (how === "equal" && String(span.fragments) === String(other.fragments)) {
    if (span.label === other.label) return gettext("This is labelled %(name)s already.", { name });
    if (!allowed.equal)
      return gettext(
        "This is labelled %(name)s already. The project allows one label for the same words: press a label key on the span to change it.",
        { name },
      );
  }
  if (span.fragments.length || other.fragments.length) return null;
  if (how === "nested" && !allowed.nested)
    return gettext(
      "This lies within or around a span labelled %(name)s, and the project does not nest spans.",
      { name },
    );
  if (how === "crossing" && !allowed.crossing)
    return gettext(
      "This crosses the edge of a span labelled %(name)s. Spans may lie inside one another here, but not cross.",
      { name },
    );
  return null;
}
