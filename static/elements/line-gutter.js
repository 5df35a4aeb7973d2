import { gettext } from "../editor/model/words.js";

// Numbers of lines before a text area, and what is known of each line behind it. Only what is in sight is drawn.

/** @typedef {{count?: [number, number], reason?: string, fatal?: boolean}} About what is known of a line */

export class LineGutter {
  /** @param {HTMLTextAreaElement} area */
  constructor(area) {
    this.area = area;
    /** @type {Map<number, About>} */
    this.about = new Map();
    this.numbers = gutter("numbers");
    this.counts = gutter("counts");
    area.before(this.numbers);
    area.after(this.counts);
    area.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(area);
  }

  /** @param {Map<number, About>} about */
  tell(about) {
    this.about = about;
    this.draw();
  }

  draw() {
    const style = getComputedStyle(this.area);
    const height = Number.parseFloat(style.lineHeight);
    const lines = this.area.value.split("\n").length;
    const first = Math.floor(this.area.scrollTop / height);
    const shown = Math.min(lines - first, Math.ceil(this.area.clientHeight / height) + 1);
    const offset = Number.parseFloat(style.paddingTop) + first * height - this.area.scrollTop;
    const numbers = Array.from({ length: Math.max(shown, 0) }, (_, n) => first + n + 1);
    fill(this.numbers, offset, numbers, (line) => String(line), this.about);
    fill(this.counts, offset, numbers, (line) => inWords(this.about.get(line)), this.about);
    this.numbers.dataset.digits = String(String(lines).length);
  }
}

/** @param {About | undefined} about */
function inWords(about) {
  if (about?.reason && about.fatal) return "✕";
  if (!about?.count) return "";
  const [hits, articles] = about.count;
  return hits ? gettext("%(hits)s in %(articles)s", { hits, articles }) : gettext("never");
}

/**
 * @param {HTMLElement} gutter
 * @param {number} offset
 * @param {number[]} numbers
 * @param {(line: number) => string} text
 * @param {Map<number, About>} about
 */
function fill(gutter, offset, numbers, text, about) {
  const rows = numbers.map((line) => {
    const row = document.createElement("div");
    row.textContent = text(line);
    const known = about.get(line);
    if (known?.reason) row.className = known.fatal ? "bad" : "odd";
    else if (known?.count?.[0] === 0) row.className = "never";
    if (known?.reason) row.title = known.reason;
    return row;
  });
  const inner = /** @type {HTMLElement} */ (gutter.firstElementChild);
  inner.replaceChildren(...rows);
  inner.style.transform = `translateY(${offset}px)`;
}

/** @param {string} name */
function gutter(name) {
  const element = document.createElement("div");
  element.className = `gutter ${name}`;
  element.setAttribute("aria-hidden", "true");
  element.append(document.createElement("div"));
  return element;
}
