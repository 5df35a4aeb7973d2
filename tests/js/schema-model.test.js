import assert from "node:assert/strict";
import { test } from "node:test";
import {
  freeColour,
  freeHotkey,
  moved,
  newLabel,
  normalised,
  removeLabel,
  renameLabel,
} from "../../static/elements/schema-model.js";

/** @param {string} name @param {Partial<import("../../static/elements/schema-model.js").Label>} [more] */
const label = (name, more = {}) => ({
  name,
  colour: 0,
  hotkey: "",
  description: "",
  retired: false,
  ...more,
});

const definition = () =>
  normalised({
    labels: [label("PERSON", { hotkey: "p" }), label("QUOTE", { colour: 1, hotkey: "q" })],
    relations: [{ name: "SPEAKER_OF", sources: ["PERSON"], targets: ["QUOTE"] }],
    attributes: [{ name: "mention", type: "text", labels: ["PERSON"] }],
  });

test("a new label gets the first colour that no label in use has", () => {
  assert.equal(newLabel([label("A"), label("B", { colour: 2 })], 36).colour, 1);
  assert.equal(freeColour([label("A", { retired: true })], 36), 0);
  const all = Array.from({ length: 36 }, (_, colour) => label(`L${colour}`, { colour }));
  assert.ok(freeColour(all, 36) < 36, "with all in use any will do");
});

test("a key comes from the name when one of its letters is free", () => {
  assert.equal(freeHotkey([label("PERSON", { hotkey: "p" })], "PLACE"), "l");
  assert.equal(freeHotkey([], "Қала"), "a");
  assert.equal(freeHotkey([label("PERSON", { hotkey: "p", retired: true })], "P"), "p");
});

test("an entry moves, and stays within the list", () => {
  assert.deepEqual(moved(["a", "b", "c"], 0, 2), ["b", "c", "a"]);
  assert.deepEqual(moved(["a", "b", "c"], 2, -5), ["c", "a", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], 0, 9), ["b", "c", "a"]);
});

test("another name and a removal reach whatever names the label", () => {
  const one = definition();
  const [person, quote] = one.labels;
  assert.ok(person && quote);
  renameLabel(one, person, "HUMAN");
  removeLabel(one, quote);
  assert.deepEqual(one.relations[0]?.sources, ["HUMAN"]);
  assert.deepEqual(one.relations[0]?.targets, []);
  assert.deepEqual(one.attributes[0]?.labels, ["HUMAN"]);
});

test("only a relation type that says so forms chains", () => {
  const chains = [true, undefined, "yes"].map((chain) =>
    normalised({ relations: [{ name: "SAME", chain }] }),
  );
  assert.deepEqual(
    chains.map((one) => one.relations[0]?.chain),
    [true, false, false],
  );
});

test("anything at all becomes a schema that the page can show", () => {
  for (const data of [
    null,
    3,
    [],
    { labels: 3 },
    { labels: [null, { name: 7, colour: "red" }] },
    { overlap: 1 },
  ]) {
    const one = normalised(data);
    assert.ok(one.labels.every((row) => typeof row.name === "string" && Number.isInteger(row.colour)));
    assert.equal(one.overlap.nested, true);
  }
});
