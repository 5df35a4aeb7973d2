import { readingOrder } from "../model/order.js";

/** @typedef {import("../types.js").Chain} Chain */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Relation} Relation */
/** @typedef {import("../model/layer.js").Layer} Layer */
/** @typedef {import("../model/schema.js").SchemaView} SchemaView */

const HUES = 36;
// The palette's only grey, which would not be seen as a ring.
const GREY = 14;
const MENTION_RANKS = /** @type {Record<string, number>} */ ({
  name: 5,
  nam: 5,
  nominal: 1,
  nom: 1,
  pronoun: 0,
  pro: 0,
});
// Words that stand for a name, in the languages of the demo and their neighbours.
const PRONOUNS = new Set(
  (
    "i me my mine myself you your yours yourself he him his himself she her hers herself it its itself we us our " +
    "ours ourselves they them their theirs themselves this that these those who whom whose which " +
    "я меня мне ты тебя тебе вы вас вам он его ему им нём нем она её ее ей ею неё нее ней оно мы нас нам они их ими " +
    "который которая которое которые мен сен сіз ол оны оның оған біз олар олардың бұл " +
    "ben sen o onu ona onun biz siz onlar onların bu şu er sie es ihn ihm ihr il elle ils elles lui leur él ella " +
    "ellos ellas هو هي هم هن أنا نحن 他 她 它 他们 她们 它们 我 我们 你 您 其"
  ).split(" "),
);

/**
 * The chains of a layer: what its relations of chain types connect, in reading order of their first members.
 * @param {Layer} layer
 * @param {SchemaView} schema
 * @returns {Chain[]}
 */
export function chainsOf(layer, schema) {
  /** @type {Map<string, Relation[]>} */
  const byType = new Map();
  for (const relation of layer.relations.values()) {
    if (!schema.relation(relation.type)?.chain) continue;
    const list = byType.get(relation.type);
    if (list) list.push(relation);
    else byType.set(relation.type, [relation]);
  }
  const chains = [...byType].flatMap(([type, relations]) =>
    components(relations).map((connected) => chainOf(type, connected, layer)),
  );
  return withHues(
    chains
      .filter((chain) => chain.members.length > 1)
      .sort((a, b) => readingOrder(a.members[0], b.members[0]) || (a.type < b.type ? -1 : 1)),
  );
}

/**
 * Relations that hang together, each group by id.
 * @param {ReadonlyArray<Relation>} relations
 * @returns {Relation[][]}
 */
export function components(relations) {
  /** @type {Map<string, string>} */
  const parents = new Map();
  const root = (/** @type {string} */ id) => {
    let at = id;
    for (let up = parents.get(at); up !== undefined && up !== at; up = parents.get(at)) {
      parents.set(at, parents.get(up) ?? up);
      at = up;
    }
    return at;
  };
  for (const { source, target } of relations) {
    const [from, to] = [root(source), root(target)];
    parents.set(from, to);
    parents.set(to, to);
  }
  return groupedBy(
    relations.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ({ source }) => root(source),
  );
}

/** @template T @param {T[]} things @param {(thing: T) => string} keyOf @returns {T[][]} */
function groupedBy(things, keyOf) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return [...groups.values()];
}

/** @param {string} type @param {Relation[]} relations @param {Layer} layer @returns {Chain} */
function chainOf(type, relations, layer) {
  const ids = new Set(relations.flatMap(({ source, target }) => [source, target]));
  const members = [...ids].flatMap((id) => layer.spans.get(id) ?? []).sort(readingOrder);
  const given = relations.map(givenName).find(Boolean) ?? "";
  return {
    type,
    members,
    relations,
    name: given || bestName(members, layer),
    isNamed: given !== "",
    hue: 0,
  };
}

/** The name a person gave the chain of this relation, if it is kept here. @param {Relation} relation */
export function givenName({ attributes }) {
  return typeof attributes.name === "string" ? attributes.name.trim() : "";
}

/** The longest mention that looks like a name; a pronoun only where there is nothing else. @param {ReadonlyArray<Span>} members @param {Layer} layer */
export function bestName(members, layer) {
  let best = { words: "", rank: -1 };
  for (const span of members) {
    const words = layer.surface(span).replace(/\s+/gu, " ").trim();
    const rank = rankOf(words, span);
    const isBetter = rank > best.rank || (rank === best.rank && words.length > best.words.length);
    if (isBetter) best = { words, rank };
  }
  return best.words.length > 60 ? `${best.words.slice(0, 58)}…` : best.words;
}

/** What the annotator says a mention is goes before what it looks like. @param {string} words @param {Span} span */
function rankOf(words, { attributes }) {
  for (const value of Object.values(attributes)) {
    const rank = typeof value === "string" ? MENTION_RANKS[value.toLowerCase()] : undefined;
    if (rank !== undefined) return rank;
  }
  if (PRONOUNS.has(words.toLowerCase())) return 0;
  const all = words.split(" ");
  const isProper = isCapital(all[0] ?? "") && isCapital(all.at(-1) ?? "") && words.length <= 60;
  // Datelines shout: “Oslo” goes before “OSLO”.
  return isProper ? (/\p{Lu}{4}/u.test(words) && !/\p{Ll}/u.test(words) ? 3 : 4) : 2;
}

/** Scripts without capitals pass. @param {string} word */
function isCapital(word) {
  return /^[^\p{L}]*[\p{Lu}\p{Lt}\p{Lo}]/u.test(word) || /^\d/u.test(word);
}

/** Each chain keeps the hue of its first mention, or takes the next that none before it has. @param {Chain[]} chains */
function withHues(chains) {
  /** @type {Set<number>} */
  const used = new Set([GREY]);
  return chains.map((chain) => {
    let hue = hashed(chain.members[0].id) % HUES;
    if (used.size === HUES) used.clear();
    while (used.has(hue)) hue = (hue + 7) % HUES;
    used.add(hue);
    return { ...chain, hue };
  });
}

/** @param {string} text */
function hashed(text) {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) >>> 0;
  return hash;
}
