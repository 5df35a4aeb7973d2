// Sends the form around it as soon as a choice in it changes, and keeps empty fields out of the address.
export class AutoSubmit extends HTMLElement {
  connectedCallback() {
    const form = this.closest("form");
    if (!form) return;
    this.addEventListener("change", () => {
      if (form.checkValidity()) form.requestSubmit();
    });
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
    });
  }
}

customElements.define("auto-submit", AutoSubmit);
