import { placeInAddress } from "../model/address.js";

/** @typedef {import("../types.js").Editor} Editor */

/**
 * Shows the place that the address asks for, with the focus there: the mark that has just these bounds, or else
 * the words. An article that is only loaded again does not jump back to it.
 * @param {Editor} editor
 */
export function arriveAtPlace(editor) {
  const { boot, kept, offsets, store } = editor;
  const key = `${boot.article.id}${location.search}`;
  const isFirstTime = kept.get("arrived") !== key;
  kept.set("arrived", key);
  const place = placeInAddress(location.search, offsets.toCodePoints(boot.article.text.length));
  if (!isFirstTime || !place) return;
  const start = offsets.toUtf16(place.start);
  const end = offsets.toUtf16(place.end);
  const marks = [...store.layer.spans.values(), ...store.layer.suggestions.values()];
  const mark = marks.find((one) => one.start === start && one.end === end);
  if (mark) editor.goTo(mark);
  else editor.goToWords({ start, end });
}
