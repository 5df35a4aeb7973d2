import { choiceFromWire, relationFromWire, spanFromWire } from "../state/load.js";

/** @typedef {import("../types.js").Change} Change */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").WireLayer} WireLayer */
/** @typedef {import("../model/layer.js").Layer} Layer */
/** @typedef {import("../model/offsets.js").OffsetMap} OffsetMap */

/**
 * The changes that make the layer here equal to the server's, in an order in which each fits when it is made:
 * relations go before their ends and come after them.
 * @param {Layer} layer
 * @param {WireLayer} wire
 * @param {OffsetMap} offsets
 * @returns {Change[]}
 */
export function differences(layer, wire, offsets) {
  const theirs = new Map(wire.spans.map((one) => [one.id, spanFromWire(one, offsets)]));
  const relations = relationDifferences(layer, wire);
  return [
    ...relations.filter((one) => !one.after),
    ...spanDifferences(layer, theirs),
    ...suggestionDifferences(layer, theirs, rejectedPlaces(wire, offsets)),
    ...relations.filter((one) => one.after),
    ...labelDifferences(layer, wire),
    ...decisionDifferences(layer, wire),
  ];
}

/** @param {Layer} layer @param {Map<string, Span>} theirs @returns {Change[]} */
function spanDifferences(layer, theirs) {
  /** @type {Change[]} */
  const changes = [];
  for (const before of layer.spans.values()) {
    const after = theirs.get(before.id) ?? null;
    if (!after || fingerprint(after) !== fingerprint(before)) changes.push({ kind: "span", before, after });
  }
  for (const after of theirs.values()) {
    if (!layer.spans.has(after.id)) changes.push({ kind: "span", before: null, after });
  }
  return changes;
}

/** @param {Span} span */
function fingerprint({ start, end, label, attributes, fragments }) {
  return JSON.stringify([start, end, label, Object.entries(attributes).sort(), fragments]);
}

/**
 * A suggestion is open unless a span answers it, by naming it or by standing just there, or it was rejected.
 * @param {Layer} layer
 * @param {Map<string, Span>} theirs
 * @param {ReadonlySet<string>} rejected  places as `placeOf` writes them
 * @returns {Change[]}
 */
function suggestionDifferences(layer, theirs, rejected) {
  const answered = new Set(Array.from(theirs.values(), (span) => span.suggestion));
  const taken = new Set(Array.from(theirs.values(), placeOf));
  return [...layer.known.values()].flatMap((one) => {
    const place = placeOf(one);
    const isOpen = !answered.has(one.id) && !taken.has(place) && !rejected.has(place);
    if (isOpen === layer.suggestions.has(one.id)) return [];
    // What opens again may have been rejected; saying so is harmless when it was not.
    const verdict = isOpen || rejected.has(place) ? "rejected" : "accepted";
    return [{ kind: "suggestion", verdict, before: isOpen ? null : one, after: isOpen ? one : null }];
  });
}

/** @param {{start: number, end: number, label: string}} mark */
function placeOf({ start, end, label }) {
  return `${start} ${end} ${label}`;
}

/** @param {WireLayer} wire @param {OffsetMap} offsets */
function rejectedPlaces(wire, offsets) {
  const place = (/** @type {{start: number, end: number, label: string}} */ one) =>
    placeOf({ start: offsets.toUtf16(one.start), end: offsets.toUtf16(one.end), label: one.label });
  return new Set((wire.rejected ?? []).map(place));
}

/** @param {Layer} layer @param {WireLayer} wire @returns {Change[]} */
function relationDifferences(layer, wire) {
  const theirs = new Map(wire.relations.map((one) => [one.id, relationFromWire(one)]));
  /** @type {Change[]} */
  const changes = [];
  for (const before of layer.relations.values()) {
    const after = theirs.get(before.id) ?? null;
    if (!after || linkPrint(after) !== linkPrint(before))
      changes.push({ kind: "relation", before, after: null });
  }
  for (const after of theirs.values()) {
    const before = layer.relations.get(after.id);
    if (!before || linkPrint(after) !== linkPrint(before))
      changes.push({ kind: "relation", before: null, after });
  }
  return changes;
}

/** @param {import("../types.js").Relation} relation */
function linkPrint({ type, source, target, attributes }) {
  return JSON.stringify([type, source, target, Object.entries(attributes).sort()]);
}

/** @param {Layer} layer @param {WireLayer} wire @returns {Change[]} */
function labelDifferences(layer, wire) {
  return String(wire.labels) === String(layer.labels)
    ? []
    : [{ kind: "labels", before: layer.labels, after: wire.labels }];
}

/** @param {Layer} layer @param {WireLayer} wire @returns {Change[]} */
function decisionDifferences({ decisions }, wire) {
  if (!wire.decisions) return [];
  const theirs = new Map(wire.decisions.map((one) => [one.item, choiceFromWire(one)]));
  return [...new Set([...decisions.keys(), ...theirs.keys()])].flatMap((key) => {
    const before = decisions.get(key) ?? null;
    const after = theirs.get(key) ?? null;
    const isSame =
      before?.choice === after?.choice &&
      before?.reader === after?.reader &&
      before?.reason === after?.reason;
    return isSame ? [] : [{ kind: /** @type {const} */ ("decision"), before, after }];
  });
}
