import { rectsOf } from "./measure.js";

/** @typedef {import("./surface.js").Surface} Surface */
/** @typedef {import("../model/units.js").TextUnits} TextUnits */
/** @typedef {import("../model/units.js").Stretch} Stretch */
/** @typedef {{stop: Stretch, x: number, y: number}} PlacedStop */

/**
 * The word on the visual line above or below that is nearest to `x`.
 * @param {Surface} surface
 * @param {TextUnits} units
 * @param {Stretch} from
 * @param {1 | -1} direction
 * @param {number | null} wantedX  where the cursor was when it began to move up or down; null is where it is
 * @returns {{stop: Stretch, x: number} | null}
 */
export function stopOnNextLine(surface, units, from, direction, wantedX) {
  const paragraph = units.paragraphs.at(from.start);
  const here = placedStops(surface, units, paragraph);
  const current = here.find(({ stop }) => stop.end > from.start) ?? here.at(-1);
  const x = wantedX ?? current?.x ?? 0;
  const beyond = current ? here.filter(({ y }) => (y - current.y) * direction > 12) : [];
  for (let p = paragraph, line = beyond; p >= 0 && p < units.paragraphs.count; p += direction) {
    if (p !== paragraph) line = placedStops(surface, units, p);
    const nearest = nearestOn(line, direction, x);
    if (nearest) return { stop: nearest, x };
  }
  return null;
}

/** @param {Surface} surface @param {TextUnits} units @param {number} paragraph @returns {PlacedStop[]} */
function placedStops(surface, units, paragraph) {
  const stops = units.stops(paragraph);
  const [first] = stops;
  if (!first) return [];
  surface.ensure(first);
  const view = /** @type {import("./paragraph.js").ParagraphView} */ (surface.views[paragraph]);
  const origin = view.element.getBoundingClientRect();
  return stops.flatMap((stop) => {
    const [rect] = rectsOf(view, stop.start, stop.end, origin);
    return rect ? [{ stop, x: (rect.left + rect.right) / 2, y: (rect.top + rect.bottom) / 2 }] : [];
  });
}

/** @param {PlacedStop[]} stops @param {1 | -1} direction @param {number} x @returns {Stretch | null} */
function nearestOn(stops, direction, x) {
  const heights = stops.map(({ y }) => y);
  const edge = direction > 0 ? Math.min(...heights) : Math.max(...heights);
  const line = stops.filter(({ y }) => Math.abs(y - edge) < 12);
  const nearest = line.reduce(
    (/** @type {PlacedStop | null} */ best, one) =>
      best && Math.abs(best.x - x) <= Math.abs(one.x - x) ? best : one,
    null,
  );
  return nearest?.stop ?? null;
}
