/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Mention} Mention */
/** @typedef {import("../model/layer.js").Layer} Layer */

const MOSTLY = 0.5;
const SAME = 10;
const SAME_WORDS = 4;
const SAME_LABEL = 2;

/**
 * The span of the layer that stands for an entity: the same as a reader's, else the most alike. The same rules as
 * the server's (articles/domain/measures/alignment.py).
 * @param {ReadonlyArray<Mention>} entity  what readers marked
 * @param {Layer} layer
 * @returns {Span | null}
 */
export function standing(entity, layer) {
  const start = Math.min(...entity.map((one) => one.start));
  const end = Math.max(...entity.map((one) => one.end));
  return closest(
    entity,
    [...layer.marksMeeting(start, end)].filter((mark) => mark.kind === "span"),
  );
}

/** @param {ReadonlyArray<Mention>} entity @param {Iterable<Span>} spans @returns {Span | null} */
export function closest(entity, spans) {
  /** @type {Span | null} */
  let best = null;
  let most = 0;
  for (const span of spans) {
    const closeness = Math.max(...entity.map((one) => (isSame(one, span) ? SAME : likeness(one, span))));
    if (closeness > most || (best && closeness === most && span.start < best.start))
      [best, most] = [span, closeness];
  }
  return best;
}

/** @param {Mention} one @param {Mention} other */
export function isSame(one, other) {
  return isSamePlace(one, other) && one.label === other.label;
}

/** @param {Mention} one @param {Mention} other */
function likeness(one, other) {
  const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start);
  if (shared <= 0) return 0;
  const dice = (2 * shared) / (one.end - one.start + other.end - other.start);
  if (isSamePlace(one, other)) return SAME_WORDS + dice;
  if (one.label === other.label) return SAME_LABEL + dice;
  return dice >= MOSTLY ? dice : 0;
}

/** @param {Mention} one @param {Mention} other */
function isSamePlace(one, other) {
  return (
    one.start === other.start && one.end === other.end && String(one.fragments) === String(other.fragments)
  );
}
