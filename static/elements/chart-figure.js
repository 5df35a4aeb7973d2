// `<chart-figure data-name="file-name" data-label="What it shows">`: makes a drawing tell its figures under the
// pointer and by arrow keys, and saves it as a picture. Every group of the drawing with a title is a point.
import { gettext } from "../editor/model/words.js";
import { find } from "./find.js";
import { savePicture } from "./picture.js";

/** @typedef {{ element: SVGGElement, words: string }} Point */

/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7 };
/** @type {Record<string, number>} */
const ENDS = { Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY };
const APART = 12;

class ChartFigure extends HTMLElement {
  /** @type {Point[]} */
  #points = [];
  #at = 0;
  // A slider to those who do not see it: one value at a time, moved by arrow keys.
  #reader = document.createElement("div");
  #note = document.createElement("div");

  connectedCallback() {
    const svg = find(this, "svg", SVGSVGElement);
    this.#points = [...svg.querySelectorAll("g")].flatMap(pointOf);
    if (this.#points.length) this.#read(svg);
    this.#offerPicture(svg);
  }

  /** @param {SVGSVGElement} svg */
  #read(svg) {
    const reader = this.#reader;
    reader.className = "reader";
    reader.tabIndex = 0;
    reader.setAttribute("role", "slider");
    reader.setAttribute("aria-label", this.dataset.label ?? "");
    reader.setAttribute("aria-valuemin", "1");
    reader.setAttribute("aria-valuemax", String(this.#points.length));
    this.#note.className = "note";
    this.#note.hidden = true;
    svg.before(reader);
    reader.append(svg, this.#note);
    this.#move(this.#points.length - 1);
    reader.addEventListener("pointermove", (event) => this.#show(this.#nearest(event.clientX)));
    // A finger that taps has left again before the click.
    reader.addEventListener("click", (event) => this.#show(this.#nearest(event.clientX)));
    reader.addEventListener("pointerleave", () => this.#hide());
    reader.addEventListener("blur", () => this.#hide());
    reader.addEventListener("focus", () => reader.matches(":focus-visible") && this.#show(this.#at));
    reader.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") this.#hide();
    const step = STEPS[event.key] ?? ENDS[event.key];
    if (!step) return;
    event.preventDefault();
    this.#show(Math.max(0, Math.min(this.#points.length - 1, this.#at + step)));
  }

  /** @param {number} x */
  #nearest(x) {
    const away = this.#points.map(({ element }) => Math.abs(middleOf(element) - x));
    return away.indexOf(Math.min(...away));
  }

  /** @param {number} at */
  #move(at) {
    this.#at = at;
    this.#reader.setAttribute("aria-valuenow", String(at + 1));
    this.#reader.setAttribute("aria-valuetext", this.#points[at].words.replaceAll("\n", ", "));
  }

  /** @param {number} at */
  #show(at) {
    this.#hide();
    this.#move(at);
    const { element, words } = this.#points[at];
    element.classList.add("shown");
    this.#note.textContent = words;
    this.#note.hidden = false;
    const { left, width } = this.#reader.getBoundingClientRect();
    const middle = middleOf(element) - left;
    const isLeft = middle < width / 2;
    this.#note.style.left = isLeft ? `${middle + APART}px` : "auto";
    this.#note.style.right = isLeft ? "auto" : `${width - middle + APART}px`;
  }

  #hide() {
    this.#note.hidden = true;
    this.#points[this.#at].element.classList.remove("shown");
  }

  /** @param {SVGSVGElement} svg */
  #offerPicture(svg) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = gettext("Download PNG");
    const name = `${this.dataset.name ?? "chart"}.png`;
    button.addEventListener("click", () => savePicture(svg, name, this.#legend()));
    (this.querySelector(".downloads") ?? this).append(button);
  }

  /** What each colour means: it stands beside the drawing, and belongs into the picture. */
  #legend() {
    return [...this.querySelectorAll(".legend li")].map((item) => ({
      words: item.textContent ?? "",
      colour: getComputedStyle(item, "::before").backgroundColor,
    }));
  }
}

/** @param {Element} element */
function middleOf(element) {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}

/** @param {SVGGElement} element */
function pointOf(element) {
  const title = element.querySelector(":scope > title");
  if (!title) return [];
  // The browser's own bubble would stand over ours.
  title.remove();
  return [{ element, words: (title.textContent ?? "").trim() }];
}

customElements.define("chart-figure", ChartFigure);
