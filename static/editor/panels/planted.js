import { gettext } from "../model/words.js";
import { button, el } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Planted} Planted */

/**
 * Suggestions that were wrong on purpose, each leading to its place.
 * @param {Editor} editor
 * @param {ReadonlyArray<Planted>} planted
 */
export function plantedList(editor, planted) {
  return el(
    "ul",
    { class: "planted" },
    planted.map((one) => el("li", {}, [placeButton(editor, one)])),
  );
}

/** @param {Editor} editor @param {Planted} planted */
function placeButton(editor, { start, end, label }) {
  const place = { start: editor.offsets.toUtf16(start), end: editor.offsets.toUtf16(end) };
  const words = editor.store.layer.text.slice(place.start, place.end).replace(/\s+/gu, " ");
  const title = gettext("“%(words)s” as %(label)s", { words, label: editor.schema.title(label) });
  return button(title, () => editor.goToWords(place), "button is-small");
}
