import { gettext } from "../../model/words.js";
import { MOVE, SELECT } from "./groups.js";

/** @typedef {import("../keymap.js").Binding} Binding */

/** Going through the text, and selecting words in it. @type {Binding[]} */
export const MOVING = [
  { keys: ["ArrowRight"], group: MOVE, says: gettext("Next or previous word"), run: (c) => c.word(1) },
  { keys: ["ArrowLeft"], group: MOVE, says: "", run: (c) => c.word(-1) },
  { keys: ["ArrowDown"], group: MOVE, says: gettext("Line below or above"), run: (c) => c.line(1) },
  { keys: ["ArrowUp"], group: MOVE, says: "", run: (c) => c.line(-1) },
  {
    keys: ["Ctrl+ArrowRight"],
    group: MOVE,
    says: gettext("Next sentence; this or the previous one"),
    run: (c) => c.sentence(1),
  },
  { keys: ["Ctrl+ArrowLeft"], group: MOVE, says: "", run: (c) => c.sentence(-1) },
  {
    keys: ["Ctrl+Home"],
    group: MOVE,
    says: gettext("Beginning or end of the article"),
    run: (c) => c.edge(-1),
  },
  { keys: ["Ctrl+End"], group: MOVE, says: "", run: (c) => c.edge(1) },
  {
    keys: ["Shift+ArrowRight"],
    group: SELECT,
    says: gettext("Extend or shrink by a word"),
    run: (c) => c.extend(1, "word"),
  },
  {
    keys: ["Shift+ArrowLeft"],
    group: SELECT,
    says: "",
    run: (c) => c.extend(-1, "word"),
  },
  {
    keys: ["Shift+ArrowDown"],
    group: SELECT,
    says: gettext("Extend or shrink by a line"),
    run: (c) => c.extendLine(1),
  },
  { keys: ["Shift+ArrowUp"], group: SELECT, says: "", run: (c) => c.extendLine(-1) },
  {
    keys: ["Alt+Shift+ArrowRight"],
    group: SELECT,
    says: gettext("Extend by a character; on an active span: move its beginning by a word"),
    run: (c) => c.resize("start", 1, "word") || c.extend(1, "character"),
  },
  {
    keys: ["Alt+Shift+ArrowLeft"],
    group: SELECT,
    says: "",
    run: (c) => c.resize("start", -1, "word") || c.extend(-1, "character"),
  },
];
