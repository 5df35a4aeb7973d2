import assert from "node:assert/strict";
import { test } from "node:test";
import { trimmedEdges } from "../../static/editor/model/edges.js";

/** @param {string} text @param {string} [words]  the stretch, all of the text when left out */
function trimmed(text, words = text) {
  const start = text.indexOf(words);
  const stretch = trimmedEdges(text, { start, end: start + words.length });
  return text.slice(stretch.start, stretch.end);
}

test("spaces, commas, quotation marks and brackets at the edges go", () => {
  for (const [given, kept] of [
    [" Oslo, ", "Oslo"],
    ["“Noordzee Bank”", "Noordzee Bank"],
    ['"Kazakhstan,"', "Kazakhstan"],
    ["«Казахстан».", "Казахстан"],
    ["(Northline) —", "Northline"],
    ["((deep))", "deep"],
    ["„Bild“", "Bild"],
    ["「東京」、", "東京"],
    ["दिल्ली।", "दिल्ली"],
    ["\u200fالقاهرة،\u200f", "القاهرة"],
    ["¿Madrid?", "Madrid"],
    ["ministers'", "ministers"],
  ]) {
    assert.equal(trimmed(given ?? ""), kept);
  }
});

test("what balances inside stays", () => {
  for (const words of ["Smith (R)", "(R) Smith", 'the "Times"', "«А» и «Б»", "f(x) (y)"]) {
    assert.equal(trimmed(words), words);
  }
  assert.equal(trimmed("(R), Smith) said", "(R), Smith)"), "(R), Smith");
});

test("the stop of an abbreviation or initial stays, that of a sentence goes", () => {
  for (const words of ["U.S.", "Acme Inc.", "John F.", "a.m.", "Ph.D.", "5 млн.", "Т.Г.", "Jr."]) {
    assert.equal(trimmed(words), words);
    assert.equal(trimmed(`${words},`), words);
  }
  for (const words of ["Oslo.", "went home.", "1990.", "Oslo...", "etc..", "him."]) {
    assert.ok(!trimmed(words).endsWith("."));
  }
  assert.equal(trimmed("“Acme Inc.”"), "Acme Inc.");
});

test("signs that belong to a number or a name stay", () => {
  for (const words of ["5%", "#metoo", "@who", "§ 12", "$5", "’90s", "-5 °C", "*️⃣ star"]) {
    assert.equal(trimmed(words), words);
  }
  assert.equal(trimmed("2019-20", "-20"), "20");
});

test("punctuation alone can still be chosen", () => {
  assert.equal(trimmed(" … "), "…");
  assert.equal(trimmed("()"), "()");
  assert.equal(trimmed("  "), "");
});
