import { gettext } from "../model/words.js";

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
