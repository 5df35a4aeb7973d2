/** @typedef {import("../types.js").Attribute} Attribute */
/** @typedef {import("../types.js").AttributeValue} AttributeValue */

/**
 * The values that a single key can give, in the order in which they are shown: every option of a choice, and the yes
 * of a yes-or-no.
 * @param {ReadonlyArray<Attribute>} attributes
 * @returns {Array<{attribute: string, value: AttributeValue}>}
 */
export function keyedValues(attributes) {
  return attributes.flatMap(({ name, type, options }) => {
    /** @type {AttributeValue[]} */
    const values = type === "choice" ? options : type === "boolean" ? [true] : [];
    return values.map((value) => ({ attribute: name, value }));
  });
}
