import { readingOrder } from "../model/order.js";
import { gettext } from "../model/words.js";
import { chainsOf } from "./chains.js";
import { isSameLink, otherEnd, problemWithEnds } from "./relations.js";

/** @typedef {import("../types.js").Chain} Chain */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Relation} Relation */
/** @typedef {import("./relations.js").Link} Link */

/** Which relations a span has, which chain it is in, and what it may be linked with: made when first asked for. */
export class RelationIndex {
  /** @type {Map<string, Relation[]> | null} */
  #bySpan = null;
  /** @type {Chain[] | null} */
  #chains = null;
  /** @type {Map<string, Chain[]>} */
  #chainsBySpan = new Map();

  /** @param {import("./store.js").Store} store @param {import("../model/schema.js").SchemaView} schema */
  constructor(store, schema) {
    this.layer = store.layer;
    this.schema = schema;
    store.subscribe(({ changes }) => {
      if (!changes.some((change) => this.touches(change))) return;
      this.#bySpan = null;
      this.#chains = null;
    });
  }

  /** Whether a change may alter what relations and chains look like. @param {import("../types.js").Change} change */
  touches(change) {
    if (change.kind === "relation") return true;
    const id = change.kind === "span" ? (change.after ?? change.before)?.id : undefined;
    return id !== undefined && this.size > 0 && this.#spans.has(id);
  }

  get #spans() {
    this.#bySpan ??= this.#indexed();
    return this.#bySpan;
  }

  get size() {
    return this.layer.relations.size;
  }

  /** Relations of a span by where their other ends stand in the text. @param {string} id @returns {ReadonlyArray<Relation>} */
  relationsOf(id) {
    if (!this.size) return [];
    const { spans } = this.layer;
    // A relation with an end that is gone is on its way out.
    const own = (this.#spans.get(id) ?? []).filter((one) => spans.has(one.source) && spans.has(one.target));
    const end = (/** @type {Relation} */ one) => /** @type {Span} */ (spans.get(otherEnd(one, id)));
    return own.toSorted((a, b) => readingOrder(end(a), end(b)) || (a.id < b.id ? -1 : 1));
  }

  #indexed() {
    /** @type {Map<string, Relation[]>} */
    const bySpan = new Map();
    for (const relation of this.layer.relations.values()) {
      for (const id of [relation.source, relation.target]) {
        const list = bySpan.get(id);
        if (list) list.push(relation);
        else bySpan.set(id, [relation]);
      }
    }
    return bySpan;
  }

  /** @returns {ReadonlyArray<Chain>} */
  get chains() {
    if (!this.size) return [];
    if (!this.#chains) {
      this.#chains = chainsOf(this.layer, this.schema);
      this.#chainsBySpan = new Map();
      for (const chain of this.#chains)
        for (const { id } of chain.members)
          this.#chainsBySpan.set(id, [...(this.#chainsBySpan.get(id) ?? []), chain]);
    }
    return this.#chains;
  }

  /** @param {string} id @returns {ReadonlyArray<Chain>} */
  chainsOf(id) {
    return this.chains.length ? (this.#chainsBySpan.get(id) ?? []) : [];
  }

  /** The relations that may link two spans, from the first to the second before the other way round. @param {Span} from @param {Span} to @returns {Link[]} */
  choices(from, to) {
    if (from.id === to.id) return [];
    return this.schema.relations.flatMap((type) => {
      const ways = /** @type {const} */ ([
        [from, to],
        [to, from],
      ]);
      const links = ways
        .filter(([source, target]) => !problemWithEnds(type, source.label, target.label, this.schema))
        .map(([source, target]) => ({ type: type.name, source: source.id, target: target.id }));
      if (type.chain) return this.#areOne(type.name, from, to) ? [] : links.slice(0, 1);
      return links.filter((link) => !this.#isThere(link));
    });
  }

  /** Why nothing may link two spans, as a sentence. @param {Span} from @param {Span} to */
  whyNone(from, to) {
    const { schema } = this;
    if (!schema.relations.length) return gettext("This project’s schema has no relations.");
    if (from.id === to.id) return gettext("A relation links two different spans.");
    const [here, there] = [schema.title(from.label), schema.title(to.label)];
    const reasons = schema.relations.map((type) => problemWithEnds(type, from.label, to.label, schema));
    if (reasons.some((reason) => reason === null)) return gettext("These two are linked already.");
    const back = schema.relations.some((type) => !problemWithEnds(type, to.label, from.label, schema));
    if (back) return gettext("These two are linked already.");
    if (reasons.length === 1) return /** @type {string} */ (reasons[0]);
    return gettext("No relation of this project links %(here)s with %(there)s.", { here, there });
  }

  /** @param {string} type @param {Span} one @param {Span} other */
  #areOne(type, one, other) {
    return this.chainsOf(one.id).some((chain) => chain.type === type && chain.members.includes(other));
  }

  /** @param {Link} link */
  #isThere(link) {
    return this.relationsOf(link.source).some((one) => isSameLink(one, link));
  }
}
