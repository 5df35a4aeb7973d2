import assert from "node:assert/strict";
import { test } from "node:test";
import { OffsetMap } from "../../static/editor/model/offsets.js";
import { Places } from "../../static/editor/state/places.js";
import { makeEditor, makeSpan } from "./builders.js";

const TEXT = "🙂 Maria Ellingsen met 41 ferries. New words.";
const answers = [{ value: "keep", title: "Right" }];
const lost = { kind: /** @type {const} */ ("lost"), label: "ORG", was: "Northline", answers };
const fresh = { kind: /** @type {const} */ ("new"), label: "", was: "", answers };

function setUp() {
  const span = makeSpan(3, 18, "PERSON");
  const { store } = makeEditor(TEXT, { spans: [span] });
  const changed = { kind: /** @type {const} */ ("changed"), label: "PERSON", was: "Mara Ellingsen", answers };
  const places = new Places(
    [
      { ...changed, id: 1, span: span.id, start: 2, end: 17 },
      { ...lost, id: 2, span: null, start: 17, end: 17 },
      { ...fresh, id: 3, span: null, start: 34, end: 43 },
    ],
    new OffsetMap(TEXT),
    store,
  );
  return { places, store, span };
}

test("places are walked in their order, round and round, in UTF-16", () => {
  const { places } = setUp();
  assert.deepEqual([places.step(1)?.id, places.current?.start], [1, 3]);
  assert.deepEqual([places.step(1)?.id, places.step(1)?.id, places.step(1)?.id], [2, 3, 1]);
  assert.equal(places.step(-1)?.id, 3);
  assert.equal(TEXT.slice(places.current?.start, places.current?.end), "New words");
});

test("a place that is settled is passed over, and comes back when its answer did not arrive", () => {
  const { places } = setUp();
  const first = places.step(1);
  assert.ok(first);
  places.settle(first);
  assert.deepEqual([places.current, places.open.map((one) => one.id)], [null, [2, 3]]);
  assert.equal(places.step(1)?.id, 2);
  places.settle(first, false);
  assert.equal(places.step(-1)?.id, 1);
});

test("a span that was changed or removed has been looked at, until that is undone", () => {
  const { places, store, span } = setUp();
  store.dispatch({ changes: [{ kind: "span", before: span, after: { ...span, label: "ORG" } }] });
  assert.deepEqual(
    places.open.map((one) => one.id),
    [2, 3],
  );
  store.undo();
  assert.equal(places.open.length, 3);
  for (const place of places.open) places.settle(place);
  assert.equal(places.step(1), null);
});
