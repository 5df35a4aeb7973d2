import { gettext } from "../../model/words.js";
import { LINKS, MARKS } from "./groups.js";

/** @typedef {import("../commands.js").Commands} Commands */
/** @typedef {import("../../types.js").Doors} Doors */
/** @typedef {import("../keymap.js").Binding} Binding */

/** Spans, suggestions and relations. @type {Binding[]} */
export const MARKING = [
  {
    keys: ["Alt+ArrowRight"],
    group: MARKS,
    says: gettext("Move the active span’s end by a word; without one: go by a character"),
    run: (c) => c.resize("end", 1, "word") || c.character(1),
  },
  {
    keys: ["Alt+ArrowLeft"],
    group: MARKS,
    says: "",
    run: (c) => c.resize("end", -1, "word") || c.character(-1),
  },
  {
    keys: ["Ctrl+Alt+ArrowRight"],
    group: MARKS,
    says: gettext("Move the span’s end by a character"),
    run: (c) => c.resize("end", 1, "character"),
  },
  {
    keys: ["Ctrl+Alt+ArrowLeft"],
    group: MARKS,
    says: "",
    run: (c) => c.resize("end", -1, "character"),
  },
  {
    keys: ["Ctrl+Alt+Shift+ArrowRight"],
    group: MARKS,
    says: gettext("Move the span’s beginning by a character"),
    run: (c) => c.resize("start", 1, "character"),
  },
  {
    keys: ["Ctrl+Alt+Shift+ArrowLeft"],
    group: MARKS,
    says: "",
    run: (c) => c.resize("start", -1, "character"),
  },
  {
    keys: ["Tab"],
    group: MARKS,
    says: gettext("Next or previous suggestion; in review, disagreement"),
    run: (c, doors) => doors.question?.(1) || c.suggestion(1),
  },
  {
    keys: ["Shift+Tab"],
    group: MARKS,
    says: "",
    run: (c, doors) => doors.question?.(-1) || c.suggestion(-1),
  },
  {
    keys: ["Ctrl+ArrowDown", "]"],
    group: MARKS,
    says: gettext("Next or previous span or suggestion"),
    run: (c) => c.mark(1),
  },
  { keys: ["Ctrl+ArrowUp", "["], group: MARKS, says: "", run: (c) => c.mark(-1) },
  {
    keys: ["Enter"],
    group: MARKS,
    says: gettext(
      "Accept the suggestion and go to the next; on a word: the span there, again for the one around it",
    ),
    run: (c, doors) => doors.takeActive?.() || c.enter(),
  },
  {
    keys: ["Shift+Enter"],
    group: MARKS,
    says: gettext("Accept every suggestion with the label of this one"),
    run: (c) => c.acceptLabel(),
  },
  {
    keys: ["Alt+Enter"],
    group: MARKS,
    says: gettext("Accept all, as chosen at the top of the page"),
    run: (_c, doors) => doors.acceptAll?.(),
  },
  {
    keys: ["Backspace", "Delete"],
    group: MARKS,
    says: gettext("Reject the suggestion; remove the span"),
    run: (c) => c.delete(),
  },
  {
    keys: [" "],
    group: MARKS,
    says: gettext("Choose a label by typing its name"),
    run: (_c, doors) => doors.picker?.(),
  },
  { keys: ["."], group: MARKS, says: gettext("The last label again"), run: (c) => c.repeatLabel() },
  {
    keys: ["="],
    group: MARKS,
    says: gettext("Label the same words everywhere in the article, after a preview"),
    run: (_c, doors) => doors.propagate?.(),
  },
  {
    keys: ["'"],
    group: MARKS,
    says: gettext("Go to the next unlabelled words that are labelled elsewhere"),
    run: (c) => c.lookAlike(),
  },
  {
    keys: ["F2"],
    group: MARKS,
    says: gettext("Details and attributes of the span"),
    run: (_c, doors) => doors.details?.(),
  },
  {
    keys: ["1"],
    group: MARKS,
    says: gettext(
      "The value of an attribute that has this number beside the active span; again takes it away. In review, the reading with this number",
    ),
    once: true,
    run: (c, doors) => doors.take?.(0) || c.value(0),
  },
  ...[2, 3, 4, 5, 6, 7, 8, 9].map((digit) => ({
    keys: [String(digit)],
    group: MARKS,
    says: "",
    once: true,
    run: (/** @type {Commands} */ c, /** @type {Doors} */ doors) =>
      doors.take?.(digit - 1) || c.value(digit - 1),
  })),
  {
    keys: ["+"],
    group: MARKS,
    says: gettext("Add words to the active span, with a gap; again when they are selected"),
    run: (c) => c.parts.grow(),
  },
  {
    keys: ["-"],
    group: MARKS,
    says: gettext("Take a part of a span with gaps away"),
    run: (c) => c.parts.shrink(),
  },
  {
    keys: ["}"],
    group: MARKS,
    says: gettext("Next or previous part of a span with gaps"),
    run: (c) => c.parts.next(1),
  },
  { keys: ["{"], group: MARKS, says: "", run: (c) => c.parts.next(-1) },
  {
    keys: [","],
    group: LINKS,
    says: gettext("Link the active span with another: press it there, go to the other end, press it again"),
    run: (_c, doors) => doors.link?.(),
  },
  {
    keys: [";"],
    group: LINKS,
    says: gettext(
      "The span’s relations one by one; then ⌫ removes, R turns round, T gives another type, Enter goes across",
    ),
    run: (_c, doors) => doors.relations?.(),
  },
];
