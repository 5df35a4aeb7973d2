import assert from "node:assert/strict";
import { test } from "node:test";
import { cutAtMentions, membersLike, nameBeingTyped } from "../../static/editor/model/mentions.js";

const words = (/** @type {string} */ text, /** @type {string[]} */ names) =>
  cutAtMentions(text, names)
    .map(({ text: part, isMention }) => (isMention ? `[${part}]` : part))
    .join("");

test("a text is cut where it names somebody", () => {
  assert.equal(words("Ask @mara.", ["mara"]), "Ask [@mara].");
  assert.equal(words("@Mara, @rolf: see", ["mara"]), "[@Mara], @rolf: see");
  assert.equal(words("desk@mara.example", ["mara"]), "desk@mara.example");
  assert.equal(words("@аня…", ["аня"]), "[@аня]…");
  assert.deepEqual(cutAtMentions("", ["mara"]), []);
});

test("the name that is being typed", () => {
  assert.deepEqual(nameBeingTyped("Ask @ma", 7), { start: 4, name: "ma" });
  assert.deepEqual(nameBeingTyped("@", 1), { start: 0, name: "" });
  assert.deepEqual(nameBeingTyped("@mara and", 3), { start: 0, name: "ma" });
  assert.equal(nameBeingTyped("@mara and", 9), null);
  assert.equal(nameBeingTyped("me@ma", 5), null);
});

test("members are found by username and by every word of their name", () => {
  const team = [
    { username: "annotator", name: "Anna Lund" },
    { username: "mira", name: "Mira Manager" },
    { username: "lu", name: "" },
  ];
  const like = (/** @type {string} */ typed) => membersLike(team, typed).map((one) => one.username);
  assert.deepEqual(like("lu"), ["annotator", "lu"]);
  assert.deepEqual(like("MAN"), ["mira"]);
  assert.deepEqual(like(""), ["annotator", "mira", "lu"]);
  assert.deepEqual(like("z"), []);
});
