/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Relation} Relation */
/** @typedef {{span: Span, sentence: string}} Obstacle */

/**
 * What keeps this layer from being handed in, in text order: required attributes that are missing, and relations
 * that no longer fit the labels at their ends. The server holds against the same rules
 * (articles/domain/layer_state.py).
 * @param {import("../model/layer.js").Layer} layer
 * @param {import("../model/schema.js").SchemaView} schema
 * @returns {Obstacle[]}
 */
export function obstacles(layer, schema) {
  const found = [...missingAttributes(layer, schema), ...misfits(layer, schema)];
  return found.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** @param {import("../model/layer.js").Layer} layer @param {import("../model/schema.js").SchemaView} schema @returns {Obstacle[]} */
function missingAttributes(layer, schema) {
  if (!schema.schema.attributes.some((one) => one.required)) return [];
  return [...layer.spans.values()].flatMap((span) =>
    schema
      .attributesOf(span.label)
      .filter((one) => one.required && (span.attributes[one.name] ?? "") === "")
      .map((one) => ({
        span,
        sentence: `${schema.title(span.label)} “${layer.surface(span)}” needs ${schema.title(one.name)}.`,
      })),
  );
}

/** @param {import("../model/layer.js").Layer} layer @param {import("../model/schema.js").SchemaView} schema @returns {Obstacle[]} */
function misfits(layer, schema) {
  return [...layer.relations.values()].flatMap((relation) => {
    const type = schema.schema.relations.find((one) => one.name === relation.type);
    const source = layer.spans.get(relation.source);
    const target = layer.spans.get(relation.target);
    if (!type || !source || !target) return [];
    const title = schema.title(type.name);
    const names = (/** @type {string[]} */ labels) => labels.map((one) => schema.title(one)).join(" or ");
    if (type.sources.length && !type.sources.includes(source.label))
      return [
        {
          span: source,
          sentence: `${title} begins at ${names(type.sources)}, not at ${schema.title(source.label)}.`,
        },
      ];
    if (type.targets.length && !type.targets.includes(target.label))
      return [
        {
          span: target,
          sentence: `${title} ends at ${names(type.targets)}, not at ${schema.title(target.label)}.`,
        },
      ];
    return [];
  });
}
