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

/** The project's guidelines and the labels' definitions. @param {import("../types.js").Editor} editor */
export function showGuidelines({ boot, schema }) {
  const element = part("panel-guidelines", HTMLElement);
  const definitions = schema.active.filter((label) => label.description);
  if (boot.project.guidelines_html)
    element.append(
      el("div", { class: "prose", attrs: { dir: "auto" } }, safeCopy(boot.project.guidelines_html)),
    );
  if (definitions.length) {
    element.append(
      el("h2", { text: "Labels" }),
      el(
        "dl",
        {},
        definitions.flatMap((label) => [
          el("dt", { text: schema.title(label.name), data: { hue: String(label.colour) } }),
          el("dd", { text: label.description }),
        ]),
      ),
    );
  }
  if (!element.childElementCount)
    element.append(el("p", { class: "quiet", text: "This project has no guidelines yet." }));
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
