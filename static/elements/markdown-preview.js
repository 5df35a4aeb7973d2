// Shows the preview in place: sends the form as the button would, and takes the preview out of the answer.
class MarkdownPreview extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button[name=preview]");
    button.addEventListener("click", (event) => {
      event.preventDefault();
      this.#show(button);
    });
  }

  async #show(button) {
    const form = this.closest("form");
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form, button) });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = page.querySelector("markdown-preview [data-part=preview]");
      if (!found) throw new Error(`The server answered ${response.status}.`);
      this.querySelector("[data-part=preview]").replaceWith(document.adoptNode(found));
    } catch {
      form.requestSubmit(button);
    }
  }
}

customElements.define("markdown-preview", MarkdownPreview);
