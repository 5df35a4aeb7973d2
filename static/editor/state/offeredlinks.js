import { newId } from "../model/uuid.js";
import { problemWithEnds } from "./relations.js";

/** @typedef {import("../types.js").Change} Change */
/** @typedef {import("../types.js").OfferedLink} OfferedLink */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Suggestion} Suggestion */
/** @typedef {import("../model/layer.js").Layer} Layer */
/** @typedef {import("../model/schema.js").SchemaView} SchemaView */

/**
 * The relations that come with a span made from `suggestion`: those to mentions that are labelled already. What is
 * labelled later brings its own, because both ends of an offered relation know of it.
 * @param {Span} span
 * @param {Suggestion} suggestion
 * @param {Layer} layer
 * @param {ReadonlyArray<Span>} also  spans that come in the same step
 * @param {SchemaView} schema
 * @returns {Change[]}
 */
export function offeredRelations(span, { links }, layer, also, schema) {
  return links.flatMap((link) => {
    const other = spanAt(link, layer, also);
    if (!other) return [];
    const [source, target] = link.isSource ? [span, other] : [other, span];
    const type = schema.relation(link.type);
    if (!type || problemWithEnds(type, source.label, target.label, schema)) return [];
    const after = { id: newId(), type: link.type, source: source.id, target: target.id, attributes: {} };
    return [{ kind: /** @type {const} */ ("relation"), before: null, after }];
  });
}

/** An offered relation for people: `Speaker of “We are late”`. @param {OfferedLink} link @param {Layer} layer @param {SchemaView} schema */
export function offeredInWords({ type, start, end, isSource }, layer, schema) {
  const words = layer.text.slice(start, end).replace(/\s+/gu, " ");
  return `${schema.title(type)}${isSource ? "" : ":"} “${words.length > 40 ? `${words.slice(0, 38)}…` : words}”`;
}

/** @param {OfferedLink} link @param {Layer} layer @param {ReadonlyArray<Span>} also @returns {Span | undefined} */
function spanAt({ start, end, label }, layer, also) {
  for (const mark of [...layer.marksMeeting(start, end), ...also]) {
    const isThere = mark.start === start && mark.end === end && mark.label === label;
    if (isThere && mark.kind === "span" && !mark.fragments.length) return mark;
  }
  return undefined;
}
