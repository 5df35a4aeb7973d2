import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { gettext, ngettext } from "../../static/editor/model/words.js";

const page = /** @type {{django?: object}} */ (globalThis);
afterEach(() => delete page.django);

test("English needs no catalogue", () => {
  assert.equal(gettext("Saved"), "Saved");
  assert.equal(
    gettext("%(name)s is here, %(other)s is not", { name: "Ann" }),
    "Ann is here, %(other)s is not",
  );
  assert.equal(ngettext("%(count)s span", "%(count)s spans", 1), "1 span");
  assert.equal(ngettext("%(count)s span", "%(count)s spans", 5), "5 spans");
});

test("the page's language is spoken where there is a catalogue", () => {
  page.django = {
    gettext: (/** @type {string} */ text) => (text === "Saved" ? "Сохранено" : text),
    ngettext: (/** @type {string} */ _one, /** @type {string} */ _many, /** @type {number} */ count) =>
      count === 1 ? "%(count)s фрагмент" : "%(count)s фрагментов",
  };
  assert.equal(gettext("Saved"), "Сохранено");
  assert.equal(gettext("Unknown"), "Unknown");
  assert.equal(ngettext("%(count)s span", "%(count)s spans", 5), "5 фрагментов");
});

test("what is filled in is not filled in again", () => {
  assert.equal(gettext("%(a)s", { a: "%(b)s", b: "no" }), "%(b)s");
});

test("numbers are written as the page's language writes them", () => {
  assert.equal(ngettext("%(count)s span", "%(count)s spans", 1200), "1,200 spans");
  page.django = {
    language: "ru",
    gettext: (/** @type {string} */ text) => text,
    ngettext: (/** @type {string} */ _one, /** @type {string} */ many) => many,
  };
  assert.match(ngettext("%(count)s span", "%(count)s spans", 12_000), /^12\s000 spans$/);
});
