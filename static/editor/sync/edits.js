import { newId } from "../model/uuid.js";
import { relationFromWire, spanFromWire } from "../state/load.js";

/** @typedef {import("../types.js").Change} Change */
/** @typedef {import("../types.js").Choice} Choice */
/** @typedef {import("../types.js").Relation} Relation */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Suggestion} Suggestion */
/** @typedef {import("../types.js").WireEdit} WireEdit */
/** @typedef {import("../types.js").WireRelation} WireRelation */
/** @typedef {import("../types.js").WireSpan} WireSpan */
/** @typedef {import("../model/layer.js").Layer} Layer */
/** @typedef {import("../model/offsets.js").OffsetMap} OffsetMap */

/**
 * The edits that tell the server of what was done at once, each with its change. A decision goes first and the
 * others are part of it: if somebody else has settled the question meanwhile, the server refuses all of them.
 * @param {ReadonlyArray<Change>} changes
 * @param {OffsetMap} offsets
 */
export function editsFor(changes, offsets) {
  const isDecision = (/** @type {Change} */ { kind }) => kind === "decision";
  const inOrder = [...changes.filter(isDecision), ...changes.filter((change) => !isDecision(change))];
  /** @type {Array<{change: Change, edit: WireEdit}>} */
  const made = [];
  for (const change of inOrder) {
    const edit = editFor(change, offsets);
    const decision = made[0]?.edit.op === "decide" && !isDecision(change) ? made[0].edit.id : null;
    if (edit) made.push({ change, edit: decision ? { ...edit, part_of: decision } : edit });
  }
  return made;
}

/**
 * The edit that tells the server of a change, or null when another edit already does (accepting a suggestion is
 * told by the span that names it).
 * @param {Change} change
 * @param {OffsetMap} offsets
 * @returns {WireEdit | null}
 */
export function editFor(change, offsets) {
  const id = newId();
  switch (change.kind) {
    case "span":
      return spanEdit(id, change.before, change.after, offsets);
    case "suggestion":
      return suggestionEdit(id, change, offsets);
    case "relation":
      return relationEdit(id, change.before, change.after);
    case "labels":
      return { id, op: "set_labels", labels: change.after };
    case "decision":
      return decisionEdit(id, change.before, change.after);
  }
}

/** @param {string} id @param {Span | null} before @param {Span | null} after @param {OffsetMap} offsets @returns {WireEdit | null} */
function spanEdit(id, before, after, offsets) {
  if (!after) return before && { id, op: "remove_span", span: { id: before.id } };
  const span = spanToWire(after, offsets);
  if (!before) return { id, op: "add_span", span };
  const { suggestion: _suggestion, ...fields } = span;
  return { id, op: "change_span", span: fields };
}

/** @param {string} id @param {import("../types.js").SuggestionChange} change @param {OffsetMap} offsets @returns {WireEdit | null} */
function suggestionEdit(id, { verdict, before, after }, offsets) {
  const subject = after ?? before;
  if (verdict === "accepted" || !subject) return null;
  const { start, end, label } = subject;
  const op = after ? "restore_suggestion" : "reject_suggestion";
  return {
    id,
    op,
    suggestion: { id: subject.id, start: offsets.toCodePoints(start), end: offsets.toCodePoints(end), label },
  };
}

/** @param {string} id @param {Relation | null} before @param {Relation | null} after @returns {WireEdit | null} */
function relationEdit(id, before, after) {
  if (!after) return before && { id, op: "remove_relation", relation: { id: before.id } };
  return { id, op: before ? "change_relation" : "add_relation", relation: { ...after } };
}

/** One that is taken back leaves the question open. @param {string} id @param {Choice | null} before @param {Choice | null} after @returns {WireEdit | null} */
function decisionEdit(id, before, after) {
  const instead_of = before && { choice: before.choice, reader: before.reader };
  if (!after)
    return before && { id, op: "decide", decision: { item: before.id, choice: "open", instead_of } };
  const { choice, reader, reason } = after;
  return { id, op: "decide", decision: { item: after.id, choice, reader, reason, instead_of } };
}

