import assert from "node:assert/strict";
import { test } from "node:test";
import { Preferences } from "../../static/editor/sync/preferences.js";

/** @param {Map<string, string>} stored @param {{user?: string, saved?: Record<string, unknown>, isDown?: boolean}} [options] */
function open(stored, { user = "alice", saved = {}, isDown = false } = {}) {
  /** @type {Record<string, unknown>[]} */
  const sent = [];
  const preferences = new Preferences({
    user,
    saved,
    storage: {
      getItem: (name) => stored.get(name) ?? null,
      setItem: (name, value) => void stored.set(name, value),
    },
    send: async (changes) => {
      if (isDown) throw new Error("down");
      sent.push(changes);
    },
  });
  return { preferences, sent };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("what is set holds at once and goes to the server", async () => {
  const { preferences, sent } = open(new Map());
  assert.equal(preferences.get("trim"), null);
  preferences.set("trim", false);
  assert.equal(preferences.get("trim"), false);
  await settled();
  assert.deepEqual(sent, [{ trim: false }]);
});

test("the server's word holds on another computer, and after it was heard", async () => {
  const stored = new Map();
  assert.equal(open(stored, { saved: { trim: false } }).preferences.get("trim"), false);
  open(stored).preferences.set("trim", false);
  await settled();
  // The page may have left the server before that was heard, so what is here holds for a while.
  assert.equal(open(stored, { saved: { trim: true } }).preferences.get("trim"), false);
  const [entry] = Object.values(JSON.parse(stored.get("annotator:trim")));
  stored.set("annotator:trim", JSON.stringify({ alice: { ...entry, sentAt: entry.sentAt - 120_000 } }));
  assert.equal(open(stored, { saved: { trim: true } }).preferences.get("trim"), true);
});

test("what could not be sent is kept here and sent by the next page", async () => {
  const stored = new Map();
  open(stored, { isDown: true }).preferences.set("keys", { p: "x" });
  await settled();
  const next = open(stored, { saved: { keys: {} } });
  assert.deepEqual(next.preferences.get("keys"), { p: "x" });
  await settled();
  assert.deepEqual(next.sent, [{ keys: { p: "x" } }]);
});

test("people at one computer do not share, and broken storage is no storage", () => {
  const stored = new Map();
  open(stored).preferences.set("trim", false);
  assert.equal(open(stored, { user: "bob" }).preferences.get("trim"), null);
  stored.set("annotator:trim", "{broken");
  assert.equal(open(stored).preferences.get("trim"), null);
});
