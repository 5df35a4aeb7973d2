import assert from "node:assert/strict";
import { test } from "node:test";
import { placeInAddress } from "../../static/editor/model/address.js";

test("an address asks for a place in code points", () => {
  assert.deepEqual(placeInAddress("?at=3-10", 10), { start: 3, end: 10 });
  assert.deepEqual(placeInAddress("?review=1&at=0-1", 10), { start: 0, end: 1 });
});

for (const search of [
  "",
  "?at=",
  "?at=5",
  "?at=5-5",
  "?at=7-3",
  "?at=3-11",
  "?at=-1-4",
  "?at=1-2-3",
  "?at=a-b",
])
  test(`${JSON.stringify(search)} asks for no place of the text`, () => {
    assert.equal(placeInAddress(search, 10), null);
  });
