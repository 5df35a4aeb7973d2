import { part } from "./dom.js";

const DEFAULTS = /** @type {Record<string, string>} */ ({
  theme: "auto",
  contrast: "auto",
  size: "m",
  density: "calm",
});

/** Theme, text size and density, remembered on this computer. */
export class Appearance {
  /** @param {import("../types.js").Editor} editor */
  constructor({ surface }) {
    this.surface = surface;
    const form = part("appearance-form", HTMLFormElement);
    for (const [name, otherwise] of Object.entries(DEFAULTS)) {
      const group = form.elements.namedItem(name);
      if (group instanceof RadioNodeList) group.value = document.documentElement.dataset[name] ?? otherwise;
    }
    form.addEventListener("change", (event) => this.#choose(/** @type {HTMLInputElement} */ (event.target)));
  }

  /** @param {HTMLInputElement} input */
  #choose({ name, value }) {
    const isDefault = value === DEFAULTS[name];
    const { dataset } = document.documentElement;
    if (isDefault) delete dataset[name];
    else dataset[name] = value;
    try {
      if (isDefault) localStorage.removeItem(`annotator.${name}`);
      else localStorage.setItem(`annotator.${name}`, value);
    } catch {
      // Not remembered then; it still holds for this page.
    }
    this.surface.relayout();
  }
}
