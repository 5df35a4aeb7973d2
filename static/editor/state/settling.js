import { problemWithPlace } from "../model/overlap.js";
import { newSpan } from "../model/span.js";
import { newId } from "../model/uuid.js";
import { relationsWithout } from "./relationactions.js";
import { isSameLink, problemWithEnds } from "./relations.js";
import { closest, isSame, standing } from "./standing.js";

/** @typedef {import("../types.js").Change} Change */
/** @typedef {import("../types.js").EntityLink} EntityLink */
/** @typedef {import("../types.js").Mention} Mention */
/** @typedef {import("../types.js").Question} Question */
/** @typedef {import("../types.js").Relation} Relation */
/** @typedef {import("../types.js").Said} Said */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../model/layer.js").Layer} Layer */
/** @typedef {import("../model/schema.js").SchemaView} SchemaView */
/** @typedef {{questions: import("./questions.js").Questions, layer: Layer, schema: SchemaView}} Around */

/** What nobody said: it takes away what anybody did. @type {Said} */
export const NOTHING = { spans: [], links: [], chains: [], value: null };

/**
 * The changes after which the gold layer says what `said` says of the question. The server does the same for
 * programs (articles/domain/gold/settling.py).
 * @param {Question} question
 * @param {Said} said
 * @param {Around} around
 * @returns {Change[]}
 */
export function settlingChanges(question, said, around) {
  switch (question.kind) {
    case "attribute":
      return attributeChanges(question, said, around);
    case "article_label":
      return labelChanges(question, said, around.layer);
    case "relation":
      return relationChanges(question, said.links, around);
    case "chain":
      return relationChanges(question, chainLinks(question.name, said), around);
    default:
      return spanChanges(question, said, around);
  }
}

/** What is offered of a question and still open is rejected: another reading stands. @param {Question} question @param {Layer} layer @returns {Change[]} */
export function closingChanges(question, layer) {
  return offered(question).flatMap((one) => rejecting(one, layer));
}

/** @param {Question} question */
function offered({ options }) {
  return options.flatMap(({ said }) => said.spans);
}

/** @param {Question} question @param {Said} said @param {Around} around @returns {Change[]} */
function spanChanges(question, said, around) {
  const { layer } = around;
  const all = offered(question);
  const near = [...layer.marksMeeting(question.start ?? 0, question.end ?? 0)].filter(
    (mark) => mark.kind === "span",
  );
  const isWanted = (/** @type {Mention} */ one) => said.spans.some((wanted) => isSame(wanted, one));
  const isOffered = (/** @type {Mention} */ one) => all.some((other) => isSame(other, one));
  const unwanted = near.filter(
    (span) => !isWanted(span) && (isOffered(span) || isInTheWay(span, said, around)),
  );
  const missing = said.spans.filter((wanted) => !near.some((span) => isSame(span, wanted)));
  const [gone] = unwanted;
  const [come] = missing;
  const moved = gone && come && unwanted.length === 1 && missing.length === 1;
  const changes = moved
    ? [...changing(gone, { ...gone, ...come }), ...accepting(come, layer)]
    : [
        ...unwanted.flatMap((span) => removing(span, around)),
        ...missing.flatMap((one) => adding(one, layer)),
      ];
  const mended = near.flatMap((span) => {
    const wanted = said.spans.find((one) => isSame(one, span));
    return wanted && !isSameAttributes(wanted, span)
      ? changing(span, { ...span, attributes: wanted.attributes })
      : [];
  });
  const rejected = all.filter((one) => !isWanted(one)).flatMap((one) => rejecting(one, layer, unwanted));
  const so = [...changes, ...mended, ...rejected];
  return [...so, ...carried(question, so, around)];
}

/** Whether a span that no reader marked keeps what is said out of the layer. @param {Span} span @param {Said} said @param {Around} around */
function isInTheWay(span, said, { schema }) {
  const title = (/** @type {string} */ name) => schema.title(name);
  return said.spans.some(
    (one) => problemWithPlace({ ...newSpan(one, one.label), ...one }, [span], schema.overlap, title) !== null,
  );
}

/** The relations that all agree on, and whose ends are both there after these changes. @param {Question} question @param {Change[]} changes @param {Around} around @returns {Change[]} */
function carried({ entities }, changes, { questions, layer, schema }) {
  const spans = new Map(layer.spans);
  for (const { kind, before, after } of changes) {
    if (kind === "span" && before) spans.delete(before.id);
    if (kind === "span" && after) spans.set(after.id, after);
  }
  return questions.links
    .filter(({ source, target }) => entities.includes(source) || entities.includes(target))
    .flatMap((link) => {
      const ends = [link.source, link.target].map((n) =>
        closest(questions.entities[n] ?? [], spans.values()),
      );
      const relation = relationBetween(link, ends[0] ?? null, ends[1] ?? null, schema);
      const isThere = relation && [...layer.relations.values()].some((one) => isSameLink(one, relation));
      return relation && !isThere
        ? [{ kind: /** @type {const} */ ("relation"), before: null, after: relation }]
        : [];
    });
}

