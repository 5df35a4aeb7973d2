import { gettext } from "../model/words.js";

/** @typedef {"hidden" | "bands" | "number"} ConfidenceShown */

const SURE = 0.9;
const LIKELY = 0.6;

/**
 * How sure an engine is, as the project lets annotators see it: "83 %", "likely", or nothing.
 * @param {number | null} confidence @param {ConfidenceShown} shown
 */
export function confidenceInWords(confidence, shown) {
  if (confidence === null || shown === "hidden") return "";
  if (shown === "number") return `${Math.round(confidence * 100)} %`;
  if (confidence >= SURE) return gettext("sure");
  return confidence >= LIKELY ? gettext("likely") : gettext("unsure");
}
