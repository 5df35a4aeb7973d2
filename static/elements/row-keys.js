// Keys for a list of links: j or down, k or up, Home, End; / goes to the search box. Enter opens, as for any link.
const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

class RowKeys extends HTMLElement {
  #keys = (event) => this.#press(event);

  connectedCallback() {
    document.addEventListener("keydown", this.#keys);
    for (const hint of document.querySelectorAll(".keys")) hint.hidden = false;
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#keys);
  }

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
    const target = event.key === "/" ? document.querySelector("input[type=search]") : this.#row(event);
    if (!target) return;
    event.preventDefault();
    target.focus();
    if (target.select) target.select();
    else target.scrollIntoView({ block: "nearest" });
  }

  #row(event) {
    const rows = [...this.querySelectorAll("li > a")];
    const here = rows.indexOf(document.activeElement);
    const inside = here >= 0;
    if (event.key === "Home" && inside) return rows[0];
    if (event.key === "End" && inside) return rows.at(-1);
    const step = STEPS[event.key];
    // Arrows scroll the page as ever until the list has the focus.
    if (!step || (!inside && event.key.startsWith("Arrow"))) return undefined;
    return inside ? rows[here + step] : rows[0];
  }
}

customElements.define("row-keys", RowKeys);
