import { gettext } from "../model/words.js";
import { button, el } from "./dom.js";

/** @typedef {import("../types.js").Attribute} Attribute */
/** @typedef {import("../types.js").AttributeValue} AttributeValue */

/** More options than these are chosen from a list. */
const MOST_BUTTONS = 9;

/**
 * @typedef {object} Setting
 * @property {import("../model/schema.js").SchemaView} schema
 * @property {(value: AttributeValue) => string} keyOf  the key that gives a value; empty: none
 * @property {(value: AttributeValue | null) => void} onChange  null takes the attribute away
 * @property {boolean} isEditable
 */

/**
 * A field for one attribute of a span.
 * @param {Attribute} attribute
 * @param {AttributeValue | undefined} value
 * @param {Setting} setting
 */
export function attributeField(attribute, value, setting) {
  const isLacking = attribute.required && (value ?? "") === "";
  const title = setting.schema.title(attribute.name);
  const tip = attribute.description || attribute.name;
  const name = el("span", {
    class: isLacking ? "is-lacking" : "",
    text: isLacking ? `${title}: needed` : title,
  });
  if (attribute.type === "text") return labelled(attribute, tip, [name, textBox(value, setting)]);
  if (attribute.options.length > MOST_BUTTONS)
    return labelled(attribute, tip, [name, choice(attribute, value, setting)]);
  const values = attribute.type === "boolean" ? [true] : attribute.options;
  return el(
    "div",
    { class: "attribute is-buttons", attrs: { role: "group", "aria-label": title, title: tip } },
    [name, ...values.map((one) => valueButton(one, one === value, setting))],
  );
}

/** @param {Attribute} attribute @param {string} title @param {HTMLElement[]} children */
function labelled({ type }, title, children) {
  return el("label", { class: `attribute is-${type}`, attrs: { title } }, children);
}

/** @param {AttributeValue} value @param {boolean} isGiven @param {Setting} setting */
function valueButton(value, isGiven, { schema, keyOf, onChange, isEditable }) {
  const words = value === true ? gettext("Yes") : schema.title(String(value));
  const one = button(words, () => onChange(isGiven ? null : value), "value");
  one.setAttribute("aria-pressed", String(isGiven));
  one.disabled = !isEditable;
  const key = keyOf(value);
  if (key) one.append(el("kbd", { text: key, attrs: { "aria-hidden": "true" } }));
  return one;
}

/** @param {Attribute} attribute @param {AttributeValue | undefined} value @param {Setting} setting */
function choice(attribute, value, { onChange, isEditable }) {
  const options = [
    el("option", { text: "–", attrs: { value: "" } }),
    ...attribute.options.map((text) => el("option", { text, attrs: { value: text } })),
  ];
  const select = el("select", {}, options);
  select.value = typeof value === "string" ? value : "";
  select.disabled = !isEditable;
  select.addEventListener("change", () => onChange(select.value || null));
  return select;
}

/** @param {AttributeValue | undefined} value @param {Setting} setting */
function textBox(value, { onChange, isEditable }) {
  const input = el("input", { attrs: { type: "text", maxlength: "2000" } });
  input.value = typeof value === "string" ? value : "";
  input.readOnly = !isEditable;
  input.addEventListener("change", () => onChange(input.value.trim() || null));
  return input;
}
