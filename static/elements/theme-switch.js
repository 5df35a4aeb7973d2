// A button that goes round system, light, dark. `editor/theme-early.js` applies the choice before the first paint.
const KEY = "annotator.theme";
const WORDS = { system: "Theme: system", light: "Theme: light", dark: "Theme: dark" };
const AFTER = { system: "light", light: "dark", dark: "system" };

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.addEventListener("click", () => this.choose(AFTER[this.chosen]));
    this.replaceChildren(button);
    this.show();
  }

  get chosen() {
    return document.documentElement.dataset.theme || "system";
  }

  choose(theme) {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    try {
      if (theme === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, theme);
    } catch {
      // Storage may be forbidden; the choice then lasts for this page.
    }
    this.show();
  }

  show() {
    this.firstElementChild.textContent = WORDS[this.chosen] ?? WORDS.system;
  }
}

customElements.define("theme-switch", ThemeSwitch);
