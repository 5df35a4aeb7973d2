import assert from "node:assert/strict";
import { test } from "node:test";
import { dealLanes, depthRuns } from "../../static/editor/model/lanes.js";
import { innermostFirst, readingOrder } from "../../static/editor/model/order.js";
import { makeSpan, randomFrom } from "./builders.js";

/** @param {import("../../static/editor/types.js").Mark} a @param {import("../../static/editor/types.js").Mark} b */
const overlaps = (a, b) => a.start < b.end && b.start < a.end;

test("the inner lies above the outer", () => {
  const [outer, inner, beside] = [makeSpan(0, 10), makeSpan(2, 5), makeSpan(7, 9)];
  const order = [outer, inner, beside].sort(innermostFirst);
  const lanes = dealLanes(order, overlaps);
  const laneOf = (/** @type {typeof outer} */ span) => lanes[order.indexOf(span)];
  assert.deepEqual([laneOf(inner), laneOf(beside), laneOf(outer)], [0, 0, 1]);
});

test("lines grow only where two or more meet", () => {
  assert.deepEqual(depthRuns([makeSpan(0, 4), makeSpan(6, 9)], 0, 20), []);
  assert.deepEqual(depthRuns([makeSpan(0, 10), makeSpan(2, 5)], 0, 20), [{ start: 2, end: 5, depth: 2 }]);
});

test("for any spans, no two that overlap share a lane, and the runs leave room for every line", () => {
  const random = randomFrom(7);
  for (let round = 0; round < 300; round++) {
    const spans = Array.from({ length: 1 + random(9) }, () => {
      const start = random(30);
      return makeSpan(start, start + 1 + random(12));
    }).sort(readingOrder);
    const inner = [...spans].sort(innermostFirst);
    const lanes = dealLanes(inner, overlaps);
    for (let i = 0; i < inner.length; i++)
      for (let j = 0; j < i; j++) if (overlaps(inner[i], inner[j])) assert.notEqual(lanes[i], lanes[j]);
    assertRoom(spans, random(20), 20 + random(30));
  }
});

/**
 * A visual line may be any part of the paragraph: the lanes dealt on it must fit the deepest run on it.
 * @param {Array<ReturnType<typeof makeSpan>>} spans
 * @param {number} from
 * @param {number} to
 */
function assertRoom(spans, from, to) {
  const onLine = spans
    .filter((span) => span.start < to && span.end > from)
    .sort(innermostFirst)
    .map((span) => ({ start: Math.max(from, span.start), end: Math.min(to, span.end) }));
  const needed = Math.max(0, ...dealLanes(onLine, (a, b) => a.start < b.end && b.start < a.end)) + 1;
  const runs = depthRuns(spans, 0, 60).filter((run) => run.start < to && run.end > from);
  const room = Math.max(1, ...runs.map((run) => run.depth));
  assert.ok(needed <= room, `${needed} lanes in room for ${room}`);
}
