import { gettext } from "../model/words.js";
import { BINDINGS, VALUE_BINDINGS } from "./keymap.js";

/** @typedef {import("./keymap.js").Binding} Binding */
/** @typedef {{labels: Record<string, string>, commands: Record<string, string[]>}} OwnKeys */
/** @typedef {{label: string} | {command: string, index: number}} KeyTarget  a command goes by its first key as delivered */

const MODIFIERS = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "Fn", "NumLock"]);
const DEAD = new Set(["Dead", "Process", "Unidentified", "Compose"]);
const BROWSERS_OWN = /^(Ctrl\+(Shift\+)?[wtnrlq]|Ctrl\+(Shift\+)?Tab|Alt\+(F4|Tab)|F5|F11|F12|Meta)$/;

/**
 * Which key does what: as delivered, as the schema says, and as the person changed it. A key does one thing; what
 * a person gave it goes before all else, then the schema's keys for labels, then the editor's for commands.
 */
export class Keys {
  /** @type {OwnKeys} */
  #own;
  /** @type {Map<string, Binding>} */
  #byKey = new Map();
  /** @type {Array<() => void>} */
  #listeners = [];

  /**
   * @param {import("../model/schema.js").SchemaView} schema
   * @param {Pick<import("../sync/preferences.js").Preferences, "get" | "set">} preferences
   * @param {ReadonlyArray<Binding>} [bindings]
   */
  constructor(schema, preferences, bindings = BINDINGS) {
    this.schema = schema;
    this.preferences = preferences;
    this.bindings = bindings;
    this.#own = readOwn(preferences.get("keys"));
    this.#settle();
  }

  /** @param {() => void} listener  called after a key was changed */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** @param {string} key */
  binding(key) {
    return this.#byKey.get(key);
  }

  /** @param {Binding} binding */
  keysOf(binding) {
    const own = this.#own.commands[idOf(binding)];
    return own ?? binding.keys.filter((key) => this.#byKey.get(key) === binding);
  }

  /** The keys of attribute values in order; a label that has a digit leaves it out. @returns {Array<{key: string, at: number}>} */
  get ofValues() {
    return VALUE_BINDINGS.flatMap((binding, at) => {
      const [key] = this.keysOf(binding);
      return key ? [{ key, at }] : [];
    });
  }

  /** The command that goes by this key as delivered. @param {string} id */
  command(id) {
    return this.bindings.find((binding) => idOf(binding) === id);
  }

  /** @param {KeyTarget} target */
  isChanged(target) {
    return "label" in target ? target.label in this.#own.labels : target.command in this.#own.commands;
  }

  get isAnyChanged() {
    return Object.keys(this.#own.labels).length + Object.keys(this.#own.commands).length > 0;
  }

  /** Why a key cannot be chosen, as a sentence; empty when it can. @param {KeyTarget} target @param {string} key */
  problemWith(target, key) {
    const last = key.split("+").at(-1) ?? "";
    if (MODIFIERS.has(last)) return gettext("Press a key together with it.");
    if (DEAD.has(last)) return gettext("This key sends nothing that can be told apart. Press another.");
    if (BROWSERS_OWN.test(key)) return gettext("The browser keeps this key for itself. Press another.");
    if ("label" in target && (key.length !== 1 || key === " "))
      return gettext("Labels go by a letter, a digit or a sign, without Ctrl and Alt.");
    return "";
  }

  /** What else has this key. @param {KeyTarget} target @param {string} key @returns {KeyTarget | null} */
  holder(target, key) {
    const label = this.schema.keys.get(key) ?? this.#chordLabel(key);
    if (label !== undefined) return "label" in target && target.label === label ? null : { label };
    const binding = this.#byKey.get(key);
    if (!binding || ("command" in target && target.command === idOf(binding))) return null;
    return { command: idOf(binding), index: this.keysOf(binding).indexOf(key) };
  }

  /** Gives a key to a label or a command and takes it from whatever had it. @param {KeyTarget} target @param {string} key  empty: none */
  change(target, key) {
    const { labels, commands } = this.#own;
    const now = "command" in target ? this.command(target.command) : undefined;
    const keys = now ? [...this.keysOf(now)] : [];
    if (key) this.#free(key);
    if ("label" in target) labels[target.label] = key;
    else if (now) {
      keys.splice(target.index < 0 ? keys.length : target.index, 1, key);
      commands[target.command] = [...new Set(keys.filter(Boolean))];
    }
    this.#keep();
  }

  /** As delivered again. @param {KeyTarget} target */
  reset(target) {
    if ("label" in target) delete this.#own.labels[target.label];
    else delete this.#own.commands[target.command];
    this.#keep();
  }

  resetAll() {
    this.#own = { labels: {}, commands: {} };
    this.#keep();
  }

  /** @param {string} key */
  #chordLabel(key) {
    if (key.length !== 1) return undefined;
    for (const [keys, label] of this.schema.keys) if (keys.length > 1 && keys.startsWith(key)) return label;
    return undefined;
  }

  /** Whoever chose this key before has it no more; who had it as delivered finds another or none. @param {string} key */
  #free(key) {
    const { labels, commands } = this.#own;
    for (const [name, own] of Object.entries(labels)) if (own === key) delete labels[name];
    for (const [id, own] of Object.entries(commands)) {
      if (own.includes(key)) commands[id] = own.filter((one) => one !== key);
    }
  }

  #keep() {
    this.preferences.set("keys", this.isAnyChanged ? structuredClone(this.#own) : null);
    this.#settle();
    for (const listener of this.#listeners) listener();
  }

  #settle() {
    const { labels, commands } = this.#own;
    const taken = new Set(Object.values(commands).flat());
    this.schema.useKeys(labels, taken);
    this.#byKey = new Map();
    for (const binding of this.bindings) {
      for (const key of commands[idOf(binding)] ?? []) this.#byKey.set(key, binding);
    }
    for (const binding of this.bindings) {
      if (commands[idOf(binding)]) continue;
      for (const key of binding.keys) {
        if (!taken.has(key) && !this.schema.keys.has(key)) this.#byKey.set(key, binding);
      }
    }
  }
}

/** @param {Binding} binding */
export function idOf(binding) {
  return binding.keys[0] ?? "";
}

/** What was kept, as far as it has the right shape: it may be old or broken. @param {unknown} kept @returns {OwnKeys} */
function readOwn(kept) {
  const { labels, commands } = /** @type {{labels?: unknown, commands?: unknown}} */ (kept ?? {});
  const isText = (/** @type {unknown} */ one) => typeof one === "string" && one.length < 32;
  const pairs = (/** @type {unknown} */ object) =>
    typeof object === "object" && object ? Object.entries(object) : [];
  return {
    labels: Object.fromEntries(pairs(labels).filter(([, key]) => isText(key))),
    commands: Object.fromEntries(
      pairs(commands).filter(([id, keys]) => id !== "Escape" && Array.isArray(keys) && keys.every(isText)),
    ),
  };
}
