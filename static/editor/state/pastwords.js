import { gettext, ngettext } from "../model/words.js";

/** @typedef {import("../types.js").WireSpan} WireSpan */
/** @typedef {import("../types.js").PastEdit} PastEdit */
/** @typedef {{version: number, by: string, at: string, words: string[]}} PastGroup  `version` is that after its last edit */

/** Edits of one person that are no further apart than this are one entry. */
const TOGETHER_MS = 5_000;
const SHOWN_WORDS = 3;

/**
 * A layer's history in words, newest first: what one person did at about the same time is one entry.
 * @param {ReadonlyArray<PastEdit>} edits  newest first
 * @param {object} around
 * @param {(name: string) => string} around.title
 * @param {(start: number, end: number) => string} around.slice  of the article, by code points
 * @param {ReadonlyMap<string, Partial<WireSpan>>} around.spans  those of the layer as it is now
 * @returns {PastGroup[]}
 */
export function groupsOf(edits, { title, slice, spans }) {
  const known = new Map(spans);
  for (const { data } of edits) {
    const { span } = data;
    if (span?.id) known.set(span.id, { ...span, ...known.get(span.id) });
  }
  /** @type {PastGroup[]} */
  const groups = [];
  for (const edit of edits) {
    const by = edit.by?.name ?? "";
    const last = groups.at(-1);
    const words = sentenceFor(edit, known, title, slice);
    if (last && last.by === by && Date.parse(last.at) - Date.parse(edit.at) < TOGETHER_MS) {
      last.words.push(words);
      last.at = edit.at;
    } else groups.push({ version: edit.version, by, at: edit.at, words: [words] });
  }
  return groups;
}

/** What a group comes to, short. @param {PastGroup} group */
export function summaryOf({ words }) {
  const shown = words.slice(0, SHOWN_WORDS).join(" · ");
  return words.length > SHOWN_WORDS
    ? `${shown} · ${gettext("and %(number)s more", { number: words.length - SHOWN_WORDS })}`
    : shown;
}

/**
 * @param {PastEdit} edit
 * @param {Map<string, Partial<WireSpan>>} known
 * @param {(name: string) => string} title
 * @param {(start: number, end: number) => string} slice
 */
function sentenceFor({ op, data }, known, title, slice) {
  const span = data.span ? { ...known.get(data.span.id), ...data.span } : undefined;
  const subject = span ?? data.suggestion;
  if (op in ABOUT_SPANS) return `${ABOUT_SPANS[op]?.(span)}${nameOf(subject, title, slice)}`;
  if (op in OF_WHOLE_LAYERS) return OF_WHOLE_LAYERS[op]?.(data.spans?.length ?? 0) ?? "";
  return OTHERS[op]?.(data, title) ?? title(op);
}

/** Verbs of edits that are about one span. @type {Record<string, (span?: Partial<WireSpan>) => string>} */
const ABOUT_SPANS = {
  add_span: (span) => (span?.suggestion ? gettext("Accepted") : gettext("Added")),
  change_span: () => gettext("Changed"),
  remove_span: () => gettext("Removed"),
  reject_suggestion: () => gettext("Rejected"),
  restore_suggestion: () => gettext("Offered again"),
};

/** Edits that bring a whole layer, by its number of spans. @type {Record<string, (count: number) => string>} */
const OF_WHOLE_LAYERS = {
  import_layer: (count) => ngettext("Imported %(count)s span", "Imported %(count)s spans", count),
  carry_text: (count) =>
    ngettext(
      "Carried over to the corrected text: %(count)s span",
      "Carried over to the corrected text: %(count)s spans",
      count,
    ),
  draft_gold: (count) =>
    ngettext(
      "Drafted from what was submitted: %(count)s span",
      "Drafted from what was submitted: %(count)s spans",
      count,
    ),
};

/** @type {Record<string, (data: PastEdit["data"], title: (name: string) => string) => string>} */
const OTHERS = {
  add_relation: ({ relation }, title) =>
    gettext("Linked as %(type)s", { type: title(String(relation?.type ?? "")) }),
  change_relation: () => gettext("Changed a relation"),
  remove_relation: () => gettext("Removed a relation"),
  decide: ({ decision }) =>
    decision?.choice === "open" ? gettext("Left a disagreement open") : gettext("Settled a disagreement"),
  set_labels: ({ labels }, title) =>
    labels?.length
      ? gettext("Article labels: %(labels)s", { labels: labels.map(title).join(", ") })
      : gettext("No article labels"),
};

/**
 * Label and words of a span, as far as they are known, with a space before each.
 * @param {Partial<WireSpan> | undefined} subject
 * @param {(name: string) => string} title
 * @param {(start: number, end: number) => string} slice
 */
function nameOf(subject, title, slice) {
  const label = subject?.label ? ` ${title(subject.label)}` : "";
  if (subject?.start === undefined || subject.end === undefined) return label;
  return `${label} “${slice(subject.start, subject.end).replace(/\s+/gu, " ")}”`;
}
