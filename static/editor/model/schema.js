import { assignLabelKeys } from "./labelkeys.js";

/** @typedef {import("../types.js").Schema} Schema */
/** @typedef {import("../types.js").Label} Label */
/** @typedef {import("../types.js").Attribute} Attribute */

// Names that are read letter by letter; all others in capitals read better as words.
const INITIALISMS = new Set(["GPE", "NORP", "NAM", "NOM", "PRO", "EU", "UN", "URL", "ID"]);

/** @type {Attribute[]} */
const NOTHING = [];

/** `STATE_OR_PROVINCE` as people read it: "State or province". @param {string} name */
export function readableName(name) {
  if (INITIALISMS.has(name)) return name;
  const words = name.replaceAll("_", " ").trim();
  const isShouted = words === words.toUpperCase() && words !== words.toLowerCase();
  const calm = isShouted ? words.toLowerCase() : words;
  return calm.charAt(0).toUpperCase() + calm.slice(1);
}

/** A label schema with what the editor asks of it: colours, keys, names for people. */
export class SchemaView {
  /** @type {Map<string, Label>} */
  #labels;
  /** @type {Map<string, import("../types.js").RelationType>} */
  #relations;
  /** @type {Map<string, string>} */
  #titles = new Map();
  #requiresAny;

  /** @param {Schema} schema */
  constructor(schema) {
    this.schema = schema;
    this.#labels = new Map(schema.labels.map((label) => [label.name, label]));
    this.#relations = new Map(schema.relations.map((relation) => [relation.name, relation]));
    this.#requiresAny = schema.attributes.some((one) => one.required);
    this.active = schema.labels.filter((label) => !label.retired);
    this.keys = /** @type {Map<string, string>} */ (new Map());
    this.keyOf = /** @type {Map<string, string>} */ (new Map());
    this.useKeys();
  }

  /** Gives the labels their keys. @param {Readonly<Record<string, string>>} [own]  a person's, by label @param {ReadonlySet<string>} [taken]  by commands */
  useKeys(own = {}, taken = new Set()) {
    this.keys = assignLabelKeys(this.active, { own, taken, title: (name) => this.title(name) });
    this.keyOf = new Map(Array.from(this.keys, ([key, name]) => [name, key]));
  }

  get overlap() {
    return this.schema.overlap;
  }

  /** @param {string} name */
  label(name) {
    return this.#labels.get(name) ?? null;
  }

  /** Palette index; a label the schema no longer knows is grey like the quietest hue. @param {string} name */
  hue(name) {
    return this.#labels.get(name)?.colour ?? 14;
  }

  /** @param {string} name */
  title(name) {
    const title = this.#titles.get(name) ?? readableName(name);
    this.#titles.set(name, title);
    return title;
  }

  get relations() {
    return this.schema.relations;
  }

  /** @param {string} name */
  relation(name) {
    return this.#relations.get(name) ?? null;
  }

  /** @param {string} label @returns {Attribute[]} */
  attributesOf(label) {
    return this.schema.attributes.filter((one) => one.labels.length === 0 || one.labels.includes(label));
  }

  /** Required attributes that a span does not have. @param {Pick<import("../types.js").Span, "label" | "attributes">} span */
  lackingOf({ label, attributes }) {
    if (!this.#requiresAny) return NOTHING;
    return this.attributesOf(label).filter((one) => one.required && (attributes[one.name] ?? "") === "");
  }
}
