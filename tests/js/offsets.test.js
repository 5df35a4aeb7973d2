import assert from "node:assert/strict";
import { test } from "node:test";
import { OffsetMap } from "../../static/editor/model/offsets.js";

const TEXTS = ["", "plain", "😀", "a😀b", "👩‍👩‍👧 fam 🇹🇷\r\n𝔘x", "नमस्ते 中文 😀😀"];

for (const text of TEXTS) {
  test(`every code point of ${JSON.stringify(text)} maps to UTF-16 and back`, () => {
    const offsets = new OffsetMap(text);
    const points = [...text];
    let units = 0;
    for (let i = 0; i <= points.length; i++) {
      assert.equal(offsets.toUtf16(i), units);
      assert.equal(offsets.toCodePoints(units), i);
      units += points[i]?.length ?? 0;
    }
  });
}

test("a slice by converted offsets is the slice by code points", () => {
  const text = "Zoë 👨🏽‍🚒 Ibáñez 𝔗𝔦𝔡𝔢";
  const offsets = new OffsetMap(text);
  const points = [...text];
  for (let a = 0; a < points.length; a++) {
    for (let b = a + 1; b <= points.length; b++) {
      assert.equal(text.slice(offsets.toUtf16(a), offsets.toUtf16(b)), points.slice(a, b).join(""));
    }
  }
});
