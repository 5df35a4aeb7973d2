import assert from "node:assert/strict";
import { test } from "node:test";
import {
  partAt,
  partsOf,
  withoutPart,
  withPart,
  withPartMoved,
} from "../../static/editor/model/fragments.js";
import { makeEditor, makeSpan, randomFrom } from "./builders.js";

/** @param {import("../../static/editor/types.js").Span} span */
function shape({ start, end, fragments }) {
  return { start, end, fragments };
}

test("parts are in order, and the span is their envelope", () => {
  const span = withPart(makeSpan(10, 14), { start: 2, end: 5 });
  const parts = [
    [2, 5],
    [10, 14],
  ];
  assert.deepEqual(shape(span), { start: 2, end: 14, fragments: parts });
  assert.equal(partAt(span, { start: 10, end: 14 }), 1);
  assert.equal(partAt(span, { start: 2, end: 14 }), null);
});

test("parts that touch or overlap become one, and one part is no part", () => {
  assert.deepEqual(shape(withPart(makeSpan(10, 14), { start: 14, end: 20 })), {
    start: 10,
    end: 20,
    fragments: [],
  });
  const three = withPart(withPart(makeSpan(0, 2), { start: 4, end: 6 }), { start: 8, end: 9 });
  assert.equal(three.fragments.length, 3);
  assert.deepEqual(withPart(three, { start: 1, end: 8 }).fragments, []);
});

test("parts are taken away and moved; the last one stays", () => {
  const span = withPart(makeSpan(0, 2), { start: 4, end: 6 });
  assert.deepEqual(shape(withoutPart(span, 0)), { start: 4, end: 6, fragments: [] });
  assert.deepEqual(withoutPart(makeSpan(0, 2), 0).end, 2);
  assert.deepEqual(withPartMoved(span, 1, { start: 4, end: 9 }).fragments, [
    [0, 2],
    [4, 9],
  ]);
});

test("whatever is done to its parts, a span is what the server takes", () => {
  const random = randomFrom(11);
  for (let round = 0; round < 200; round++) {
    let span = makeSpan(5, 8);
    for (let i = 0; i < 6; i++) {
      const start = random(40);
      const stretch = { start, end: start + 1 + random(6) };
      const index = random(partsOf(span).length);
      const ways = [withPart(span, stretch), withoutPart(span, index), withPartMoved(span, index, stretch)];
      span = ways[random(3)] ?? span;
      assert.ok(span.start < span.end);
      assert.notEqual(span.fragments.length, 1);
      if (!span.fragments.length) continue;
      assert.equal(span.fragments[0]?.[0], span.start);
      assert.equal(span.fragments.at(-1)?.[1], span.end);
      span.fragments.forEach(([from, to], n) => {
        assert.ok(from < to && (n === 0 || from > (span.fragments[n - 1]?.[1] ?? 0)));
      });
    }
  }
});

test("where the schema allows no gaps, adding a part is refused in words", () => {
  const span = makeSpan(0, 4);
  const flat = makeEditor("Left and right ventricle", { spans: [span] });
  assert.equal(flat.actions.addPart(span, { start: 15, end: 24 }), false);
  assert.match(flat.told[0] ?? "", /does not allow spans with gaps/);
  const allowing = makeEditor("Left and right ventricle", {
    spans: [span],
    overlap: { discontinuous: true },
  });
  assert.ok(allowing.actions.addPart(span, { start: 15, end: 24 }));
  const grown = allowing.layer.spans.get(span.id);
  assert.ok(grown);
  assert.equal(allowing.layer.surface(grown), "Left … ventricle");
  assert.ok(allowing.actions.resize(grown, { start: 9, end: 24 }, 1));
  allowing.store.undo();
  allowing.store.undo();
  assert.deepEqual(allowing.layer.spans.get(span.id)?.fragments, []);
});

test("a span that waits for words waits no more when it goes or another is active", () => {
  const [span, other] = [makeSpan(0, 4), makeSpan(9, 14)];
  const { store, actions } = makeEditor("Left and right ventricle", { spans: [span, other] });
  store.dispatch({ view: { growing: span.id, active: null } });
  assert.equal(store.view.growing, span.id);
  store.dispatch({ view: { active: other.id } });
  assert.equal(store.view.growing, null);
  store.dispatch({ view: { growing: span.id, active: span.id } });
  actions.remove(span);
  assert.equal(store.view.growing, null);
});
