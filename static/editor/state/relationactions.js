import { newId } from "../model/uuid.js";
import { gettext } from "../model/words.js";
import { components, givenName } from "./chains.js";
import { isSameLink, linkInWords, otherEnd, problemWithEnds, quoted } from "./relations.js";

/** @typedef {import("../types.js").Chain} Chain */
/** @typedef {import("../types.js").Change} Change */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Relation} Relation */
/** @typedef {import("../types.js").View} View */
/** @typedef {import("../model/layer.js").Layer} Layer */
/** @typedef {import("../model/schema.js").SchemaView} SchemaView */
/** @typedef {import("./relations.js").Link} Link */

/** What a person can do to relations and chains. Each verb is one transaction, so one undo. */
export class RelationActions {
  /**
   * @param {import("./actions.js").Actions} actions
   * @param {import("./relationindex.js").RelationIndex} index
   */
  constructor(actions, index) {
    this.actions = actions;
    this.store = actions.store;
    this.schema = actions.schema;
    this.index = index;
  }

  /** @param {Link} link @param {Partial<View>} [view]  where to be then */
  add(link, view = {}) {
    const relation = { id: newId(), ...link, attributes: {} };
    return this.#make([change(null, relation)], { ...view, linking: null }, this.#words(relation));
  }

  /** Gives a relation another type, or turns it round. @param {Relation} relation @param {Link} link */
  change(relation, link) {
    if (isSameLink(relation, link)) return true;
    const { name: _name, ...rest } = relation.attributes;
    const attributes = this.#isChain(link.type) ? relation.attributes : rest;
    const after = { ...relation, ...link, attributes };
    const heir = this.#isChain(relation.type) && link.type !== relation.type ? this.#heirOf(relation) : [];
    return this.#make(
      [change(relation, after), ...heir],
      {},
      gettext("Now: %(words)s", { words: this.#words(after) }),
    );
  }

  /** @param {Relation} relation */
  reverse(relation) {
    const link = { type: relation.type, source: relation.target, target: relation.source };
    const problem = this.#problemWith(link) ?? this.#doubled(link);
    if (problem) this.actions.tell(problem);
    return problem === null && this.change(relation, link);
  }

  /** @param {Relation} relation */
  remove(relation) {
    return this.#make(
      [change(relation, null), ...this.#heirOf(relation)],
      {},
      gettext("Removed: %(words)s", { words: this.#words(relation) }),
    );
  }

  /** An empty name lets the chain be called by its best mention again. @param {Chain} chain @param {string} name */
  rename(chain, name) {
    const wanted = name.trim().replace(/\s+/gu, " ");
    if (wanted === chain.name || (!wanted && !chain.isNamed)) return true;
    const changes = chain.relations.flatMap((relation, i) => renamed(relation, i === 0 ? wanted : ""));
    return this.#make(
      changes,
      {},
      wanted
        ? gettext("The chain is called “%(wanted)s” now.", { wanted })
        : gettext("The chain’s name is gone."),
    );
  }

  /** Takes one mention out; the others stay one chain. @param {Chain} chain @param {Span} span */
  leave(chain, span) {
    const changes = without(span, chain, this.store.layer, this.schema);
    const words = quoted(this.store.layer, span);
    return this.#make(
      changes,
      {},
      gettext("%(words)s is not in the chain “%(name)s” any more.", { words, name: chain.name }),
    );
  }

  /** When the relation that keeps a chain's name goes, another keeps it. @param {Relation} relation @returns {Change[]} */
  #heirOf(relation) {
    const name = givenName(relation);
    const chain = this.index.chainsOf(relation.source).find((one) => one.relations.includes(relation));
    const left = chain?.relations.filter((one) => one !== relation) ?? [];
    if (!name || left.some(givenName)) return [];
    const touches = (/** @type {Relation[]} */ group, /** @type {string} */ id) =>
      group.some(({ source, target }) => source === id || target === id);
    const groups = components(left);
    const heirs = groups.find((group) => touches(group, relation.source)) ?? groups[0];
    return heirs ? renamed(heirs[0], name) : [];
  }

