import { gettext, ngettext } from "../model/words.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {{id: number, title: string, left: number}} Done  left: suggestions that nobody answered */

const KEPT_AS = "handed in";

/** Remembers what is being handed in, for the article that opens next. @param {Editor} editor */
export function rememberDone({ boot, kept, store }) {
  const { id, title } = boot.article;
  /** @type {Done} */
  const done = { id, title, left: store.layer.suggestions.size };
  kept.set(KEPT_AS, done);
  return () => kept.delete(KEPT_AS);
}

/**
 * Says what was handed in, with a way back for whoever pressed too early. The same key once more, on an article
 * that was handed in, takes it back.
 * @param {Editor} editor
 */
export function tellLastDone({ boot, doors, kept, tell }) {
  const last = /** @type {Done | undefined} */ (kept.get(KEPT_AS));
  kept.delete(KEPT_AS);
  const isBefore = last !== undefined && last.id !== boot.article.id;
  doors.before = () => {
    if (doors.takeBack) doors.takeBack();
    else if (isBefore) history.back();
    else tell(gettext("No other article was handed in here before this one."));
  };
  if (isBefore) tell(inWords(last, boot.mode), { text: gettext("Back to it"), go: doors.before });
}

/** @param {Done} done @param {string} mode */
function inWords({ title, left }, mode) {
  const named = title || gettext("Article");
  if (mode === "review") return gettext("Approved: %(title)s", { title: named });
  if (!left) return gettext("Submitted: %(title)s", { title: named });
  return ngettext(
    "Submitted: %(title)s. %(count)s suggestion was left open.",
    "Submitted: %(title)s. %(count)s suggestions were left open.",
    left,
    { title: named },
  );
}
