import assert from "node:assert/strict";
import { test } from "node:test";
import { Paragraphs } from "../../static/editor/model/paragraphs.js";
import { TextUnits } from "../../static/editor/model/units.js";

/** @param {string} text @param {string} [language] */
function unitsOf(text, language = "en") {
  return new TextUnits(text, new Paragraphs(text), language);
}

/** @param {string} text @param {{start: number, end: number} | null} stretch */
function cut(text, stretch) {
  return stretch && text.slice(stretch.start, stretch.end);
}

test("the cursor stops at words and at signs that people label, not at commas", () => {
  const text = "“Hello,” she paid €5 (2.4 %).";
  const stops = unitsOf(text)
    .stops(0)
    .map((stop) => cut(text, stop));
  assert.deepEqual(stops, ["Hello", "she", "paid", "€", "5", "2.4", "%"]);
});

test("Chinese has words without spaces", () => {
  const text = "林国栋在广州";
  assert.ok(unitsOf(text, "zh").stops(0).length > 1);
});

test("stops go on over empty paragraphs, both ways", () => {
  const text = "one\n\n\ntwo";
  const units = unitsOf(text);
  assert.equal(cut(text, units.nextStop(3)), "two");
  assert.equal(cut(text, units.previousStop(6)), "one");
  assert.equal(units.nextStop(9), null);
});

test("a drag takes whole words and drops spaces and punctuation at its edges", () => {
  const text = "In Rotterdam, “Noordzee Bank” fell.";
  const units = unitsOf(text);
  assert.equal(cut(text, units.trimmed(units.wholeWords(5, 14))), "Rotterdam");
  assert.equal(cut(text, units.trimmed(units.wholeWords(14, 29))), "Noordzee Bank");
});

test("punctuation alone can still be chosen", () => {
  const text = "yes … no";
  assert.equal(cut(text, unitsOf(text).trimmed({ start: 3, end: 6 })), "…");
});

test("a selection never splits a grapheme", () => {
  const text = "x👩‍👩‍👧‍👦e\u0301🇹🇷y";
  const units = unitsOf(text);
  assert.equal(cut(text, units.wholeGraphemes(3, 4)), "👩‍👩‍👧‍👦");
  const accent = text.indexOf("e");
  assert.equal(cut(text, units.wholeGraphemes(accent + 1, accent + 2)), "e\u0301");
  assert.equal(units.graphemeStep(1, 1), accent);
  assert.equal(units.graphemeStep(accent, -1), 1);
  assert.equal(units.graphemeStep(text.length, 1), text.length);
});

test("an unknown language falls back instead of failing", () => {
  assert.equal(unitsOf("a b", "not a language").stops(0).length, 2);
});

test("sentences are found in both directions", () => {
  const text = "One came. Two went.\nThree stayed.";
  const units = unitsOf(text);
  assert.equal(cut(text, units.sentenceStop(0, 1)), "Two");
  assert.equal(cut(text, units.sentenceStop(10, 1)), "Three");
  assert.equal(cut(text, units.sentenceStop(20, -1)), "Two");
  assert.equal(units.sentenceStop(20, 1), null);
});

test("the stop of an abbreviation is part of the word", () => {
  const text = "Acme Inc. of the U.S. sued at 5 a.m. on bbc.co.uk. John F. Weir, too.";
  const stops = unitsOf(text)
    .stops(0)
    .map((stop) => cut(text, stop));
  assert.deepEqual(stops, [
    "Acme",
    "Inc.",
    "of",
    "the",
    "U.S.",
    "sued",
    "at",
    "5",
    "a.m.",
    "on",
    "bbc.co.uk",
    "John",
    "F.",
    "Weir",
    "too",
  ]);
});
