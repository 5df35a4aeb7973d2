// A button that goes round system, light, dark. `editor/theme-early.js` applies the choice before the first paint.
import { gettext } from "../editor/model/words.js";
import { find } from "./find.js";

const KEY = "annotator.theme";
const SYSTEM = { words: gettext("Theme: system"), sign: "◐", next: "light" };
const LIGHT = { words: gettext("Theme: light"), sign: "○", next: "dark" };
const DARK = { words: gettext("Theme: dark"), sign: "●", next: "" };

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "theme";
    button.addEventListener("click", () => this.#choose(this.#chosen.next));
    this.replaceChildren(button);
    this.#show();
  }

  get #chosen() {
    const theme = document.documentElement.dataset.theme;
    if (theme === "light") return LIGHT;
    return theme === "dark" ? DARK : SYSTEM;
  }

  /** @param {string} theme light, dark, or nothing for the system's */
  #choose(theme) {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    try {
      if (theme) localStorage.setItem(KEY, theme);
      else localStorage.removeItem(KEY);
    } catch {
      // Storage may be forbidden; the choice then lasts for this page.
    }
    this.#show();
  }

  #show() {
    const button = find(this, "button", HTMLButtonElement);
    button.title = this.#chosen.words;
    button.ariaLabel = this.#chosen.words;
    button.textContent = this.#chosen.sign;
  }
}

customElements.define("theme-switch", ThemeSwitch);
