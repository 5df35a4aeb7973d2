// `<print-button>`: prints the page, or saves it as PDF where the browser offers that.
import { gettext } from "../editor/model/words.js";

class PrintButton extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button primary";
    button.textContent = gettext("Print, or save as PDF");
    button.addEventListener("click", () => window.print());
    this.replaceChildren(button);
  }
}

customElements.define("print-button", PrintButton);
