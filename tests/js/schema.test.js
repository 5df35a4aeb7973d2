import assert from "node:assert/strict";
import { test } from "node:test";
import { readableName } from "../../static/editor/model/schema.js";
import { makeSchema } from "./builders.js";

test("names read as words, initialisms as they are", () => {
  assert.equal(readableName("STATE_OR_PROVINCE"), "State or province");
  assert.equal(readableName("PERSON"), "Person");
  assert.equal(readableName("GPE"), "GPE");
  assert.equal(readableName("Person"), "Person");
  assert.equal(readableName("PART-WHOLE"), "Part-whole");
});

test("labels without a hotkey get a spare one, and none is given twice", () => {
  const schema = makeSchema({}, [
    ["A", "1"],
    ["B", ""],
    ["C", "2"],
    ["D", ""],
    ["E", "xy"],
  ]);
  assert.equal(schema.keys.get("1"), "A");
  assert.equal(schema.keyOf.get("B"), "3");
  assert.equal(schema.keyOf.get("E"), "xy");
  assert.equal(new Set(schema.keyOf.values()).size, 5);
});

test("a key that begins a two-key label is not given away", () => {
  const many = Array.from(
    { length: 40 },
    (_, i) => /** @type {[string, string]} */ ([`L${i}`, i === 0 ? "qa" : ""]),
  );
  const schema = makeSchema({}, many);
  assert.ok(!schema.keys.has("q"));
});

test("attributes belong to all labels or to those they name", () => {
  const schema = makeSchema();
  assert.deepEqual(
    schema.attributesOf("PERSON").map((one) => one.name),
    ["mention", "born"],
  );
  assert.deepEqual(
    schema.attributesOf("ORG").map((one) => one.name),
    ["mention"],
  );
});
