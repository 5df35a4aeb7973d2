/**
 * @typedef {object} Props
 * @property {string} [class]
 * @property {string} [text]
 * @property {Record<string, string>} [data]
 * @property {Record<string, string>} [attrs]
 * @property {(event: Event) => void} [onclick]
 */

/**
 * An element with its content; text only ever as text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props]
 * @param {ReadonlyArray<Node | string | null>} [children]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, children = []) {
  const element = document.createElement(tag);
  if (props.class) element.className = props.class;
  if (props.text !== undefined) element.textContent = props.text;
  Object.assign(element.dataset, props.data ?? {});
  for (const [name, value] of Object.entries(props.attrs ?? {})) element.setAttribute(name, value);
  if (props.onclick) element.addEventListener("click", props.onclick);
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

/**
 * A part of the page that the template promises.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function part(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${type.name} #${id}.`);
  return element;
}

/** A button that says what it does. @param {string} text @param {(event: Event) => void} onclick @param {string} [className] */
export function button(text, onclick, className = "button") {
  return el("button", { class: className, text, attrs: { type: "button" }, onclick });
}
