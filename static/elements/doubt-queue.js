import { gettext } from "../editor/model/words.js";

// A list whose rows are settled by one key, the one that a button of the row with the focus (or the first) says
// of itself; u undoes the last. The forms work without this; here they are sent in the background, in the order of
// the keys, and the list comes back from the server.
const TYPING = "input, select, textarea, [contenteditable]";

export class DoubtQueue extends HTMLElement {
  #keys = (/** @type {KeyboardEvent} */ event) => this.#press(event);
  #earlier = Promise.resolve();

  connectedCallback() {
    document.addEventListener("keydown", this.#keys);
    this.addEventListener("submit", (event) => {
      const { target, submitter } = event;
      if (!(target instanceof HTMLFormElement) || !(submitter instanceof HTMLButtonElement)) return;
      event.preventDefault();
      this.#send(submitter);
    });
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#keys);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target instanceof Element && event.target.closest(TYPING)) return;
    if (!this.#button(event.key)) return;
    event.preventDefault();
    // The row is looked for when it is its turn: what was settled before is gone by then.
    this.#earlier = this.#earlier.then(() => this.#settle(this.#button(event.key)));
  }

  /** @param {string} key */
  #button(key) {
    const row = document.activeElement?.closest("li") ?? this.querySelector("li");
    const within = key === "u" ? this.querySelector(".undo") : row;
    return within?.querySelector(`button[aria-keyshortcuts="${CSS.escape(key)}"]`);
  }

  /** @param {HTMLButtonElement} button */
  #send(button) {
    this.#earlier = this.#earlier.then(() => this.#settle(button));
  }

  /** @param {Element | null | undefined} button */
  async #settle(button) {
    if (!(button instanceof HTMLButtonElement) || !button.form || !button.isConnected) return;
    const place = this.#rows().findIndex((row) => row.contains(button));
    try {
      const body = new URLSearchParams(/** @type {any} */ (new FormData(button.form, button)));
      // Not `form.action`: that is the button of this name.
      const response = await fetch(button.form.getAttribute("action") ?? "", { method: "POST", body });
      this.#show(await response.text(), Math.max(place, 0));
    } catch {
      this.#say(gettext("This was not saved: the server does not answer. Try again in a moment."));
    }
  }

  /**
   * @param {string} html
   * @param {number} place
   */
  #show(html, place) {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(this.localName);
    // Signed out, or something else that a page of its own explains.
    if (!fresh) {
      location.reload();
      return;
    }
    this.replaceChildren(...fresh.childNodes);
    const rows = this.#rows();
    rows[Math.min(place, rows.length - 1)]?.querySelector("a")?.focus();
  }

  #rows() {
    return [...this.querySelectorAll("li")];
  }

  /** @param {string} sentence */
  #say(sentence) {
    this.querySelector(":scope > [role=alert]")?.remove();
    const notice = document.createElement("p");
    notice.className = "notice bad";
    notice.setAttribute("role", "alert");
    notice.textContent = sentence;
    this.prepend(notice);
  }
}

customElements.define("doubt-queue", DoubtQueue);
