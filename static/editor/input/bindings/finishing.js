import { gettext } from "../../model/words.js";
import { MARKS, REVIEW, WHOLE } from "./groups.js";

/** @typedef {import("../keymap.js").Binding} Binding */

/** The article as a whole: undo, finish, review, look things up. @type {Binding[]} */
export const FINISHING = [
  { keys: ["Ctrl+z"], group: WHOLE, says: gettext("Undo"), anywhere: true, run: (c) => c.undo() },
  {
    keys: ["Ctrl+Shift+z", "Ctrl+y"],
    group: WHOLE,
    says: gettext("Redo"),
    anywhere: true,
    run: (c) => c.redo(),
  },
  {
    keys: ["Ctrl+Enter"],
    group: WHOLE,
    says: gettext("Finish this article and open the next"),
    anywhere: true,
    run: (_c, doors) => doors.finish?.(),
  },
  {
    keys: ["Ctrl+Backspace"],
    group: WHOLE,
    says: gettext("Back to the article that was handed in last; once more takes it back"),
    run: (_c, doors) => doors.before?.(),
  },
  {
    keys: ["F6"],
    group: WHOLE,
    says: gettext("Go to what keeps the article from being finished"),
    anywhere: true,
    run: (_c, doors) => doors.obstacle?.(),
  },
  {
    keys: ["!"],
    group: WHOLE,
    says: gettext("Not sure: come back to this article later"),
    run: (_c, doors) => doors.flag?.(),
  },
  {
    keys: ["Ctrl+Shift+Enter"],
    group: WHOLE,
    says: gettext("Skip this article, and say why"),
    anywhere: true,
    run: (_c, doors) => doors.skip?.(),
  },
  {
    keys: ["\\"],
    group: WHOLE,
    says: gettext("Labels of the article"),
    run: (_c, doors) => doors.labels?.(),
  },
  {
    keys: ["F1"],
    group: MARKS,
    says: gettext("What the label means"),
    anywhere: true,
    run: (_c, doors) => doors.define?.(),
  },
  {
    keys: ["F3"],
    group: WHOLE,
    says: gettext("Search the guidelines"),
    anywhere: true,
    run: (_c, doors) => doors.guidelines?.(),
  },
  {
    keys: ["Alt+ArrowDown"],
    group: WHOLE,
    says: gettext("Next or previous place of a corrected text; / says that it is right"),
    anywhere: true,
    run: (_c, doors) => doors.place?.(1),
  },
  { keys: ["Alt+ArrowUp"], group: WHOLE, says: "", anywhere: true, run: (_c, doors) => doors.place?.(-1) },
  {
    keys: ["F8"],
    group: WHOLE,
    says: gettext("Comment on the span, the selected words or the article"),
    anywhere: true,
    run: (_c, doors) => doors.comment?.(),
  },
  {
    keys: ["0"],
    group: REVIEW,
    says: gettext("No reader is right: nothing of what they marked here stays"),
    once: true,
    run: (_c, doors) => doors.nobody?.(),
  },
  {
    keys: ["/"],
    group: REVIEW,
    says: gettext("What stands in the text now is right"),
    once: true,
    run: (_c, doors) => doors.placeIsRight?.() || doors.asItStands?.(),
  },
  {
    keys: ["F7"],
    group: REVIEW,
    says: gettext("Say why it was decided like that"),
    anywhere: true,
    run: (_c, doors) => doors.why?.(),
  },
  {
    keys: ["F9"],
    group: WHOLE,
    says: gettext("History: who changed what, and the layer as it was"),
    anywhere: true,
    run: (_c, doors) => doors.history?.(),
  },
  {
    keys: ["F4"],
    group: WHOLE,
    says: gettext("Spans, article and guidelines beside the text"),
    anywhere: true,
    run: (_c, doors) => doors.panel?.(),
  },
  {
    keys: ["Escape"],
    group: WHOLE,
    says: gettext("Step back: close, put down, let go. Then Tab leaves the text"),
    anywhere: true,
    run: (c) => c.closeTop() || c.escape(),
  },
  {
    keys: ["?"],
    group: WHOLE,
    says: gettext("These keys"),
    anywhere: true,
    run: (_c, doors) => doors.help?.(),
  },
];
