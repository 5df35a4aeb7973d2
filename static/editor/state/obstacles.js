import { gettext } from "../model/words.js";
import { brokenRelations } from "./relations.js";

/** @typedef {import("../types.js").Span} Span */
/** @typedef {{span: Span, sentence: string}} Obstacle */

/**
 * What keeps this layer from being handed in, in text order: required attributes that are missing, and relations
 * that no longer fit the labels at their ends. The server holds against the same rules
 * (articles/domain/layers/state.py).
 * @param {import("../model/layer.js").Layer} layer
 * @param {import("../model/schema.js").SchemaView} schema
 * @returns {Obstacle[]}
 */
export function obstacles(layer, schema) {
  const misfits = brokenRelations(layer, schema).map(({ span, reason }) => ({ span, sentence: reason }));
  const found = [...missingAttributes(layer, schema), ...misfits];
  return found.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** @param {import("../model/layer.js").Layer} layer @param {import("../model/schema.js").SchemaView} schema @returns {Obstacle[]} */
function missingAttributes(layer, schema) {
  return [...layer.spans.values()].flatMap((span) =>
    schema.lackingOf(span).map((one) => ({
      span,
      sentence: gettext("%(label)s “%(span)s” needs %(name)s.", {
        label: schema.title(span.label),
        span: layer.surface(span),
        name: schema.title(one.name),
      }),
    })),
  );
}
