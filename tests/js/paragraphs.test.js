import assert from "node:assert/strict";
import { test } from "node:test";
import { Paragraphs } from "../../static/editor/model/paragraphs.js";

for (const text of ["", "one", "one\ntwo", "one\n\n\ntwo\n", "\n", "a\r\nb"]) {
  test(`paragraphs of ${JSON.stringify(text)} are the whole text, each found by its characters`, () => {
    const paragraphs = new Paragraphs(text);
    const parts = Array.from({ length: paragraphs.count }, (_, i) =>
      text.slice(paragraphs.start(i), paragraphs.end(i)),
    );
    assert.equal(parts.join(""), text);
    for (let i = 0; i < text.length; i++) {
      const p = paragraphs.at(i);
      assert.ok(paragraphs.start(p) <= i && i < paragraphs.end(p));
    }
  });
}

test("a stretch knows its first and last paragraph", () => {
  const paragraphs = new Paragraphs("ab\ncd\nef");
  assert.deepEqual(paragraphs.range(0, 3), [0, 0]);
  assert.deepEqual(paragraphs.range(1, 4), [0, 1]);
  assert.deepEqual(paragraphs.range(4, 8), [1, 2]);
});
