// Files and folders may be dropped on it; it says which files were chosen, and sends the paths within a folder.

import { gettext, ngettext } from "../editor/model/words.js";
import { droppedFiles } from "./dropped-files.js";
import { find } from "./find.js";

const SHOWN = 10;

class FileDrop extends HTMLElement {
  connectedCallback() {
    find(this, "[data-part=words]", HTMLElement).textContent = gettext(
      "Drop files or a folder here, or choose files",
    );
    this.#input.addEventListener("change", () => this.#show());
    for (const name of ["dragenter", "dragover"])
      this.addEventListener(name, (event) => this.#over(event, true));
    for (const name of ["dragleave", "drop"])
      this.addEventListener(name, (event) => this.#over(event, false));
    this.addEventListener("drop", (event) => void this.#drop(event));
    const folder = find(this, "[data-part=folder]", HTMLElement);
    folder.hidden = !("webkitdirectory" in this.#input);
    find(folder, "button", HTMLElement).addEventListener("click", () => this.#chooseFolder());
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

  /** @param {DragEvent} event */
  async #drop(event) {
    if (!event.dataTransfer) return;
    const found = await droppedFiles(event.dataTransfer);
    if (!found.length) return;
    const files = new DataTransfer();
    for (const { file } of found) files.items.add(file);
    this.#input.files = files.files;
    this.#show(found.map(({ path }) => path));
  }

  #chooseFolder() {
    const input = this.#input;
    input.webkitdirectory = true;
    for (const ended of ["change", "cancel"])
      input.addEventListener(ended, () => (input.webkitdirectory = false), { once: true });
    input.click();
  }

  /** @param {string[]} [paths] */
  #show(paths) {
    const files = [...(this.#input.files ?? [])];
    const named = paths ?? files.map((file) => file.webkitRelativePath || file.name);
    find(this, "input[name=paths]", HTMLInputElement).value = JSON.stringify(named);
    const lines = files.slice(0, SHOWN).map((file, number) => `${named[number]}, ${size(file.size)}`);
    if (files.length > SHOWN) lines.push(gettext("and %(count)s more", { count: files.length - SHOWN }));
    find(this, "[data-part=names]", HTMLElement).replaceChildren(...lines.map(item));
    const most = Number(this.dataset.most);
    const words = gettext(
      "At most %(count)s files can be sent at once. Put them into a zip, and choose that.",
      { count: most },
    );
    this.#input.setCustomValidity(files.length > most ? words : "");
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
  if (bytes < 1000) return ngettext("%(count)s byte", "%(count)s bytes", bytes);
  if (bytes < 1e6) return gettext("%(count)s kB", { count: Math.round(bytes / 1000) });
  return gettext("%(count)s MB", { count: Math.round(bytes / 1e5) / 10 });
}

customElements.define("file-drop", FileDrop);
