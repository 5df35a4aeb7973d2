import { part } from "./dom.js";

/** Whether spaces and punctuation at the edges of a selection are left out of the span. @param {import("../types.js").Editor} editor */
export function chooseEdges({ preferences }) {
  const field = part("edges", HTMLFieldSetElement);
  const inputs = /** @type {HTMLInputElement[]} */ ([...field.querySelectorAll("input")]);
  const now = preferences.get("trim") === false ? "keep" : "trim";
  for (const input of inputs) input.checked = input.value === now;
  field.addEventListener("change", (event) => {
    event.stopPropagation();
    const keeps = inputs.some((input) => input.checked && input.value === "keep");
    preferences.set("trim", keeps ? false : null);
  });
}
