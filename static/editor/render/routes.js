/** @typedef {{x: number, y: number}} Point */
/** @typedef {{x: number, top: number}} Anchor  where a line may leave a span: above its first words */

const CORNER = 5;
const SAME_LINE = 8;

/**
 * The way from one span to another: up into the gap above its line, along the gap, and, to another line, round
 * through the margin, so that no line crosses words.
 * @param {Anchor} from
 * @param {Anchor} to
 * @param {number} lift  how far above the words the gap's line runs
 * @param {number} margin  x of the line in the margin
 * @returns {Point[]}
 */
export function route(from, to, lift, margin) {
  const start = { x: from.x, y: from.top };
  const end = { x: to.x, y: to.top };
  const leave = { x: from.x, y: from.top - lift };
  const arrive = { x: to.x, y: to.top - lift };
  if (Math.abs(from.top - to.top) < SAME_LINE) {
    const y = Math.min(leave.y, arrive.y);
    return [start, { ...leave, y }, { ...arrive, y }, end];
  }
  return [start, leave, { x: margin, y: leave.y }, { x: margin, y: arrive.y }, arrive, end];
}

/** An SVG path along the points, its corners rounded. @param {ReadonlyArray<Point>} points */
export function pathAlong(points) {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return "";
  const parts = [`M${at(first)}`];
  for (let i = 1; i < points.length - 1; i++) {
    const [before, corner, after] = points.slice(i - 1, i + 2);
    const reach = Math.min(CORNER, distance(before, corner) / 2, distance(corner, after) / 2);
    parts.push(`L${at(towards(corner, before, reach))}Q${at(corner)} ${at(towards(corner, after, reach))}`);
  }
  return `${parts.join("")}L${at(last)}`;
}

/** @param {Point} from @param {Point} to @param {number} reach @returns {Point} */
function towards(from, to, reach) {
  const length = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) / length) * reach, y: from.y + ((to.y - from.y) / length) * reach };
}

/** @param {Point} a @param {Point} b */
function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** @param {Point} point */
function at({ x, y }) {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}

/**
 * Where `count` lines leave the top of a span one beside the other.
 * @param {{left: number, right: number, top: number, isRtl: boolean}} box  from right to left it begins at its right end
 * @param {number} index
 * @param {number} count
 * @returns {Anchor}
 */
export function anchorOn(box, index, count) {
  const width = box.right - box.left;
  const first = Math.min(9, width / 2);
  const step = count > 1 ? Math.min(8, Math.max(0, width - 2 * first) / (count - 1)) : 0;
  const shift = first + index * step;
  return { x: box.isRtl ? box.right - shift : box.left + shift, top: box.top };
}
