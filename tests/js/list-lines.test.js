import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changedLines,
  fateOf,
  LONG,
  lineAt,
  lineRange,
  MOST_LINES,
  takesTab,
  toTest,
} from "../../static/elements/list-lines.js";

test("lines are counted from one", () => {
  assert.equal(lineAt("a\nb\n", 0), 1);
  assert.equal(lineAt("a\nb\n", 1), 1);
  assert.equal(lineAt("a\nb\n", 2), 2);
  assert.equal(lineAt("a\nb\n", 4), 3);
  assert.deepEqual(lineRange("ab\nc\n", 1), [0, 2]);
  assert.deepEqual(lineRange("ab\nc\n", 2), [3, 4]);
  assert.deepEqual(lineRange("ab\nc\n", 3), [5, 5]);
});

test("changed lines lie between what is the same at both ends", () => {
  assert.deepEqual(changedLines(["a", "b", "c"], ["a", "x", "y", "c"]), [2, 3]);
  assert.deepEqual(changedLines(["a", "b"], ["a", "b"]), []);
  assert.deepEqual(changedLines(["a", "b"], ["b"]), []);
  assert.deepEqual(changedLines(["a"], ["a", "a"]), [2]);
  assert.deepEqual(changedLines([], ["a"]), [1]);
});

test("a short list is tested whole", () => {
  assert.deepEqual(toTest("a", "a\nb", 1), { text: "a\nb", numbers: [] });
});

test("of a long list only what was changed is tested, and the line of the cursor", () => {
  const lines = Array.from({ length: LONG / 10 }, (_, n) => `name ${n}\tGPE`);
  const before = lines.join("\n");
  lines[41] = "Oslo\tGPE";
  assert.deepEqual(toTest(before, lines.join("\n"), 7), { text: "name 6\tGPE\nOslo\tGPE", numbers: [7, 42] });
});

test("of many changed lines those near the cursor are tested, in their order", () => {
  const after = Array.from({ length: LONG / 10 }, (_, n) => `name ${n}\tGPE`).join("\n");
  const { numbers } = toTest("", after, 5_000);
  assert.equal(numbers.length, MOST_LINES);
  assert.ok(numbers[0] > 4_800 && numbers[0] < 5_000 && numbers[MOST_LINES - 1] > 5_000);
});

test("Tab writes a tab behind a name, and else leaves the list", () => {
  assert.ok(takesTab("Oslo", 4, 4));
  assert.ok(takesTab("a\tb\nOslo\nc", 8, 8));
  assert.ok(!takesTab("Oslo", 2, 2));
  assert.ok(!takesTab("Oslo\tGPE", 8, 8));
  assert.ok(!takesTab("x => GPE", 8, 8));
  assert.ok(!takesTab("", 0, 0));
  assert.ok(!takesTab("Oslo", 0, 4));
});

test("a draft comes back by itself only over the list that it was made from", () => {
  const page = { seen: "1", text: "a" };
  assert.equal(fateOf(null, page), "gone");
  assert.equal(fateOf({ seen: "0", text: "a" }, page), "gone");
  assert.equal(fateOf({ seen: "1", text: "b" }, page), "restore");
  assert.equal(fateOf({ seen: "0", text: "b" }, page), "ask");
});
