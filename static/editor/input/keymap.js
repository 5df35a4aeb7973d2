import { gettext } from "../model/words.js";

/** @typedef {import("./commands.js").Commands} Commands */
/** @typedef {import("../types.js").Doors} Doors */

/**
 * @typedef {object} Binding
 * @property {string[]} keys  as `keyName` writes them
 * @property {string} group
 * @property {string} says  what it does, for the help; empty: the other way of the binding before it
 * @property {boolean} [anywhere]  also while a button has the focus
 * @property {boolean} [once]  holding the key down does not do it again: what comes next was not looked at yet
 * @property {(commands: Commands, doors: Doors) => boolean | void} run  false: nothing to do here, the key is the browser's
 */

const MOVE = gettext("Move");
const SELECT = gettext("Select");
const MARKS = gettext("Spans and suggestions");
const LINKS = gettext("Relations");
const WHOLE = gettext("Article");
const REVIEW = gettext("Disagreements");

/** All keys but labels. Letters belong to labels, so no command is a letter. @type {Binding[]} */
export const BINDINGS = [
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
  { keys: ["2"], group: MARKS, says: "", once: true, run: (c, doors) => doors.take?.(1) || c.value(1) },
  { keys: ["3"], group: MARKS, says: "", once: true, run: (c, doors) => doors.take?.(2) || c.value(2) },
  { keys: ["4"], group: MARKS, says: "", once: true, run: (c, doors) => doors.take?.(3) || c.value(3) },
  { keys: ["5"], group: MARKS, says: "", once: true, run: (c, doors) => doors.take?.(4) || c.value(4) },
  { keys: ["6"], group: MARKS, says: "", once: true, run: (c, doors) => doors.take?.(5) || c.value(5) },
  { keys: ["7"], group: MARKS, says: "", once: true, run: (c, doors) => doors.take?.(6) || c.value(6) },
  { keys: ["8"], group: MARKS, says: "", once: true, run: (c, doors) => doors.take?.(7) || c.value(7) },
  { keys: ["9"], group: MARKS, says: "", once: true, run: (c, doors) => doors.take?.(8) || c.value(8) },
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

/** What gives the active span a value, the first value's first. @type {ReadonlyArray<Binding>} */
export const VALUE_BINDINGS = BINDINGS.filter(({ keys }) => /^[1-9]$/.test(keys[0] ?? ""));

/** A key press as bindings name it; Command counts as Ctrl. @param {KeyboardEvent} event */
export function keyName(event) {
  const { key, altKey, shiftKey } = event;
  const isPrintable = key.length === 1;
  // AltGr makes characters; some systems report it as Ctrl+Alt.
  const isCommand =
    (event.ctrlKey || event.metaKey) && !(isPrintable && event.getModifierState?.("AltGraph"));
  const shift = shiftKey && (!isPrintable || (isCommand && key.toLowerCase() !== key.toUpperCase()));
  const name = isPrintable ? (latinKey(event) ?? key.toLowerCase()) : key;
  return `${isCommand ? "Ctrl+" : ""}${altKey && !isPrintable ? "Alt+" : ""}${shift ? "Shift+" : ""}${name}`;
}

/** What keys beside the letters write in the United States, without and with Shift. @type {Record<string, [string, string]>} */
const SIGNS = {
  Backquote: ["`", "~"],
  Minus: ["-", "_"],
  Equal: ["=", "+"],
  BracketLeft: ["[", "{"],
  BracketRight: ["]", "}"],
  Backslash: ["\\", "|"],
  Semicolon: [";", ":"],
  Quote: ["'", '"'],
  Comma: [",", "<"],
  Period: [".", ">"],
  Slash: ["/", "?"],
};

/**
 * What a key that writes another script writes in Latin: keys stay where they are whatever the keyboard's layout.
 * Russian has letters on the signs, Kazakh on the digits too.
 * @param {KeyboardEvent} event
 */
function latinKey({ key, code, shiftKey }) {
  if (!/^\p{L}$/u.test(key) || /^\p{Script=Latin}$/u.test(key)) return null;
  const letter = /^(?:Key([A-Z])|Digit(\d))$/.exec(code ?? "");
  return letter?.[1]?.toLowerCase() ?? letter?.[2] ?? SIGNS[code]?.[shiftKey ? 1 : 0] ?? null;
}

const WORDS = /** @type {Record<string, string>} */ ({
  ArrowRight: "→",
  ArrowLeft: "←",
  ArrowUp: "↑",
  ArrowDown: "↓",
  " ": gettext("Space"),
  Escape: "Esc",
  Backspace: "⌫",
  Delete: "Del",
});

/** A key's name on a key cap. @param {string} name @returns {string[]} */
export function keyCaps(name) {
  const isMac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);
  const parts = name.endsWith("+") ? [...name.split("+").filter(Boolean), "+"] : name.split("+");
  return parts.map(
    (part) => WORDS[part] ?? (part === "Ctrl" && isMac ? "⌘" : part.length === 1 ? part.toUpperCase() : part),
  );
}

/** The keys of a label, one after the other. @param {string} key */
export function labelCaps(key) {
  return [...key].map((one) => WORDS[one] ?? one);
}
