/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Fragment} Fragment */
/** @typedef {{start: number, end: number}} Stretch */

/** The parts of a span in order; a span without gaps is one part. @param {Span} span @returns {ReadonlyArray<Fragment>} */
export function partsOf({ start, end, fragments }) {
  return fragments.length ? fragments : [[start, end]];
}

/** Which part of a span is just this stretch; null if none. @param {Span} span @param {Stretch | null} stretch */
export function partAt(span, stretch) {
  const index = partsOf(span).findIndex(([start, end]) => start === stretch?.start && end === stretch.end);
  return index < 0 ? null : index;
}

/** @param {Span} span @param {Stretch} stretch @returns {Span} */
export function withPart(span, { start, end }) {
  return shaped(span, [...partsOf(span), [start, end]]);
}

/** The last part cannot be taken away. @param {Span} span @param {number} index @returns {Span} */
export function withoutPart(span, index) {
  const left = partsOf(span).filter((_part, i) => i !== index);
  return left.length ? shaped(span, left) : span;
}

/** @param {Span} span @param {number} index @param {Stretch} stretch @returns {Span} */
export function withPartMoved(span, index, { start, end }) {
  return shaped(
    span,
    partsOf(span).map((part, i) => (i === index ? [start, end] : part)),
  );
}

/**
 * A span of these parts, as the server wants it: in order, with gaps between them, inside an envelope. Parts that
 * touch or overlap become one.
 * @param {Span} span
 * @param {ReadonlyArray<Fragment>} parts
 * @returns {Span}
 */
function shaped(span, parts) {
  /** @type {Array<[number, number]>} */
  const fragments = [];
  for (const [start, end] of [...parts].sort((a, b) => a[0] - b[0])) {
    const last = fragments.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else fragments.push([start, end]);
  }
  const start = fragments[0]?.[0] ?? span.start;
  const end = fragments.at(-1)?.[1] ?? span.end;
  return { ...span, start, end, fragments: fragments.length > 1 ? fragments : [] };
}
