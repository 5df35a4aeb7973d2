// Files may be dropped on it; it says which files were chosen.
import { find } from "./find.js";

const SHOWN = 10;

class FileDrop extends HTMLElement {
  connectedCallback() {
    find(this, "[data-part=words]", HTMLElement).textContent = "Drop files here, or choose one or several";
    this.#input.addEventListener("change", () => this.#show());
    for (const name of ["dragenter", "dragover"])
      this.addEventListener(name, (event) => this.#over(event, true));
    for (const name of ["dragleave", "drop"])
      this.addEventListener(name, (event) => this.#over(event, false));
    this.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      this.#input.files = event.dataTransfer.files;
      this.#show();
    });
  }

  get #input() {
    return find(this, "input[type=file]", HTMLInputElement);
  }

  /**
   * @param {Event} event
   * @param {boolean} over
   */
  #over(event, over) {
    event.preventDefault();
    this.classList.toggle("over", over);
  }

  #show() {
    const files = [...(this.#input.files ?? [])];
    const lines = files.slice(0, SHOWN).map((file) => `${file.name}, ${size(file.size)}`);
    if (files.length > SHOWN) lines.push(`and ${files.length - SHOWN} more`);
    find(this, "[data-part=names]", HTMLElement).replaceChildren(...lines.map(item));
  }
}

/** @param {string} text */
function item(text) {
  const element = document.createElement("li");
  element.textContent = text;
  return element;
}

/** @param {number} bytes */
function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

customElements.define("file-drop", FileDrop);
