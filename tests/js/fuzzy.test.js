import assert from "node:assert/strict";
import { test } from "node:test";
import { fit } from "../../static/editor/model/fuzzy.js";

test("the beginning fits best, then words, then first letters, then letters in order", () => {
  const name = "State or province";
  assert.deepEqual(
    ["sta", "state o", "prov", "sop", "stpr", "ovi", "stv", "xyz", "pros"].map((typed) => fit(typed, name)),
    [0, 0, 1, 2, 2, 3, 4, null, null],
  );
  assert.equal(fit("", name), 0);
});

test("names with signs, accents and capitals are found by plain letters", () => {
  assert.equal(fit("workof", "WORK_OF_ART"), 0);
  assert.equal(fit("geo", "Géographie"), 0);
  assert.equal(fit("whole", "Part-whole"), 1);
  assert.equal(fit("орг", "Организация"), 0);
  assert.equal(fit("istan", "İstanbul"), 0);
});

test("long names and long input end in time", () => {
  const name = Array.from({ length: 30 }, () => "aaaaaaaa").join(" ");
  assert.equal(fit(`${"a".repeat(60)}b`, name), null);
});
