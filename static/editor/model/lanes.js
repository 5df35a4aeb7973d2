import { innermostFirst } from "./order.js";

/** @typedef {import("../types.js").Mark} Mark */

/**
 * Lanes for stretches that share a line: the shortest first, each directly under what it overlaps.
 * @template T
 * @param {ReadonlyArray<T>} inner  innermost first
 * @param {(a: T, b: T) => boolean} overlaps
 * @returns {number[]} lane of each, from 0
 */
export function dealLanes(inner, overlaps) {
  /** @type {number[]} */
  const lanes = [];
  inner.forEach((one, index) => {
    let lane = 0;
    for (let i = 0; i < index; i++) {
      if (lanes[i] >= lane && overlaps(inner[i], one)) lane = lanes[i] + 1;
    }
    lanes.push(lane);
  });
  return lanes;
}

/**
 * Where a paragraph's lines must grow, known from offsets alone: `depth` is how many lanes the characters of a
 * run may need, never less than what a line with them needs. Only runs of depth two and more.
 * @param {ReadonlyArray<Mark>} marks  of one paragraph, in reading order
 * @param {number} from
 * @param {number} to
 * @returns {Array<{start: number, end: number, depth: number}>}
 */
export function depthRuns(marks, from, to) {
  /** @type {Array<{start: number, end: number, depth: number}>} */
  const runs = [];
  for (const cluster of clusters(marks)) {
    if (cluster.length < 2) continue;
    const depthOf = depthMeasure(cluster);
    const edges = [
      ...new Set(cluster.flatMap((mark) => [Math.max(from, mark.start), Math.min(to, mark.end)])),
    ].sort((a, b) => a - b);
    for (let i = 0; i + 1 < edges.length; i++) {
      pushRun(runs, edges[i], edges[i + 1], depthOf(edges[i]));
    }
  }
  return runs;
}

/**
 * @param {Array<{start: number, end: number, depth: number}>} runs
 * @param {number} start
 * @param {number} end
 * @param {number} depth
 */
function pushRun(runs, start, end, depth) {
  if (depth < 2 || end <= start) return;
  const last = runs.at(-1);
  if (last && last.end === start && last.depth === depth) last.end = end;
  else runs.push({ start, end, depth });
}

/** Groups of marks that overlap, directly or through others. @param {ReadonlyArray<Mark>} marks @returns {Mark[][]} */
function clusters(marks) {
  /** @type {Mark[][]} */
  const groups = [];
  let reach = -1;
  for (const mark of marks) {
    if (mark.start >= reach) groups.push([]);
    groups.at(-1)?.push(mark);
    reach = Math.max(reach, mark.end);
  }
  return groups;
}

/**
 * Nested marks need as many lanes as cover a character; a chain of crossing ones can need more, so there the
 * lanes are dealt.
 * @param {Mark[]} cluster
 * @returns {(offset: number) => number}
 */
function depthMeasure(cluster) {
  const covering = (/** @type {number} */ offset) => (/** @type {Mark} */ mark) =>
    mark.start <= offset && mark.end > offset;
  if (!hasCrossing(cluster)) return (offset) => cluster.filter(covering(offset)).length;
  const inner = [...cluster].sort(innermostFirst);
  const lanes = dealLanes(inner, (a, b) => a.start < b.end && b.start < a.end);
  return (offset) =>
    inner.reduce((depth, mark, i) => (covering(offset)(mark) ? Math.max(depth, lanes[i] + 1) : depth), 0);
}

/** @param {Mark[]} cluster in reading order */
function hasCrossing(cluster) {
  /** @type {number[]} */
  const open = [];
  for (const mark of cluster) {
    while (open.length && open[open.length - 1] <= mark.start) open.pop();
    if (open.length && open[open.length - 1] < mark.end) return true;
    open.push(mark.end);
  }
  return false;
}
