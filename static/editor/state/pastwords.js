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
  const quoted =
    subject?.start === undefined || subject.end === undefined
      ? ""
      : ` “${slice(subject.start, subject.end).replace(/\s+/gu, " ")}”`;
  const label = subject?.label ? ` ${title(subject.label)}` : "";
  const what = `${label}${quoted}`;
  switch (op) {
    case "add_span":
      return `${span?.suggestion ? gettext("Accepted") : gettext("Added")}${what}`;
    case "change_span":
      return `${gettext("Changed")}${what}`;
    case "remove_span":
      return `${gettext("Removed")}${what}`;
    case "reject_suggestion":
      return `${gettext("Rejected")}${what}`;
    case "restore_suggestion":
      return `${gettext("Offered again")}${what}`;
    case "add_relation":
      return gettext("Linked as %(type)s", { type: title(String(data.relation?.type ?? "")) });
    case "change_relation":
      return gettext("Changed a relation");
    case "remove_relation":
      return gettext("Removed a relation");
    case "decide":
      return data.decision?.choice === "open"
        ? gettext("Left a disagreement open")
        : gettext("Settled a disagreement");
    case "set_labels":
      return data.labels?.length
        ? gettext("Article labels: %(labels)s", { labels: data.labels.map(title).join(", ") })
        : gettext("No article labels");
    case "import_layer":
      return ngettext("Imported %(count)s span", "Imported %(count)s spans", data.spans?.length ?? 0);
    case "carry_text":
      return ngettext(
        "Carried over to the corrected text: %(count)s span",
        "Carried over to the corrected text: %(count)s spans",
        data.spans?.length ?? 0,
      );
    case "draft_gold":
      return ngettext(
        "Drafted from what was submitted: %(count)s span",
        "Drafted from what was submitted: %(count)s spans",
        data.spans?.length ?? 0,
      );
    default:
      return title(op);
  }
}
