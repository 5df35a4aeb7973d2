// The pages of exports and of a new release: only the options of the chosen format are shown, and how much
// it would be follows every choice. Without it the page has a button for that.
import { find } from "./find.js";

const WAIT = 250;

class ExportForm extends HTMLElement {
  #timer = 0;
  #asked = 0;

  connectedCallback() {
    find(this, "[data-part=update]", HTMLElement).hidden = true;
    this.#form.addEventListener("input", () => this.#changed());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#changed();
    });
    this.#form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData]) {
        if (value === "" && name !== "group") event.formData.delete(name);
      }
    });
    // Another form here is about what is chosen now, even while the answer to it is on its way.
    for (const other of this.querySelectorAll("form[method=post]")) {
      other.addEventListener("formdata", (event) => {
        if (event instanceof FormDataEvent) event.formData.set("export", String(this.#query));
      });
    }
    this.#showOptions();
  }

  get #form() {
    return find(this, "form", HTMLFormElement);
  }

  get #query() {
    return new URLSearchParams([...new FormData(this.#form)].map(([name, value]) => [name, String(value)]));
  }

  #changed() {
    this.#showOptions();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#refresh(), WAIT);
  }

  #showOptions() {
    const chosen = find(this, "select[name=format]", HTMLSelectElement).value;
    for (const options of this.querySelectorAll("fieldset[data-format]")) {
      if (!(options instanceof HTMLFieldSetElement)) continue;
      options.hidden = options.disabled = options.dataset.format !== chosen;
    }
  }

  async #refresh() {
    const asked = ++this.#asked;
    const address = `${location.pathname}?${this.#query}`;
    const page = await pageAt(address);
    if (asked !== this.#asked) return;
    const result = page?.getElementById("export-result");
    if (!result) {
      location.assign(address);
      return;
    }
    history.replaceState(null, "", address);
    find(this, "#export-result", HTMLElement).replaceChildren(...result.childNodes);
  }
}

/**
 * The page, or nothing when the server does not answer. Who has been signed out gets another page.
 * @param {string} address
 */
async function pageAt(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return null;
  }
}

customElements.define("export-form", ExportForm);
