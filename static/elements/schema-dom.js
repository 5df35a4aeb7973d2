import { gettext } from "../editor/model/words.js";

// Small builders for the schema page's form controls.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | boolean | ((event: any) => void)>} [properties] `on…` adds a listener
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * A text input that tells every change.
 * @param {string} label for those who do not see the column's head
 * @param {string} value
 * @param {(value: string) => void} change
 * @param {Record<string, string | number | boolean>} [properties]
 */
export function input(label, value, change, properties = {}) {
  const element = el("input", {
    "aria-label": label,
    autocomplete: "off",
    spellcheck: "false",
    ...properties,
  });
  element.value = value;
  element.addEventListener("input", () => change(element.value));
  return element;
}

/**
 * @param {string} label
 * @param {boolean} checked
 * @param {(checked: boolean) => void} change
 * @param {string} [help]
 */
export function tick(label, checked, change, help = "") {
  const box = el("input", { type: "checkbox" });
  box.checked = checked;
  box.addEventListener("change", () => change(box.checked));
  return el(
    "label",
    { class: "tick" },
    box,
    el("span", {}, label, help ? el("small", { class: "soft" }, help) : ""),
  );
}

/**
 * Choose any of the labels; none chosen means all.
 * @param {string} title
 * @param {string[]} all
 * @param {string[]} chosen
 * @param {(names: string[]) => void} change
 */
export function labelChoice(title, all, chosen, change) {
  const words = () => `${title}: ${names.size ? [...names].join(", ") : gettext("any label")}`;
  const names = new Set(chosen);
  const summary = el("summary", {}, words());
  const boxes = all.map((name) =>
    tick(name, names.has(name), (checked) => {
      if (checked) names.add(name);
      else names.delete(name);
      summary.textContent = words();
      change(all.filter((one) => names.has(one)));
    }),
  );
  return el("details", { class: "pick" }, summary, el("div", { class: "choices row" }, ...boxes));
}

/**
 * @param {string} words
 * @param {() => void} press
 * @param {Record<string, string | boolean>} [properties]
 */
export function button(words, press, properties = {}) {
  return el("button", { type: "button", class: "button small", ...properties, onclick: press }, words);
}
