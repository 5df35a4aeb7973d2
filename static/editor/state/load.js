import { Layer } from "../model/layer.js";
import { confidenceInWords } from "./confidence.js";

/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Suggestion} Suggestion */
/** @typedef {import("../types.js").WireSpan} WireSpan */
/** @typedef {import("../types.js").WireSuggestion} WireSuggestion */
/** @typedef {import("../types.js").WireRelation} WireRelation */
/** @typedef {import("../types.js").Bootstrap} Bootstrap */
/** @typedef {import("./confidence.js").ConfidenceShown} ConfidenceShown */
/** @typedef {import("../model/offsets.js").OffsetMap} OffsetMap */

/** @param {WireSpan} wire @param {OffsetMap} offsets @returns {Span} */
export function spanFromWire(wire, offsets) {
  return {
    kind: "span",
    id: wire.id,
    start: offsets.toUtf16(wire.start),
    end: offsets.toUtf16(wire.end),
    label: wire.label,
    attributes: wire.attributes ?? {},
    fragments: (wire.fragments ?? []).map(([start, end]) => [offsets.toUtf16(start), offsets.toUtf16(end)]),
    suggestion: wire.suggestion ?? null,
  };
}

/** @param {WireSuggestion} wire @param {OffsetMap} offsets @param {ConfidenceShown} shown @returns {Suggestion} */
function suggestionFromWire(wire, offsets, shown) {
  const { id, label, confidence, sources } = wire;
  return {
    kind: "suggestion",
    id,
    start: offsets.toUtf16(wire.start),
    end: offsets.toUtf16(wire.end),
    label,
    confidence,
    sureness: confidenceInWords(confidence, shown),
    sources,
    links: (wire.links ?? []).map(({ type, start, end, label, is_source }) => ({
      type,
      start: offsets.toUtf16(start),
      end: offsets.toUtf16(end),
      label,
      isSource: is_source,
    })),
  };
}

/** @param {WireRelation} wire @returns {import("../types.js").Relation} */
export function relationFromWire({ id, type, source, target, attributes }) {
  return { id, type, source, target, attributes: attributes ?? {} };
}

/** @param {import("../types.js").WireChoice} wire @returns {import("../types.js").Choice} */
export function choiceFromWire({ item, ...rest }) {
  return { id: item, ...rest };
}

/**
 * The layer as the server gave it. What does not lie in the text is left out rather than drawn wrongly.
 * @param {Bootstrap} boot
 * @param {OffsetMap} offsets
 * @returns {Layer}
 */
export function loadLayer(boot, offsets) {
  const layer = new Layer(boot.article.text);
  const fits = (/** @type {{start: number, end: number}} */ mark) =>
    mark.start >= 0 && mark.start < mark.end && mark.end <= layer.text.length;
  const spans = boot.layer.spans.map((wire) => spanFromWire(wire, offsets)).filter(fits);
  const shown = boot.project.confidence_shown;
  const suggestions = boot.suggestions.map((wire) => suggestionFromWire(wire, offsets, shown)).filter(fits);
  const dirty = new Set();
  layer.apply(
    [
      ...spans.map((after) => ({ kind: /** @type {const} */ ("span"), before: null, after })),
      ...suggestions.map((after) => ({
        kind: /** @type {const} */ ("suggestion"),
        verdict: /** @type {const} */ ("rejected"),
        before: null,
        after,
      })),
      ...boot.layer.relations.map((wire) => ({
        kind: /** @type {const} */ ("relation"),
        before: null,
        after: relationFromWire(wire),
      })),
      { kind: "labels", before: [], after: boot.layer.labels },
      ...(boot.adjudication?.decisions ?? []).map((wire) => ({
        kind: /** @type {const} */ ("decision"),
        before: null,
        after: choiceFromWire(wire),
      })),
    ],
    dirty,
  );
  return layer;
}
