import { gettext, ngettext } from "../model/words.js";

/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Span} Span */

/** Where a suggestion comes from, for people. @param {ReadonlyArray<string>} sources */
export function sourcesInWords(sources) {
  const named = (/** @type {string} */ source) => source.replace(/^(user|engine):/, "");
  // What somebody handed in of another article of the story (articles/queries/stories/own_readings.py).
  return sources.map((source) => (source === "you" ? gettext("you") : named(source))).join(", ");
}

/** A mark in one sentence, for screen readers. @param {Mark} mark @param {Editor} editor */
export function describeMark(mark, { store, schema, relations }) {
  const words = store.layer.surface(mark);
  if (mark.kind === "span")
    return `${schema.title(mark.label)}: ${words}${describeLack(mark, schema)}${describeLinks(mark, relations.index, schema)}`;
  const title = [schema.title(mark.label), mark.sureness].filter(Boolean).join(", ");
  return gettext("Suggestion, %(title)s: %(words)s", { title, words });
}

/** @param {Span} span @param {Editor["schema"]} schema */
function describeLack(span, schema) {
  const names = schema.lackingOf(span).map((one) => schema.title(one.name));
  return names.length ? gettext("; needs %(names)s", { names: names.join(", ") }) : "";
}

/** @param {Span} span @param {Editor["relations"]["index"]} index @param {Editor["schema"]} schema */
function describeLinks(span, index, schema) {
  const chains = index.chainsOf(span.id).map((chain) => {
    const at = chain.members.findIndex((one) => one.id === span.id);
    return gettext("; %(at)s of %(count)s in the chain %(name)s", {
      at: at + 1,
      count: chain.members.length,
      name: chain.name,
    });
  });
  const others = index.relationsOf(span.id).filter((one) => !schema.relation(one.type)?.chain).length;
  return `${chains.join("")}${others ? ngettext("; %(count)s relation", "; %(count)s relations", others) : ""}`;
}

/** What the cursor stands on. @param {Editor} editor */
export function describeCursor({ store, schema }) {
  const { selected } = store;
  if (!selected) return "";
  const words = store.layer.text.slice(selected.start, selected.end);
  const around = [...store.layer.marksMeeting(selected.start, selected.end)].map((mark) =>
    mark.kind === "span"
      ? schema.title(mark.label)
      : gettext("%(title)s, suggested", { title: schema.title(mark.label) }),
  );
  return around.length ? gettext("%(words)s; in %(around)s", { words, around: around.join("; ") }) : words;
}