/** @param {Span} span @param {OffsetMap} offsets @returns {WireSpan} */
function spanToWire(span, offsets) {
  const fragments = span.fragments.map(
    ([start, end]) =>
      /** @type {[number, number]} */ ([offsets.toCodePoints(start), offsets.toCodePoints(end)]),
  );
  return {
    id: span.id,
    start: offsets.toCodePoints(span.start),
    end: offsets.toCodePoints(span.end),
    label: span.label,
    attributes: { ...span.attributes },
    fragments,
    suggestion: span.suggestion,
  };
}

/**
 * What an edit of another tab, or one left over from before a reload, does to the layer here. An edit that is
 * already in it does nothing.
 * @param {WireEdit} edit
 * @param {Layer} layer
 * @param {OffsetMap} offsets
 * @returns {Change[]}
 */
export function changesFor(edit, layer, offsets) {
  if (edit.span) return spanChanges(edit, edit.span, layer, offsets);
  if (edit.suggestion) return suggestionChanges(edit.op, edit.suggestion.id, layer);
  if (edit.relation) return relationChanges(edit.op, edit.relation, layer);
  if (edit.decision) return decisionChanges(edit.decision, layer);
  if (edit.labels) return [{ kind: "labels", before: layer.labels, after: edit.labels }];
  return [];
}

/**
 * @param {WireEdit} edit
 * @param {Partial<WireSpan> & {id: string}} wire
 * @param {Layer} layer
 * @param {OffsetMap} offsets
 * @returns {Change[]}
 */
function spanChanges({ op }, wire, layer, offsets) {
  const before = layer.spans.get(wire.id) ?? null;
  if (op === "remove_span")
    return before ? [{ kind: "span", before, after: null }, ...layer.reopenedWithout(before)] : [];
  if (op === "change_span")
    return before ? [{ kind: "span", before, after: changed(before, wire, offsets) }] : [];
  if (before || wire.start === undefined || wire.end === undefined || wire.label === undefined) return [];
  const after = spanFromWire(/** @type {WireSpan} */ (wire), offsets);
  if (after.start < 0 || after.start >= after.end || after.end > layer.text.length) return [];
  const source = after.suggestion ? layer.suggestions.get(after.suggestion) : undefined;
  /** @type {Change[]} */
  const answered = source ? [{ kind: "suggestion", verdict: "accepted", before: source, after: null }] : [];
  return [{ kind: "span", before: null, after }, ...answered];
}

/** @param {Span} before @param {Partial<WireSpan>} wire @param {OffsetMap} offsets @returns {Span} */
function changed(before, wire, offsets) {
  return {
    ...before,
    label: wire.label ?? before.label,
    attributes: wire.attributes ?? before.attributes,
    start: wire.start === undefined ? before.start : offsets.toUtf16(wire.start),
    end: wire.end === undefined ? before.end : offsets.toUtf16(wire.end),
    fragments: (wire.fragments ?? []).map(([start, end]) => [offsets.toUtf16(start), offsets.toUtf16(end)]),
  };
}

/** @param {string} op @param {string} id @param {Layer} layer @returns {Change[]} */
function suggestionChanges(op, id, layer) {
  const open = layer.suggestions.get(id);
  if (op === "reject_suggestion")
    return open ? [{ kind: "suggestion", verdict: "rejected", before: open, after: null }] : [];
  const source = layer.known.get(id);
  return source && !open ? [{ kind: "suggestion", verdict: "rejected", before: null, after: source }] : [];
}

/** @param {NonNullable<WireEdit["decision"]>} wire @param {Layer} layer @returns {Change[]} */
function decisionChanges({ item, choice, reader = "", reason = "" }, { decisions }) {
  const before = decisions.get(item) ?? null;
  const after = choice === "open" ? null : { id: item, choice, reader, reason };
  return before || after ? [{ kind: "decision", before, after }] : [];
}

/** @param {string} op @param {Partial<WireRelation> & {id: string}} wire @param {Layer} layer @returns {Change[]} */
function relationChanges(op, wire, layer) {
  const before = layer.relations.get(wire.id) ?? null;
  if (op === "remove_relation") return before ? [{ kind: "relation", before, after: null }] : [];
  if (op === "change_relation")
    return before ? [{ kind: "relation", before, after: relationFromWire({ ...before, ...wire }) }] : [];
  if (before || !wire.type || !wire.source || !wire.target) return [];
  const after = relationFromWire(/** @type {WireRelation} */ (wire));
  return [{ kind: "relation", before: null, after }];
}
