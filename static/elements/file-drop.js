// Files may be dropped on it; it says which files were chosen.
class FileDrop extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input[type=file]");
    this.querySelector("[data-part=words]").textContent = "Drop files here, or choose one or several";
    input.addEventListener("change", () => this.#show(input.files));
    for (const name of ["dragenter", "dragover"]) this.addEventListener(name, (event) => this.#over(event, true));
    for (const name of ["dragleave", "drop"]) this.addEventListener(name, (event) => this.#over(event, false));
    this.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      this.#show(input.files);
    });
  }

  #over(event, over) {
    event.preventDefault();
    this.classList.toggle("over", over);
  }

  #show(files) {
    const items = [...files].slice(0, 10).map((file) => this.#line(`${file.name}, ${size(file.size)}`));
    if (files.length > 10) items.push(this.#line(`and ${files.length - 10} more`));
    this.querySelector("[data-part=names]").replaceChildren(...items);
  }

  #line(text) {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }
}

function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

customElements.define("file-drop", FileDrop);
