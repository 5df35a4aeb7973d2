import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../static/editor/sync/api.js";
import { sendInTurn } from "../../static/editor/sync/stragglers.js";

/** @param {string} key @param {string} id @returns {any} */
const row = (key, id) => ({ key, url: `/${key}/`, edit: { id, op: "add_label" } });
const ROWS = [row("a", "1"), row("b", "2"), row("a", "3"), row("c", "4")];

/** @param {Record<string, Error>} errors  by address */
async function send(errors) {
  const removed = /** @type {string[]} */ ([]);
  const post = async (/** @type {string} */ url, /** @type {any[]} */ edits) => {
    if (errors[url]) throw errors[url];
    return /** @type {any} */ ({ results: edits.map((edit) => ({ id: edit.id, status: "applied" })) });
  };
  const sent = await sendInTurn(ROWS, post, (rows) => removed.push(...rows.map((one) => one.edit.id)));
  return { sent, removed };
}

test("what was left over goes out, article by article", async () => {
  assert.deepEqual(await send({}), { sent: 4, removed: ["1", "3", "2", "4"] });
});

test("an article that the server refuses holds back no other", async () => {
  const errors = { "/a/": new ApiError(403, "Somebody else is at work on this article.") };
  assert.deepEqual(await send(errors), { sent: 2, removed: ["2", "4"] });
});

test("while the server is away nothing more is tried", async () => {
  assert.deepEqual(await send({ "/b/": new ApiError(0, "") }), { sent: 2, removed: ["1", "3"] });
});
