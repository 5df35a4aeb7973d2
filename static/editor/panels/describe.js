import { percent } from "../state/suggestions.js";

/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").Editor} Editor */

/** Where a suggestion comes from, for people. @param {ReadonlyArray<string>} sources */
export function sourcesInWords(sources) {
  return sources.map((source) => source.replace(/^(user|engine):/, "")).join(", ");
}

/** A mark in one sentence, for screen readers. @param {Mark} mark @param {Editor} editor */
export function describeMark(mark, { store, schema }) {
  const words = store.layer.surface(mark);
  if (mark.kind === "span") return `${schema.title(mark.label)}: ${words}`;
  const sure = percent(mark.confidence);
  return `Suggestion, ${schema.title(mark.label)}${sure ? `, ${sure} percent` : ""}: ${words}`;
}

/** What the cursor stands on. @param {Editor} editor */
export function describeCursor({ store, schema }) {
  const { selected } = store;
  if (!selected) return "";
  const words = store.layer.text.slice(selected.start, selected.end);
  const around = [...store.layer.marksMeeting(selected.start, selected.end)].map(
    (mark) => schema.title(mark.label) + (mark.kind === "span" ? "" : ", suggested"),
  );
  return around.length ? `${words}; in ${around.join("; ")}` : words;
}