  /** @param {string} type */
  #isChain(type) {
    return this.schema.relation(type)?.chain === true;
  }

  /** @param {Link} link */
  #problemWith({ type, source, target }) {
    const { spans } = this.store.layer;
    const [definition, from, to] = [this.schema.relation(type), spans.get(source), spans.get(target)];
    if (!definition || !from || !to) return gettext("This relation is gone.");
    return problemWithEnds(definition, from.label, to.label, this.schema);
  }

  /** @param {Link} link */
  #doubled(link) {
    const isThere = this.index.relationsOf(link.source).some((one) => isSameLink(one, link));
    return isThere ? gettext("These two spans are linked like this already.") : null;
  }

  /** @param {Link} link */
  #words(link) {
    return linkInWords(link, this.store.layer, this.schema);
  }

  /** @param {Change[]} changes @param {Partial<View>} view @param {string} note */
  #make(changes, view, note) {
    if (!this.actions.editable) {
      this.actions.tell(this.actions.whyNot);
      return false;
    }
    this.store.dispatch({ changes, view, note });
    return true;
  }
}

/**
 * What happens to relations when a span goes: its own go with it, and chains it held together stay together.
 * @param {Span} span
 * @param {Layer} layer
 * @param {SchemaView} schema
 * @returns {Change[]}
 */
export function relationsWithout(span, layer, schema) {
  const own = [...layer.relations.values()].filter((one) => one.source === span.id || one.target === span.id);
  if (!own.length) return [];
  const types = new Set(own.map((one) => one.type));
  const chained = [...types].filter((type) => schema.relation(type)?.chain);
  const plain = own.filter((one) => !chained.includes(one.type));
  return [
    ...plain.map((one) => change(one, null)),
    ...chained.flatMap((type) => {
      const relations = [...layer.relations.values()].filter((one) => one.type === type);
      const all = components(relations).find((group) => group.some((one) => own.includes(one))) ?? [];
      return without(span, { type, relations: all }, layer, schema);
    }),
  ];
}

/**
 * @param {Span} span
 * @param {{type: string, relations: ReadonlyArray<Relation>}} chain
 * @param {Layer} layer
 * @param {SchemaView} schema
 * @returns {Change[]}
 */
function without(span, { type, relations }, layer, schema) {
  const isOwn = (/** @type {Relation} */ one) => one.source === span.id || one.target === span.id;
  const gone = relations.filter(isOwn);
  const left = relations.filter((one) => !isOwn(one));
  const ends = looseEnds(span, gone, left);
  /** @type {Relation[]} */
  const bridges = [];
  for (let i = 1; i < ends.length; i++) {
    const link = allowedLink(type, ends[i - 1], ends[i], layer, schema);
    if (link) bridges.push({ id: newId(), ...link, attributes: {} });
  }
  const name = gone.map(givenName).find(Boolean) ?? "";
  const keeper = name && !left.some(givenName) ? (left[0] ?? bridges[0]) : undefined;
  return [
    ...gone.map((one) => change(one, null)),
    ...bridges.map((one) => change(null, one === keeper ? { ...one, attributes: { name } } : one)),
    ...(keeper && left.includes(keeper) ? renamed(keeper, name) : []),
  ];
}

/** One neighbour of `span` in each part that it held together. @param {Span} span @param {Relation[]} gone @param {Relation[]} left */
function looseEnds(span, gone, left) {
  const parts = components(left).map((group) => new Set(group.flatMap((one) => [one.source, one.target])));
  /** @type {Map<unknown, string>} */
  const ends = new Map();
  for (const relation of gone) {
    const end = otherEnd(relation, span.id);
    const part = parts.find((ids) => ids.has(end)) ?? end;
    if (!ends.has(part)) ends.set(part, end);
  }
  return [...ends.values()];
}

/** @param {string} type @param {string} one @param {string} other @param {Layer} layer @param {SchemaView} schema @returns {Link | null} */
function allowedLink(type, one, other, layer, schema) {
  const definition = schema.relation(type);
  const [a, b] = [layer.spans.get(one), layer.spans.get(other)];
  if (!definition || !a || !b) return null;
  const [first, second] = a.start <= b.start ? [a, b] : [b, a];
  if (!problemWithEnds(definition, first.label, second.label, schema))
    return { type, source: first.id, target: second.id };
  return problemWithEnds(definition, second.label, first.label, schema)
    ? null
    : { type, source: second.id, target: first.id };
}

/** @param {Relation | undefined} relation @param {string} name @returns {Change[]} */
function renamed(relation, name) {
  if (!relation || givenName(relation) === name) return [];
  const { name: _old, ...rest } = relation.attributes;
  return [change(relation, { ...relation, attributes: name ? { ...rest, name } : rest })];
}

/** @param {Relation | null} before @param {Relation | null} after @returns {Change} */
function change(before, after) {
  return { kind: "relation", before, after };
}
