import assert from "node:assert/strict";
import { test } from "node:test";
import { OffsetMap } from "../../static/editor/model/offsets.js";
import { Drafts } from "../../static/editor/sync/drafts.js";
import { Talk } from "../../static/editor/sync/talk.js";

const URL = "/api/v1/articles/1/threads/";
const TEXT = "😀 Bergen waits.";

/** @param {string} id @param {{texts?: string[], start?: number | null, end?: number | null, span?: string | null, isResolved?: boolean}} [parts] */
function wire(id, { texts = ["Hm?"], start = null, end = null, span = null, isResolved = false } = {}) {
  const by = { username: "mara", name: "Mara" };
  const at = "2026-11-24T12:00:00+00:00";
  return {
    id,
    start,
    end,
    span,
    resolved: isResolved ? { by, at } : null,
    comments: texts.map((text, i) => ({ id: `${id}-${i}`, by, text, at, edited_at: null, mentions: [] })),
  };
}

/** @param {ReturnType<typeof wire>[]} threads @param {(method: string, url: string, body?: any) => any} [answer] */
function open(threads, answer = () => null) {
  /** @type {Array<[string, string, any]>} */
  const sent = [];
  const call =
    (/** @type {string} */ method) =>
    async (/** @type {string} */ url, /** @type {any} */ body = undefined) => {
      sent.push([method, url, body]);
      return answer(method, url, body);
    };
  const api = { get: call("GET"), post: call("POST"), patch: call("PATCH") };
  const boot = /** @type {any} */ ({ threads, urls: { threads: URL }, mode: "annotate" });
  return { talk: new Talk({ boot, api, offsets: new OffsetMap(TEXT) }), sent };
}

test("places are code points on the wire and UTF-16 here", async () => {
  const { talk, sent } = open([wire("a", { start: 2, end: 8 })], () => wire("b", { texts: ["So?"] }));
  assert.deepEqual([talk.threads[0]?.start, talk.threads[0]?.end], [3, 9]);
  await talk.begin({ id: "b-0", thread: "b", text: "So?", place: { start: 3, end: 9, span: null } });
  assert.deepEqual(sent, [
    ["POST", URL, { id: "b", comment: "b-0", text: "So?", start: 2, end: 8, span: null }],
  ]);
  assert.deepEqual(
    talk.threads.map((one) => one.id),
    ["a", "b"],
  );
});

test("threads about a span are found by it, or by exactly its words, until they are resolved", () => {
  const { talk } = open([
    wire("a", { start: 2, end: 8, span: "s" }),
    wire("b", { start: 2, end: 8 }),
    wire("c", { start: 2, end: 8, span: "s", isResolved: true }),
    wire("d"),
  ]);
  const ids = (/** @type {any} */ mark) => talk.about(mark).map((one) => one.id);
  assert.deepEqual(ids({ id: "s", start: 3, end: 9 }), ["a", "b"]);
  assert.deepEqual(ids({ id: "s", start: 3, end: 8 }), ["a"]);
  assert.equal(talk.unresolved.length, 3);
});

test("words that were changed after an answer got lost are sent again as a change", async () => {
  const { talk, sent } = open([wire("a")], (method) =>
    wire("a", { texts: ["Hm?", method === "PATCH" ? "New words" : "Old words"] }),
  );
  await talk.reply({ id: "a-1", thread: "a", text: "New words ", place: null });
  assert.deepEqual(sent, [
    ["POST", `${URL}a/comments/`, { id: "a-1", text: "New words " }],
    ["PATCH", `${URL}a/comments/a-1/`, { text: "New words " }],
  ]);
  assert.equal(talk.threads[0]?.comments.at(-1)?.text, "New words");
});

test("listeners hear of what others said, and of nothing else", async () => {
  let threads = [wire("a")];
  const { talk } = open(threads, () => threads);
  let told = 0;
  talk.listeners.push(() => told++);
  await talk.refresh();
  assert.equal(told, 0);
  threads = [wire("a", { isResolved: true })];
  await talk.refresh();
  assert.equal(told, 1);
  assert.equal(talk.unresolved.length, 0);
});

test("an answer from before one's own last word does not take it away", async () => {
  /** @type {(threads: unknown) => void} */
  let answer = () => {};
  const { talk } = open([], (method) =>
    method === "GET"
      ? new Promise((resolve) => {
          answer = resolve;
        })
      : wire("a"),
  );
  const refreshed = talk.refresh();
  await talk.begin({ id: "a-0", thread: "a", text: "Hm?", place: null });
  answer([]);
  await refreshed;
  assert.equal(talk.threads.length, 1);
});

test("a draft is kept by user and article, and a broken one is none", () => {
  /** @type {Map<string, string>} */
  const kept = new Map();
  const storage = {
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => void kept.set(name, value),
    removeItem: (/** @type {string} */ name) => void kept.delete(name),
  };
  const mine = new Drafts({ storage, owner: "mara:1" });
  const draft = { id: "c", thread: "t", text: "Half a", place: null };
  mine.keep("new", draft);
  assert.deepEqual(mine.get("new"), draft);
  assert.equal(new Drafts({ storage, owner: "rolf:1" }).get("new"), null);
  for (const name of kept.keys()) kept.set(name, "{");
  assert.equal(mine.get("new"), null);
  mine.forget("new");
  assert.equal(kept.size, 0);
  assert.equal(new Drafts({ storage: null, owner: "x" }).get("new"), null);
});
