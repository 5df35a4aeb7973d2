import { button, part } from "./dom.js";

const SHOWN_MS = 6_000;

/** Sentences to the person: shown for a while at the foot of the page, and read out by screen readers. */
export class Voice {
  #timer = 0;

  constructor() {
    this.toast = part("toast", HTMLElement);
    this.live = part("live", HTMLElement);
    this.toast.addEventListener("click", () => this.hush());
  }

  /** @param {string} sentence @param {import("../types.js").Way} [way]  what can be done about it, as a button */
  tell(sentence, way) {
    this.toast.replaceChildren(sentence, way ? button(way.text, way.go, "button is-small") : "");
    this.toast.hidden = false;
    this.announce(sentence);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.hush(), SHOWN_MS + sentence.length * 40);
  }

  /** @param {string} sentence */
  announce(sentence) {
    // The same sentence twice is still news.
    this.live.textContent = this.live.textContent === sentence ? `${sentence}\u00a0` : sentence;
  }

  /** What was shown is of no use any more. */
  hush() {
    this.toast.hidden = true;
  }
}
