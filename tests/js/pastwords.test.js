import assert from "node:assert/strict";
import { test } from "node:test";
import { groupsOf, summaryOf } from "../../static/editor/state/pastwords.js";

const TEXT = "Baku hosted Ilham Aliyev.";
const around = {
  title: (/** @type {string} */ name) => name.toLowerCase(),
  slice: (/** @type {number} */ start, /** @type {number} */ end) => TEXT.slice(start, end),
  spans: new Map(),
};
const span = { id: "a", start: 0, end: 4, label: "GPE" };

/** @param {number} version @param {string} op @param {object} data @param {string} [by] @param {number} [second] */
const past = (version, op, data, by = "Ann", second = 0) =>
  /** @type {import("../../static/editor/types.js").PastEdit} */ (
    /** @type {unknown} */ ({
      version,
      op,
      data,
      by: { name: by },
      at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
    })
  );

test("what one person did at about the same time is one entry, newest first", () => {
  const groups = groupsOf(
    [
      past(3, "remove_span", { span: { id: "a" } }, "Ben", 9),
      past(2, "set_labels", { labels: ["SPORT"] }, "Ann", 2),
      past(1, "add_span", { span }, "Ann", 0),
    ],
    around,
  );
  assert.deepEqual(
    groups.map(({ version, by, words }) => ({ version, by, words })),
    [
      { version: 3, by: "Ben", words: ["Removed gpe “Baku”"] },
      { version: 2, by: "Ann", words: ["Article labels: sport", "Added gpe “Baku”"] },
    ],
  );
});

test("whole layers are told by their number of spans, unknown edits by their name", () => {
  const [group] = groupsOf(
    [
      past(3, "import_layer", { spans: [span] }),
      past(2, "add_span", { span: { ...span, suggestion: "s" } }),
      past(1, "something_new", {}),
    ],
    around,
  );
  assert.deepEqual(group?.words, ["Imported 1 span", "Accepted gpe “Baku”", "something_new"]);
});

test("of many things that were done the first three are named", () => {
  const words = ["one", "two", "three", "four", "five"];
  assert.equal(summaryOf({ version: 1, by: "", at: "", words }), "one · two · three · and 2 more");
});
