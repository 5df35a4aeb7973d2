import { gettext } from "../model/words.js";
import { isAboutSpans } from "./questions.js";

/** @typedef {import("../types.js").Mention} Mention */
/** @typedef {import("../types.js").Question} Question */
/** @typedef {import("../types.js").Said} Said */
/** @typedef {import("../model/schema.js").SchemaView} SchemaView */
/** @typedef {import("./questions.js").Questions} Questions */
/** @typedef {{questions: Questions, text: string, schema: SchemaView}} Around */

/** @type {Record<Question["kind"], () => string>} */
const KINDS = {
  label: () => gettext("Other labels"),
  boundary: () => gettext("Other boundaries"),
  missing: () => gettext("Marked by some"),
  attribute: () => gettext("Attribute"),
  relation: () => gettext("Relation"),
  chain: () => gettext("Chain"),
  article_label: () => gettext("Article label"),
};
const SHORT = 60;

/** @param {Question} question @param {SchemaView} schema */
export function kindInWords({ kind, name }, schema) {
  const words = KINDS[kind]();
  return name ? `${words}: ${schema.title(name)}` : words;
}

/** The words that a question is about. @param {Question} question @param {Around} around */
export function subjectOf(question, { questions, text, schema }) {
  if (question.start === null || question.end === null) return schema.title(question.name);
  if (isAboutSpans(question.kind)) return shortened(text.slice(question.start, question.end));
  return question.entities.map((n) => wordsOf(questions.entities[n]?.[0], text)).join(" · ");
}

/** What one option says, in words. @param {Question} question @param {Said} said @param {Around} around */
export function saidInWords({ kind }, said, around) {
  const { questions, text, schema } = around;
  switch (kind) {
    case "attribute":
      return said.value === null
        ? gettext("no value")
        : said.value === true
          ? gettext("yes")
          : String(said.value);
    case "article_label":
      return said.value ? gettext("yes") : gettext("no");
    case "relation":
      return (
        said.links
          .map(({ type, source, target }) => {
            const [from, to] = [source, target].map((n) => wordsOf(questions.entities[n]?.[0], text));
            return `${schema.title(type)}: ${from} → ${to}`;
          })
          .join("; ") || gettext("no relation")
      );
    case "chain":
      return (
        said.chains
          .map((chain) => chain.map((n) => wordsOf(questions.entities[n]?.[0], text)).join(" = "))
          .join("; ") || gettext("no chain")
      );
    default:
      // Where the words are the same for all, they need not be said again.
      return (
        said.spans.map((one) => spanInWords(one, kind === "boundary", around)).join(" + ") ||
        gettext("nothing")
      );
  }
}

/** @param {Said["spans"][number]} span @param {boolean} withWords @param {Around} around */
function spanInWords(span, withWords, { text, schema }) {
  const values = Object.entries(span.attributes).map(([name, value]) =>
    value === true ? schema.title(name) : String(value),
  );
  const behind = values.length ? ` (${values.join(", ")})` : "";
  return `${schema.title(span.label)}${behind}${withWords ? ` “${wordsOf(span, text)}”` : ""}`;
}

/** @param {Mention | undefined} mention @param {string} text */
function wordsOf(mention, text) {
  return mention ? shortened(text.slice(mention.start, mention.end)) : "";
}

/** @param {string} words */
function shortened(words) {
  const one = words.replace(/\s+/gu, " ");
  return one.length > SHORT ? `${one.slice(0, SHORT - 1).trimEnd()}…` : one;
}
