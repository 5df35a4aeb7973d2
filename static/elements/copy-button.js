// `<copy-button data-for="ID">`: copies the value of the input with that id.
import { gettext } from "../editor/model/words.js";
import { find } from "./find.js";

class CopyButton extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = gettext("Copy");
    button.addEventListener("click", () => this.#copy(button));
    this.replaceChildren(button);
  }

  /** @param {HTMLButtonElement} button */
  async #copy(button) {
    const input = find(document, `#${this.dataset.for}`, HTMLInputElement);
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
      button.textContent = gettext("Copied");
    } catch {
      // Without a secure connection there is no clipboard; the text is selected, so the keys still work.
      button.textContent = gettext("Press Ctrl+C");
    }
  }
}

customElements.define("copy-button", CopyButton);
