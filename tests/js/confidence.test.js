import assert from "node:assert/strict";
import { test } from "node:test";

import { confidenceInWords } from "../../static/editor/state/confidence.js";

test("a number is shown in percent", () => {
  assert.equal(confidenceInWords(0.834, "number"), "83 %");
});

test("bands are words", () => {
  const told = [1, 0.9, 0.899, 0.6, 0.599, 0.01].map((one) => confidenceInWords(one, "bands"));
  assert.deepEqual(told, ["sure", "sure", "likely", "likely", "unsure", "unsure"]);
});

test("what is hidden or unknown is not shown", () => {
  assert.equal(confidenceInWords(0.9, "hidden"), "");
  assert.equal(confidenceInWords(null, "number"), "");
});
