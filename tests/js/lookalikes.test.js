import assert from "node:assert/strict";
import { test } from "node:test";
import { areFormsOfOneWord, lookAlikes } from "../../static/editor/model/lookalikes.js";
import { Paragraphs } from "../../static/editor/model/paragraphs.js";
import { TextUnits } from "../../static/editor/model/units.js";

/** @param {string} text @param {string} model  found at its first occurrence @param {{ignoreCase?: boolean, inflected?: boolean, language?: string}} [options] */
function found(text, model, { ignoreCase = false, inflected = false, language = "en" } = {}) {
  const units = new TextUnits(text, new Paragraphs(text), language);
  const start = text.indexOf(model);
  const stretches = lookAlikes(units, { start, end: start + model.length }, { ignoreCase, inflected });
  return stretches.map((one) => text.slice(one.start, one.end));
}

test("identical words are found as whole words, in possessives and compounds too", () => {
  const text = "Iran met Iranians. Iran's envoy left the US-Iran talks; IRAN said no.";
  assert.deepEqual(found(text, "Iran"), ["Iran", "Iran", "Iran"]);
  assert.deepEqual(found(text, "Iran", { ignoreCase: true }), ["Iran", "Iran", "Iran", "IRAN"]);
});

test("a line end between words is as good as a space", () => {
  assert.deepEqual(found("New York and New\nYork.", "New York"), ["New York", "New\nYork"]);
});

test("signs in the words are themselves, not patterns", () => {
  assert.deepEqual(found("U.S. aid, UxSx, U.S.", "U.S."), ["U.S.", "U.S."]);
  assert.deepEqual(found("C++ (a|b) C++", "C++"), ["C++", "C++"]);
});

test("endings of Kazakh, Russian and Turkish words", () => {
  const text = "Казахстан, Казахстана, Казахстаном; казахстан; Казах.";
  assert.deepEqual(found(text, "Казахстана", { inflected: true, language: "ru" }), [
    "Казахстан",
    "Казахстана",
    "Казахстаном",
  ]);
  assert.deepEqual(
    found("Касым-Жомарт Токаев. С Касым-Жомартом Токаевым.", "Касым-Жомарт Токаев", { inflected: true }),
    ["Касым-Жомарт Токаев", "Касым-Жомартом Токаевым"],
  );
  assert.ok(areFormsOfOneWord("Қазақстан", "Қазақстандағы"));
  assert.ok(areFormsOfOneWord("Россия", "Россией"));
  assert.ok(areFormsOfOneWord("Ankara", "Ankaraya"));
  assert.ok(!areFormsOfOneWord("Казах", "Казахстан"));
  assert.ok(!areFormsOfOneWord("Anna", "Anne"));
  assert.ok(!areFormsOfOneWord("1990", "19901"));
});

test("Turkish capitals", () => {
  assert.deepEqual(found("Diyarbakır, DİYARBAKIR", "Diyarbakır", { ignoreCase: true, language: "tr" }), [
    "Diyarbakır",
    "DİYARBAKIR",
  ]);
});

test("in Chinese a whole word is one a dictionary finds; endings are not guessed", () => {
  const text = "北京和上海。北京人。";
  assert.ok(found(text, "北京", { language: "zh", inflected: true }).length >= 1);
  assert.deepEqual(found("东京都 东京", "东京", { language: "zh" }).at(-1), "东京");
});

test("right to left, combining marks, emoji", () => {
  assert.deepEqual(found("القاهرة ثم القاهرة والقاهرة", "القاهرة", { language: "ar" }), [
    "القاهرة",
    "القاهرة",
  ]);
  assert.deepEqual(found("दिल्ली, दिल्लीवाले, दिल्ली।", "दिल्ली", { language: "hi" }), ["दिल्ली", "दिल्ली"]);
  assert.deepEqual(found("Zoe, Zoe\u0301, Zoe", "Zoe"), ["Zoe", "Zoe"]);
  assert.deepEqual(found("👩 and 👩‍👧 and 👩", "👩"), ["👩", "👩"]);
});

test("nothing comes of nothing, nor of whole paragraphs", () => {
  assert.deepEqual(found("  a", " "), []);
  const long = "word ".repeat(60);
  assert.deepEqual(found(long + long, long), []);
});
