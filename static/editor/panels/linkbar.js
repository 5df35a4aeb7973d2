import { gettext } from "../model/words.js";
import { button, el, part } from "./dom.js";

/** @typedef {[name: string, key: string, run: () => void]} Tool */

/** The line at the head of the text that says what the keys do, with buttons for whoever has none. */
export class LinkBar {
  /** @param {() => void} onDone  after a button was pressed */
  constructor(onDone) {
    this.onDone = onDone;
    this.words = el("span", { class: "linkbar-words" });
    this.tools = el("span", { class: "linkbar-tools" });
    this.element = el(
      "div",
      { class: "linkbar", attrs: { role: "group", "aria-label": gettext("Relation") } },
      [this.words, this.tools],
    );
    this.element.hidden = true;
    part("stage", HTMLElement).append(this.element);
  }

  hide() {
    this.element.hidden = true;
  }

  /** @param {string} words @param {Array<Tool | null>} tools */
  show(words, tools) {
    this.words.textContent = words;
    this.tools.replaceChildren(...tools.flatMap((tool) => (tool ? [this.#tool(tool)] : [])));
    this.element.hidden = false;
  }

  /** @param {Tool} tool */
  #tool([name, key, run]) {
    const press = () => {
      run();
      this.onDone();
    };
    const one = button(name, press, "button is-small");
    one.append(el("kbd", { text: key, attrs: { "aria-hidden": "true" } }));
    return one;
  }
}
