// Keys for a list of links: j or down, k or up, Home, End; / goes to the search box. Enter opens, as for any link.
const STEPS = new Map([
  ["j", 1],
  ["ArrowDown", 1],
  ["k", -1],
  ["ArrowUp", -1],
]);
const TYPING = "input:not([type=checkbox]), select, textarea, [contenteditable]";

export class RowKeys extends HTMLElement {
  #keys = (/** @type {KeyboardEvent} */ event) => this.#press(event);

  connectedCallback() {
    document.addEventListener("keydown", this.#keys);
    for (const hint of document.querySelectorAll(".keys")) hint.removeAttribute("hidden");
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#keys);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    const search = event.key === "/" ? document.querySelector("input[type=search]") : null;
    const target = search ?? this.#row(event.key);
    if (!(target instanceof HTMLElement)) return;
    event.preventDefault();
    target.focus();
    if (target instanceof HTMLInputElement) target.select();
    else target.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} key */
  #row(key) {
    const rows = [...this.querySelectorAll("li > a")];
    const here = rows.findIndex((row) => row === document.activeElement);
    const inside = here >= 0;
    if (key === "Home" && inside) return rows[0];
    if (key === "End" && inside) return rows.at(-1);
    const step = STEPS.get(key);
    // Arrows scroll the page as ever until the list has the focus.
    if (!step || (!inside && key.startsWith("Arrow"))) return undefined;
    return inside ? rows[here + step] : rows[0];
  }
}

customElements.define("row-keys", RowKeys);
