// Shows the preview in place: sends the form as the button would, and takes the preview out of the answer.
import { find } from "./find.js";

const PREVIEW = "[data-part=preview]";

class MarkdownPreview extends HTMLElement {
  connectedCallback() {
    const button = find(this, "button[name=preview]", HTMLButtonElement);
    button.addEventListener("click", (event) => {
      event.preventDefault();
      this.#show(button);
    });
  }

  /** @param {HTMLButtonElement} button */
  async #show(button) {
    const form = button.form;
    if (!form) return;
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form, button) });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = find(page, `markdown-preview ${PREVIEW}`, HTMLElement);
      find(this, PREVIEW, HTMLElement).replaceWith(document.adoptNode(found));
    } catch {
      form.requestSubmit(button);
    }
  }
}

customElements.define("markdown-preview", MarkdownPreview);
