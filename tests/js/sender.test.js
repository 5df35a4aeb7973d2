import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../static/editor/sync/api.js";
import { Sender } from "../../static/editor/sync/sender.js";
import { statusInWords } from "../../static/editor/sync/status.js";

/** @typedef {import("../../static/editor/types.js").WireEdit} WireEdit */

/** A sender with a server that answers as `answers` say, one after another, then takes everything. @param {number} count @param {Array<ApiError>} [answers] */
function makeSender(count, answers = []) {
  /** @type {WireEdit[]} */
  let unsent = Array.from({ length: count }, (_, i) => ({
    id: `e${i}`,
    op: "remove_span",
    span: { id: `s${i}` },
  }));
  const log = {
    batches: /** @type {string[][]} */ ([]),
    states: /** @type {string[]} */ ([]),
    waits: /** @type {number[]} */ ([]),
    inFlight: 0,
    most: 0,
  };
  /** @type {Array<() => void>} */
  const timers = [];
  const sender = new Sender({
    queue: {
      get size() {
        return unsent.length;
      },
      oldest: (limit) => unsent.slice(0, limit),
      remove: (ids) => {
        unsent = unsent.filter((edit) => !ids.has(edit.id));
      },
    },
    post: async (edits) => {
      log.most = Math.max(log.most, ++log.inFlight);
      await Promise.resolve();
      log.inFlight--;
      const failure = answers.shift();
      if (failure) throw failure;
      log.batches.push(edits.map((edit) => edit.id));
      return {
        version: 1,
        results: edits.map(({ id }) => ({ id, status: /** @type {const} */ ("applied") })),
      };
    },
    wait: (work, ms) => {
      log.waits.push(ms);
      timers.push(work);
    },
    onAnswer: () => {},
    onState: (state) => log.states.push(state),
  });
  const add = (/** @type {string} */ id) => unsent.push({ id, op: "remove_span", span: { id } });
  return { sender, log, timers, add };
}

test("edits go in order, at most a hundred at once, one request at a time", async () => {
  const { sender, log } = makeSender(250);
  sender.kick();
  sender.kick();
  assert.equal(await sender.flushed(), true);
  assert.deepEqual(
    log.batches.map((batch) => batch.length),
    [100, 100, 50],
  );
  assert.deepEqual(
    log.batches.flat(),
    Array.from({ length: 250 }, (_, i) => `e${i}`),
  );
  assert.equal(log.most, 1);
  assert.equal(log.states.at(-1), "saved");
});

test("an edit made while sending goes with the next batch", async () => {
  const { sender, log, add } = makeSender(1);
  sender.kick();
  add("late");
  sender.kick();
  assert.equal(await sender.flushed(), true);
  assert.deepEqual(log.batches.flat(), ["e0", "late"]);
});

test("a passing failure is tried again, each time later", async () => {
  const { sender, log, timers } = makeSender(2, [
    new ApiError(0, "offline"),
    new ApiError(503, "busy"),
    new ApiError(500, "oops"),
  ]);
  assert.equal(await sender.flushed(), false);
  assert.equal(log.states.at(-1), "offline");
  while (timers.length) {
    timers.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  }
  assert.deepEqual(log.waits, [1000, 2000, 4000]);
  assert.deepEqual(log.batches, [["e0", "e1"]]);
  assert.equal(log.states.at(-1), "saved");
});

test("a session that ended is said, kept and tried again", async () => {
  for (const error of [
    new ApiError(401, "Sign in."),
    new ApiError(403, "CSRF Failed: CSRF token missing."),
  ]) {
    const { sender, log } = makeSender(1, [error]);
    assert.equal(await sender.flushed(), false);
    assert.equal(log.states.at(-1), "signed-out");
    assert.equal(await sender.flushed(), true);
  }
});

const GONE = "The article was taken out of the project, or you were. Ask a manager.";

test("a refusal is said and not repeated by itself", async () => {
  for (const error of [
    new ApiError(409, "You submitted this article."),
    new ApiError(403, "Somebody else is at work on this article."),
    new ApiError(404, "There is nothing here, or you may not see it."),
  ]) {
    const { sender, log } = makeSender(1, [error]);
    assert.equal(await sender.flushed(), false);
    assert.equal(log.states.at(-1), "refused");
    assert.deepEqual(log.waits, []);
    assert.equal(sender.detail, error.status === 404 ? GONE : error.message);
  }
});

test("the state in words", () => {
  assert.equal(statusInWords("saved", 0, true, ""), "All changes saved");
  assert.equal(statusInWords("offline", 3, true, ""), "Offline — 3 changes kept on this computer");
  assert.equal(statusInWords("offline", 1, true, ""), "Offline — 1 change kept on this computer");
  assert.equal(statusInWords("signed-out", 1, true, ""), "Signed out — sign in again, nothing is lost");
});
