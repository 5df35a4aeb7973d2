import assert from "node:assert/strict";
import { test } from "node:test";
import { anchorOn, pathAlong, route } from "../../static/editor/render/routes.js";

test("on one line a link stays in the gap above it", () => {
  const points = route({ x: 10, top: 100 }, { x: 300, top: 100 }, 4, -8);
  assert.deepEqual(points, [
    { x: 10, y: 100 },
    { x: 10, y: 96 },
    { x: 300, y: 96 },
    { x: 300, y: 100 },
  ]);
});

test("to another line a link goes round through the margin, never across words", () => {
  const points = route({ x: 200, top: 100 }, { x: 40, top: 184 }, 4, -8);
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    const isVertical = a.x === b.x;
    assert.ok(isVertical || a.y === b.y, "level or upright");
    if (isVertical && Math.abs(a.y - b.y) > 4) assert.equal(a.x, -8);
  }
});

test("a path has rounded corners and its own ends", () => {
  const path = pathAlong(route({ x: 10, top: 100 }, { x: 300, top: 100 }, 4, -8));
  assert.match(path, /^M10 100L.*L300 100$/);
  assert.equal(path.match(/Q/g)?.length, 2);
  assert.equal(pathAlong([]), "");
});

test("several lines leave a span beside each other, within its words, from the end it is read from", () => {
  const box = { left: 50, right: 80, top: 100, isRtl: false };
  const xs = [0, 1, 2].map((i) => anchorOn(box, i, 3).x);
  assert.equal(new Set(xs).size, 3);
  assert.ok(xs.every((x) => x > box.left && x < box.right));
  assert.ok(anchorOn({ ...box, isRtl: true }, 0, 1).x > anchorOn(box, 0, 1).x);
  assert.equal(anchorOn({ ...box, right: 54 }, 4, 5).x, 52);
});
