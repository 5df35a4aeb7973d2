/** A step of a plan: shows the fields that belong to what was chosen, and hides the others. */
class StepForm extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => this.#show());
    this.#show();
  }

  #show() {
    const chosen = this.querySelector("input[name=do]:checked");
    if (!(chosen instanceof HTMLInputElement)) return;
    for (const part of this.querySelectorAll("[data-for]")) {
      if (part instanceof HTMLElement) part.hidden = !part.dataset.for?.split(" ").includes(chosen.value);
    }
  }
}

customElements.define("step-form", StepForm);