/** @param {Question} question @param {ReadonlyArray<EntityLink>} links @param {Around} around @returns {Change[]} */
function relationChanges({ name, entities }, links, { questions, layer, schema }) {
  const spanOf = (/** @type {number} */ n) => standing(questions.entities[n] ?? [], layer);
  const wanted = links.flatMap(
    (link) => relationBetween(link, spanOf(link.source), spanOf(link.target), schema) ?? [],
  );
  const members = new Set(entities.map((n) => spanOf(n)?.id));
  const among = [...layer.relations.values()].filter(
    ({ type, source, target }) =>
      (name ? type === name : !schema.relation(type)?.chain) && members.has(source) && members.has(target),
  );
  const gone = among.filter((one) => !wanted.some((other) => isSameLink(one, other)));
  const come = wanted.filter((one) => !among.some((other) => isSameLink(one, other)));
  return [
    ...gone.map((before) => ({ kind: /** @type {const} */ ("relation"), before, after: null })),
    ...come.map((after) => ({ kind: /** @type {const} */ ("relation"), before: null, after })),
  ];
}

/** @param {EntityLink} link @param {Span | null} source @param {Span | null} target @param {SchemaView} schema @returns {Relation | null} */
function relationBetween({ type, attributes }, source, target, schema) {
  const definition = schema.relation(type);
  if (!definition || !source || !target || source === target) return null;
  if (problemWithEnds(definition, source.label, target.label, schema)) return null;
  return { id: newId(), type, source: source.id, target: target.id, attributes };
}

/** Each mention linked to the next. @param {string} type @param {Said} said @returns {EntityLink[]} */
function chainLinks(type, { chains }) {
  return chains.flatMap((chain) =>
    chain.slice(1).map((target, i) => ({ type, source: chain[i] ?? target, target, attributes: {} })),
  );
}

/** @param {Question} question @param {Said} said @param {Around} around @returns {Change[]} */
function attributeChanges({ name, entities }, { value }, { questions, layer }) {
  const span = standing(questions.entities[entities[0] ?? -1] ?? [], layer);
  if (!span) return [];
  const { [name]: _old, ...rest } = span.attributes;
  const attributes =
    value === null ? rest : { ...rest, [name]: /** @type {import("../types.js").AttributeValue} */ (value) };
  return isSameAttributes(span, { attributes }) ? [] : changing(span, { ...span, attributes });
}

/** @param {Question} question @param {Said} said @param {Layer} layer @returns {Change[]} */
function labelChanges({ name }, { value }, { labels }) {
  const others = labels.filter((one) => one !== name);
  const after = value ? [...others, name].sort() : others;
  return String(after) === String(labels) ? [] : [{ kind: "labels", before: labels, after }];
}

/** @param {Span} before @param {Span} after @returns {Change[]} */
function changing(before, after) {
  return [{ kind: "span", before, after }];
}

/** @param {Said["spans"][number]} said @param {Layer} layer @returns {Change[]} */
function adding(said, layer) {
  const suggestion = knownAs(said, layer);
  const span = { ...newSpan(said, said.label, suggestion?.id ?? null), ...said };
  return [{ kind: "span", before: null, after: span }, ...accepting(said, layer)];
}

/** @param {Span} span @param {Around} around @returns {Change[]} */
function removing(span, { layer, schema }) {
  return [...relationsWithout(span, layer, schema), { kind: "span", before: span, after: null }];
}

/** @param {Mention} mention @param {Layer} layer @returns {Change[]} */
function accepting(mention, layer) {
  const open = knownAs(mention, layer);
  return open && layer.suggestions.has(open.id)
    ? [{ kind: "suggestion", verdict: "accepted", before: open, after: null }]
    : [];
}

/**
 * Says that a mention is not wanted: where it is still offered, and where the span that answered it goes.
 * @param {Mention} mention @param {Layer} layer @param {ReadonlyArray<Span>} [going] @returns {Change[]}
 */
function rejecting(mention, layer, going = []) {
  const one = knownAs(mention, layer);
  if (!one) return [];
  const isOpen = layer.suggestions.has(one.id);
  if (!isOpen && !going.some((span) => isSame(span, mention))) return [];
  /** @type {Change[]} */
  const reopened = isOpen ? [] : [{ kind: "suggestion", verdict: "accepted", before: null, after: one }];
  return [...reopened, { kind: "suggestion", verdict: "rejected", before: one, after: null }];
}

/** @param {Mention} mention @param {Layer} layer */
function knownAs({ start, end, label }, { known }) {
  for (const one of known.values())
    if (one.start === start && one.end === end && one.label === label) return one;
  return null;
}

/** @param {Pick<Span, "attributes">} one @param {Pick<Span, "attributes">} other */
function isSameAttributes(one, other) {
  const written = (/** @type {Pick<Span, "attributes">} */ { attributes }) =>
    JSON.stringify(Object.entries(attributes).sort());
  return written(one) === written(other);
}
