// Sends the form around it as soon as a choice in it changes, and keeps empty fields out of the address.
class AutoSubmit extends HTMLElement {
  connectedCallback() {
    const form = this.closest("form");
    this.addEventListener("change", (event) => {
      if (event.target.checkValidity()) form.requestSubmit();
    });
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
    });
  }
}

customElements.define("auto-submit", AutoSubmit);
