/** @typedef {{name: string, hotkey: string}} Keyed */

const KEYS = "1234567890qwertyuiopasdfghjklzxcvbnm";
/** One key each up to here; the labels after that get two keys, one after the other. */
const SINGLE_KEYS = 30;

/**
 * The keys of labels, in lower case, each with its label: the schema's, then spare ones. Beyond thirty labels the rest
 * begin with a key that is no label's, followed by a letter of their title. A person's own go before; who loses a
 * key to them gets another, and nobody else's changes.
 * @param {ReadonlyArray<Keyed>} labels  in the schema's order
 * @param {object} [options]
 * @param {Readonly<Record<string, string>>} [options.own]  key by label; empty: none
 * @param {ReadonlySet<string>} [options.taken]  keys that a person gave to commands
 * @param {(name: string) => string} [options.title]
 * @returns {Map<string, string>} key to label
 */
export function assignLabelKeys(labels, { own = {}, taken = new Set(), title = (name) => name } = {}) {
  const delivered = fill(new Map(), labels, new Set(), title);
  if (!taken.size && !Object.keys(own).length) return delivered;
  /** @type {Map<string, string>} */
  const keys = new Map();
  for (const { name } of labels) {
    const key = (own[name] ?? "").toLowerCase();
    if (key && !keys.has(key) && !taken.has(key)) keys.set(key, name);
  }
  const gone = new Set([...taken, ...keys.keys()]);
  for (const [key, name] of delivered) {
    if (own[name] === undefined && !gone.has(key) && !gone.has(key.charAt(0))) keys.set(key, name);
  }
  const wanting = labels.filter(({ name }) => own[name] === undefined);
  return fill(keys, wanting, taken, title);
}

/**
 * Gives every label that has none a key.
 * @param {Map<string, string>} keys
 * @param {ReadonlyArray<Keyed>} labels
 * @param {ReadonlySet<string>} taken
 * @param {(name: string) => string} title
 */
function fill(keys, labels, taken, title) {
  const served = new Set(keys.values());
  for (const { name, hotkey } of labels) {
    const key = hotkey.toLowerCase();
    if (!key || served.has(name) || keys.has(key) || taken.has(key)) continue;
    keys.set(key, name);
    served.add(name);
  }
  const waiting = labels.filter(({ name }) => !served.has(name));
  const begun = new Set(Array.from(keys.keys(), (key) => key.charAt(0)));
  const spare = [...KEYS].filter((key) => !begun.has(key) && !taken.has(key));
  const room = Math.max(0, Math.min(SINGLE_KEYS - keys.size, spare.length));
  const prefixes = Math.ceil(Math.max(0, waiting.length - room) / KEYS.length);
  const singles = Math.max(0, Math.min(room, spare.length - prefixes));
  for (const { name } of waiting.slice(0, singles)) keys.set(spare.shift() ?? "", name);
  const inUse = [...begun].filter((key) => !keys.has(key) && !taken.has(key));
  giveChords(keys, waiting.slice(singles), [...inUse, ...spare.reverse()], title);
  return keys;
}

/**
 * @param {Map<string, string>} keys
 * @param {ReadonlyArray<Keyed>} labels
 * @param {string[]} prefixes
 * @param {(name: string) => string} title
 */
function giveChords(keys, labels, prefixes, title) {
  for (const { name } of labels) {
    for (const prefix of prefixes) {
      const second = [...title(name).toLowerCase(), ...KEYS].find(
        (key) => KEYS.includes(key) && !keys.has(prefix + key),
      );
      if (!second) continue;
      keys.set(prefix + second, name);
      break;
    }
  }
}
