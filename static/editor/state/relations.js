import { gettext } from "../model/words.js";

/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Relation} Relation */
/** @typedef {import("../types.js").RelationType} RelationType */
/** @typedef {import("../model/layer.js").Layer} Layer */
/** @typedef {import("../model/schema.js").SchemaView} SchemaView */
/** @typedef {{type: string, source: string, target: string}} Link  what a relation says */

const QUOTED = 48;

/** A mark's words, short enough for a sentence. @param {Layer} layer @param {Mark} mark @param {number} [length]  at most */
export function quoted(layer, mark, length = QUOTED) {
  const text = layer.surface(mark).replace(/\s+/gu, " ");
  return `“${text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text}”`;
}

/**
 * Why spans of these labels cannot be the ends of such a relation, as a sentence, or null. The same rules as the
 * server's.
 * @param {RelationType} type
 * @param {string} source  label
 * @param {string} target  label
 * @param {SchemaView} schema
 */
export function problemWithEnds({ name, sources, targets }, source, target, schema) {
  const either = (/** @type {string[]} */ labels) => labels.map((one) => schema.title(one)).join(" or ");
  if (sources.length && !sources.includes(source))
    return gettext("%(name)s begins at %(allowed)s, not at %(source)s.", {
      name: schema.title(name),
      allowed: either(sources),
      source: schema.title(source),
    });
  if (targets.length && !targets.includes(target))
    return gettext("%(name)s ends at %(allowed)s, not at %(target)s.", {
      name: schema.title(name),
      allowed: either(targets),
      target: schema.title(target),
    });
  return null;
}

/** Why a relation does not fit its ends any more, or null. @param {Relation} relation @param {Layer} layer @param {SchemaView} schema */
export function problemWithRelation({ type, source, target }, layer, schema) {
  const [from, to] = [layer.spans.get(source), layer.spans.get(target)];
  if (!from || !to) return gettext("One end of this relation is gone.");
  const definition = schema.relation(type);
  return definition && problemWithEnds(definition, from.label, to.label, schema);
}

/**
 * Relations that no longer fit the labels at their ends, with the end to mend: they keep an article from being
 * submitted.
 * @param {Layer} layer
 * @param {SchemaView} schema
 * @returns {Array<{relation: Relation, span: Span, reason: string}>}
 */
export function brokenRelations(layer, schema) {
  return [...layer.relations.values()].flatMap((relation) => {
    const reason = problemWithRelation(relation, layer, schema);
    const [source, target] = [layer.spans.get(relation.source), layer.spans.get(relation.target)];
    if (!reason || !source || !target) return [];
    const { sources } = /** @type {RelationType} */ (schema.relation(relation.type));
    const isSource = sources.length > 0 && !sources.includes(source.label);
    return [{ relation, span: isSource ? source : target, reason }];
  });
}

/** `Speaker of, from “Alma” to “We are late”`. @param {Link} link @param {Layer} layer @param {SchemaView} schema */
export function linkInWords(link, layer, schema) {
  return `${schema.title(link.type)}, ${endsInWords(link, layer, schema)}`;
}

/** @param {Link} link @param {Layer} layer @param {SchemaView} schema @param {number} [length]  of each end, at most */
export function endsInWords({ type, source, target }, layer, schema, length = QUOTED) {
  const words = (/** @type {string} */ id) => {
    const span = layer.spans.get(id);
    return span ? quoted(layer, span, length) : gettext("a span that is gone");
  };
  if (schema.relation(type)?.chain)
    return gettext("%(source)s and %(target)s", { source: words(source), target: words(target) });
  return gettext("from %(source)s to %(target)s", { source: words(source), target: words(target) });
}

/** @param {Link} one @param {Link} other */
export function isSameLink(one, other) {
  return one.type === other.type && one.source === other.source && one.target === other.target;
}

/** The other end. @param {Link} link @param {string} id */
export function otherEnd({ source, target }, id) {
  return source === id ? target : source;
}
