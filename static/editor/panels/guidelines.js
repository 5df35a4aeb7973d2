import { gettext } from "../model/words.js";
import { el, part } from "./dom.js";

const ALLOWED = new Set([
  "H1",
  "H2",
  "H3",
  "H4",
  "H5",
  "H6",
  "P",
  "UL",
  "OL",
  "LI",
  "STRONG",
  "EM",
  "B",
  "I",
  "CODE",
  "PRE",
  "BLOCKQUOTE",
  "HR",
  "BR",
  "TABLE",
  "THEAD",
  "TBODY",
  "TR",
  "TH",
  "TD",
  "DL",
  "DT",
  "DD",
  "A",
  "DEL",
  "MARK",
  "KBD",
  "SUB",
  "SUP",
]);

/** The project's guidelines and the labels' definitions, with a search through both. */
export class Guidelines {
  #at = -1;
  /** @type {HTMLElement[]} */
  #found = [];

  /** @param {import("../types.js").Editor} editor */
  constructor({ boot, schema, doors, announce }) {
    this.announce = announce;
    this.element = part("panel-guidelines", HTMLElement);
    this.content = el("div", {}, guidelineParts(boot.project.guidelines_html, schema));
    this.count = el("span", { class: "quiet", attrs: { role: "status" } });
    const attrs = {
      type: "search",
      placeholder: gettext("Search the guidelines"),
      "aria-label": gettext("Search the guidelines"),
    };
    this.input = el("input", { attrs });
    this.input.addEventListener("input", () => this.#search());
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    const isEmpty = !this.content.childElementCount;
    if (isEmpty)
      this.content.append(el("p", { class: "quiet", text: gettext("This project has no guidelines yet.") }));
    else this.element.append(el("p", { class: "guideline-search" }, [this.input, this.count]));
    this.element.append(this.content);
    doors.guidelines = () => this.#open(doors);
  }

  /** @param {import("../types.js").Doors} doors */
  #open(doors) {
    if (part("side", HTMLElement).hidden) doors.panel?.();
    part("tab-guidelines", HTMLButtonElement).click();
    this.input.focus();
    this.input.select();
  }

  #search() {
    for (const mark of this.content.querySelectorAll("mark.found")) mark.replaceWith(...mark.childNodes);
    this.content.normalize();
    const wanted = this.input.value.trim().toLowerCase();
    this.#found = wanted.length > 1 ? marked(this.content, wanted) : [];
    this.#at = -1;
    if (wanted.length > 1) this.#step(1);
    else this.count.textContent = "";
  }

  /** @param {1 | -1} direction */
  #step(direction) {
    const count = this.#found.length;
    this.#found[this.#at]?.classList.remove("is-here");
    this.#at = count ? (this.#at + direction + count) % count : -1;
    const here = this.#found[this.#at];
    here?.classList.add("is-here");
    here?.scrollIntoView({ block: "center" });
    this.count.textContent = count
      ? gettext("%(at)s of %(count)s", { at: this.#at + 1, count })
      : gettext("Not found");
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key === "Enter") this.#step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape" && this.input.value) {
      this.input.value = "";
      this.#search();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Every place of `wanted`, in lower case, as an element of its own. @param {HTMLElement} content @param {string} wanted */
function marked(content, wanted) {
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const texts = [];
  while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
  return texts.flatMap((text) => {
    /** @type {HTMLElement[]} */
    const marks = [];
    let rest = text;
    // Letters whose lower case is longer would shift the places: then the words are compared as they are.
    const lower = (/** @type {string} */ data) =>
      data.toLowerCase().length === data.length ? data.toLowerCase() : data;
    for (let at = lower(rest.data).indexOf(wanted); at >= 0; at = lower(rest.data).indexOf(wanted)) {
      const hit = rest.splitText(at);
      rest = hit.splitText(wanted.length);
      const mark = el("mark", { class: "found" });
      hit.replaceWith(mark);
      mark.append(hit);
      marks.push(mark);
    }
    return marks;
  });
}

/** @param {string} html @param {import("../model/schema.js").SchemaView} schema */
function guidelineParts(html, schema) {
  const definitions = schema.active.filter((label) => label.description);
  const rows = definitions.flatMap((label) => [
    el("dt", { text: schema.title(label.name), data: { hue: String(label.colour) } }),
    el("dd", { text: label.description }),
  ]);
  return [
    ...(html ? [el("div", { class: "prose", attrs: { dir: "auto" } }, safeCopy(html))] : []),
    ...(rows.length ? [el("h2", { text: gettext("Labels") }), el("dl", {}, rows)] : []),
  ];
}

/** The server has cleaned this HTML; here only plain elements without attributes are copied, so nothing runs. @param {string} html */
function safeCopy(html) {
  return copies(new DOMParser().parseFromString(html, "text/html").body);
}

/** @param {Node} parent @returns {Node[]} */
function copies(parent) {
  return [...parent.childNodes].flatMap((node) => {
    if (node instanceof Text) return [document.createTextNode(node.data)];
    if (!(node instanceof HTMLElement) || ["SCRIPT", "STYLE", "TEMPLATE"].includes(node.tagName)) return [];
    if (!ALLOWED.has(node.tagName)) return copies(node);
    const copy = document.createElement(node.tagName);
    if (node instanceof HTMLAnchorElement && /^https?:$/.test(node.protocol)) {
      copy.setAttribute("href", node.href);
      copy.setAttribute("target", "_blank");
      copy.setAttribute("rel", "noopener noreferrer");
    }
    copy.append(...copies(node));
    return [copy];
  });
}
