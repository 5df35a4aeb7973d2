// A label schema being edited: plain data and what can be done to it. Nothing here touches the page.

/**
 * @typedef {{name: string, colour: number, hotkey: string, description: string, retired: boolean}} Label
 * @typedef {{name: string, sources: string[], targets: string[], description: string, chain: boolean}} RelationType
 * @typedef {{name: string, type: string, options: string[], labels: string[], required: boolean, description: string}} Attribute
 * @typedef {{name: string, description: string}} ArticleLabel
 * @typedef {{equal: boolean, nested: boolean, crossing: boolean, discontinuous: boolean}} Overlap
 * @typedef {{labels: Label[], relations: RelationType[], attributes: Attribute[], article_labels: ArticleLabel[], overlap: Overlap}} Definition
 */

const HOTKEYS = "abcdefghijklmnopqrstuvwxyz0123456789";

/**
 * Whatever came in as JSON in the shape that the page needs; the server says what is wrong with it.
 * @param {any} data
 * @returns {Definition}
 */
export function normalised(data) {
  const overlap = data?.overlap ?? {};
  return {
    labels: rows(data?.labels).map((row, n) => ({
      name: text(row.name),
      colour: Number.isInteger(row.colour) ? row.colour : n % 36,
      hotkey: text(row.hotkey),
      description: text(row.description),
      retired: row.retired === true,
    })),
    relations: rows(data?.relations).map((row) => ({
      name: text(row.name),
      sources: texts(row.sources),
      targets: texts(row.targets),
      description: text(row.description),
      chain: row.chain === true,
    })),
    attributes: rows(data?.attributes).map((row) => ({
      name: text(row.name),
      type: text(row.type) || "text",
      options: texts(row.options),
      labels: texts(row.labels),
      required: row.required === true,
      description: text(row.description),
    })),
    article_labels: rows(data?.article_labels).map((row) => ({
      name: text(row.name),
      description: text(row.description),
    })),
    overlap: {
      equal: overlap.equal === true,
      nested: overlap.nested !== false,
      crossing: overlap.crossing === true,
      discontinuous: overlap.discontinuous === true,
    },
  };
}

/**
 * A label for the end of the list, with the first colour that no label in use has. It gets a key with its name.
 * @param {Label[]} labels
 * @param {number} paletteSize
 * @returns {Label}
 */
export function newLabel(labels, paletteSize) {
  return {
    name: "",
    colour: freeColour(labels, paletteSize),
    hotkey: "",
    description: "",
    retired: false,
  };
}

/**
 * @param {Label[]} labels
 * @param {number} paletteSize
 */
export function freeColour(labels, paletteSize) {
  const used = new Set(labels.filter((label) => !label.retired).map((label) => label.colour));
  for (let colour = 0; colour < paletteSize; colour += 1) if (!used.has(colour)) return colour;
  return labels.length % paletteSize;
}

/**
 * A letter of the name if one is free, else the first free letter or digit, else none.
 * @param {Label[]} labels
 * @param {string} name
 */
export function freeHotkey(labels, name) {
  const used = new Set(labels.filter((label) => !label.retired).map((label) => label.hotkey));
  const wanted = [...name.toLowerCase()].filter((letter) => HOTKEYS.includes(letter));
  return [...wanted, ...HOTKEYS].find((key) => !used.has(key)) ?? "";
}

/**
 * The list with one entry in another place.
 * @template T
 * @param {T[]} list
 * @param {number} from
 * @param {number} to
 * @returns {T[]}
 */
export function moved(list, from, to) {
  const rest = list.toSpliced(from, 1);
  const target = Math.max(0, Math.min(to, rest.length));
  return rest.toSpliced(target, 0, /** @type {T} */ (list[from]));
}

/**
 * Call a label otherwise, wherever the definition names it.
 * @param {Definition} definition
 * @param {Label} label
 * @param {string} name
 */
export function renameLabel(definition, label, name) {
  const old = label.name;
  label.name = name;
  if (old) everyReference(definition, (names) => names.map((one) => (one === old ? name : one)));
}

/**
 * Take a label away, and out of whatever names it.
 * @param {Definition} definition
 * @param {Label} label
 */
export function removeLabel(definition, label) {
  definition.labels = definition.labels.filter((one) => one !== label);
  everyReference(definition, (names) => names.filter((one) => one !== label.name));
}

/**
 * @param {Definition} definition
 * @param {(names: string[]) => string[]} change
 */
function everyReference(definition, change) {
  for (const relation of definition.relations) {
    relation.sources = change(relation.sources);
    relation.targets = change(relation.targets);
  }
  for (const attribute of definition.attributes) attribute.labels = change(attribute.labels);
}

/** @param {unknown} value @returns {any[]} */
function rows(value) {
  return Array.isArray(value) ? value.filter((row) => row !== null && typeof row === "object") : [];
}

/** @param {unknown} value */
function text(value) {
  return typeof value === "string" ? value : "";
}

/** @param {unknown} value @returns {string[]} */
function texts(value) {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
