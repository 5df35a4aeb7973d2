import assert from "node:assert/strict";
import { test } from "node:test";
import { Keys } from "../../static/editor/input/keys.js";
import { keyedValues } from "../../static/editor/model/attributes.js";
import { SchemaView } from "../../static/editor/model/schema.js";

/** @param {string} name @param {"choice" | "text" | "boolean"} type @param {string[]} [options] */
const attribute = (name, type, options = []) => ({
  name,
  type,
  options,
  labels: [],
  required: false,
  description: "",
});

/** @param {string} hotkey  of the only label */
function schemaWith(hotkey) {
  return new SchemaView({
    version: 1,
    labels: [{ name: "PERSON", colour: 0, hotkey, description: "", retired: false }],
    relations: [],
    attributes: [],
    article_labels: [],
    overlap: { equal: true, nested: true, crossing: true, discontinuous: false },
  });
}

test("every option and every yes has a number, a text has none", () => {
  const values = keyedValues([
    attribute("mention", "choice", ["name", "pronoun"]),
    attribute("link", "text"),
    attribute("generic", "boolean"),
  ]);
  assert.deepEqual(values, [
    { attribute: "mention", value: "name" },
    { attribute: "mention", value: "pronoun" },
    { attribute: "generic", value: true },
  ]);
});

test("a digit that is a label's gives no value; the next digit takes its place", () => {
  const preferences = { get: () => null, set: () => {} };
  const keysOf = (/** @type {string} */ hotkey) =>
    new Keys(schemaWith(hotkey), preferences).ofValues.map((one) => one.key).join("");
  assert.equal(keysOf("p"), "123456789");
  assert.equal(keysOf("2"), "13456789");
});
