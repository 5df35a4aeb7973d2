import { gettext } from "../model/words.js";
import { otherEnd, problemWithRelation, quoted } from "../state/relations.js";
import { el } from "./dom.js";

/** @typedef {import("../types.js").Chain} Chain */
/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Relation} Relation */
/** @typedef {import("../types.js").Span} Span */

const SHORT = 30;

/** A span's relations and chains in words, each a button that goes on along it. @param {Span} span @param {Editor} editor @returns {HTMLElement[]} */
export function relationLines(span, editor) {
  const { index } = editor.relations;
  const { schema } = editor;
  const chains = index.chainsOf(span.id).map((chain) => chainLine(span, chain, editor));
  const plain = index.relationsOf(span.id).filter((one) => !schema.relation(one.type)?.chain);
  const lines = [...chains, ...plain.map((relation) => relationLine(span, relation, editor))];
  return lines.length ? [el("div", { class: "relation-lines" }, lines)] : [];
}

/** @param {Span} span @param {Chain} chain @param {Editor} editor */
function chainLine(span, chain, editor) {
  const { schema, goTo } = editor;
  const at = chain.members.findIndex((one) => one.id === span.id);
  const count = gettext("%(at)s of %(count)s", { at: at + 1, count: chain.members.length });
  const next = chain.members[(at + 1) % chain.members.length];
  return el(
    "button",
    {
      class: "relation-line is-chain",
      data: { hue: String(chain.hue) },
      attrs: { type: "button", title: gettext("To the next mention") },
      onclick: () => next && goTo(next),
    },
    [
      el("span", { text: schema.title(chain.type) }),
      el("b", { text: chain.name, attrs: { dir: "auto" } }),
      el("small", { text: count }),
    ],
  );
}

/** @param {Span} span @param {Relation} relation @param {Editor} editor */
function relationLine(span, relation, editor) {
  const { store, schema, backToText } = editor;
  const other = store.layer.spans.get(otherEnd(relation, span.id));
  const words = other ? quoted(store.layer, other, SHORT) : "";
  const problem = problemWithRelation(relation, store.layer, schema);
  const isOut = relation.source === span.id;
  return el(
    "button",
    {
      class: problem ? "relation-line is-broken" : "relation-line",
      attrs: { type: "button", title: problem ?? gettext("Show this relation, to change or remove it") },
      onclick: () => {
        store.dispatch({ view: { relation: relation.id } });
        backToText();
      },
    },
    [
      el("span", { text: schema.title(relation.type) }),
      el("i", { text: isOut ? "→" : "←", attrs: { "aria-hidden": "true" } }),
      el("span", { class: "visually-hidden", text: ` ${isOut ? gettext("to") : gettext("from")} ` }),
      el("b", { text: words, attrs: { dir: "auto" } }),
    ],
  );
}
