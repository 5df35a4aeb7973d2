import { lookAlikes } from "../model/lookalikes.js";
import { problemWithPlace } from "../model/overlap.js";
import { newSpan } from "../model/span.js";

/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../model/lookalikes.js").Likeness} Likeness */
/** @typedef {import("../model/units.js").Stretch} Stretch */
/** @typedef {import("../model/units.js").TextUnits} TextUnits */
/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("../model/schema.js").SchemaView} SchemaView */
/** @typedef {{store: Store, schema: SchemaView, units: TextUnits}} Desk */

/**
 * Where else a mention could get its label: the same words, not labelled in any way yet, and only where the
 * schema lets such a span be.
 * @param {Desk} desk
 * @param {Mark} model  a span, or a suggestion (which then is among the places itself)
 * @param {Likeness} likeness
 * @returns {{places: Stretch[], refused: number}} refused: places where the schema would not have it
 */
export function unlabelledLike({ store, schema, units }, model, likeness) {
  const title = (/** @type {string} */ name) => schema.title(name);
  /** @type {Stretch[]} */
  const places = [];
  const probe = newSpan(model, model.label);
  let refused = 0;
  for (const stretch of lookAlikes(units, model, likeness)) {
    const here = store.layer.marksMeeting(stretch.start, stretch.end);
    if (isLabelled(stretch, here)) continue;
    if (problemWithPlace({ ...probe, ...stretch }, here, schema.overlap, title)) refused++;
    else places.push(stretch);
  }
  return { places, refused };
}

/**
 * The next stretch that reads like a labelled one and is not: first onward those like what is active or selected,
 * then those like any span, then round from the beginning.
 * @param {Desk} desk
 * @returns {{place: Stretch, label: string} | null}
 */
export function nextLookAlike(desk) {
  const { active, selected, layer } = desk.store;
  const likeness = { ignoreCase: false, inflected: false };
  const from = selected?.start ?? -1;
  const onward = (/** @type {Stretch} */ place) => place.start > from;
  const spans = spansByWords(desk.store);
  const here = active ?? selected;
  const model = here && spans.get(layer.text.slice(here.start, here.end));
  const own = model && unlabelledLike(desk, model, likeness).places.find(onward);
  if (own) return { place: own, label: model.label };
  const all = [...spans.values()].flatMap((span) =>
    unlabelledLike(desk, span, likeness).places.map((place) => ({ place, label: span.label })),
  );
  all.sort((a, b) => a.place.start - b.place.start || b.place.end - a.place.end);
  return all.find(({ place }) => onward(place)) ?? all[0] ?? null;
}

/** A span for each way of writing that is labelled. @param {Store} store */
function spansByWords({ layer, active }) {
  /** @type {Map<string, Span>} */
  const byWords = new Map();
  for (const span of layer.spans.values()) {
    const words = layer.text.slice(span.start, span.end);
    if (!span.fragments.length && byWords.get(words) !== active) byWords.set(words, span);
  }
  return byWords;
}

/** @param {Stretch} stretch @param {Iterable<Mark>} marks */
function isLabelled({ start, end }, marks) {
  for (const mark of marks) {
    if (mark.kind === "span" && mark.start === start && mark.end === end) return true;
  }
  return false;
}
