import { el } from "./dom.js";

/** @typedef {import("../types.js").Attribute} Attribute */
/** @typedef {import("../types.js").AttributeValue} AttributeValue */

/**
 * A field for one attribute of a span.
 * @param {Attribute} attribute
 * @param {AttributeValue | undefined} value
 * @param {import("../model/schema.js").SchemaView} schema
 * @param {(value: AttributeValue | null) => void} onChange  null takes the attribute away
 */
export function attributeField(attribute, value, schema, onChange) {
  const name = el("span", { text: schema.title(attribute.name) + (attribute.required ? " *" : "") });
  const field = el("label", {
    class: `attribute is-${attribute.type}`,
    attrs: { title: attribute.description || attribute.name },
  });
  if (attribute.type === "boolean") field.append(checkbox(value === true, onChange), name);
  else
    field.append(
      name,
      attribute.type === "choice" ? choice(attribute, value, onChange) : textBox(value, onChange),
    );
  return field;
}

/** @param {boolean} checked @param {(value: AttributeValue | null) => void} onChange */
function checkbox(checked, onChange) {
  const input = el("input", { attrs: { type: "checkbox" } });
  input.checked = checked;
  input.addEventListener("change", () => onChange(input.checked || null));
  return input;
}

/** @param {Attribute} attribute @param {AttributeValue | undefined} value @param {(value: AttributeValue | null) => void} onChange */
function choice(attribute, value, onChange) {
  const options = [
    el("option", { text: "–", attrs: { value: "" } }),
    ...attribute.options.map((text) => el("option", { text, attrs: { value: text } })),
  ];
  const select = el("select", {}, options);
  select.value = typeof value === "string" ? value : "";
  select.addEventListener("change", () => onChange(select.value || null));
  return select;
}

/** @param {AttributeValue | undefined} value @param {(value: AttributeValue | null) => void} onChange */
function textBox(value, onChange) {
  const input = el("input", { attrs: { type: "text", maxlength: "2000" } });
  input.value = typeof value === "string" ? value : "";
  input.addEventListener("change", () => onChange(input.value.trim() || null));
  return input;
}
