import { gettext, ngettext, pageLanguage } from "../model/words.js";
import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

/** The panel beside the text: tabs in the way of the ARIA authoring practices. On small screens it is a sheet. */
export class Side {
  /** @param {Editor} editor */
  constructor(editor) {
    this.element = part("side", HTMLElement);
    this.toggleButton = part("side-toggle", HTMLButtonElement);
    this.editor = editor;
    this.tabs = /** @type {HTMLButtonElement[]} */ ([...this.element.querySelectorAll('[role="tab"]')]);
    for (const tab of this.tabs) tab.addEventListener("click", () => this.select(tab));
    this.element
      .querySelector('[role="tablist"]')
      ?.addEventListener("keydown", (event) => this.#onKey(/** @type {KeyboardEvent} */ (event)));
    this.toggleButton.addEventListener("click", () => this.toggle());
    part("side-close", HTMLButtonElement).addEventListener("click", () => this.toggle(false));
    editor.doors.panel = () => this.toggle();
    editor.doors.text = () => void this.closeSheet();
    editor.closers.push(() => this.closeSheet());
    this.#resume();
  }

  /** As it stood at the last article; at first it is open where there is room. Disagreements, which an article
   * need not have, open their tab themselves. */
  #resume() {
    const { kept } = this.editor;
    this.toggle(/** @type {boolean} */ (kept.get("side.open") ?? innerWidth >= 1100));
    const looksAt = kept.get("side.tab");
    const tab = this.tabs.find((one) => one.id === looksAt && one.id !== "tab-disagreements");
    this.select(tab ?? part("tab-spans", HTMLButtonElement));
  }

  get isOpen() {
    return !this.element.hidden;
  }

  /** @param {boolean} [open] */
  toggle(open = !this.isOpen) {
    this.element.hidden = !open;
    this.editor.kept.set("side.open", open);
    document.body.classList.toggle("has-side", open);
    this.toggleButton.setAttribute("aria-expanded", String(open));
    if (!open) this.editor.backToText();
  }

  /** As a sheet it covers the text, so Escape closes it. */
  closeSheet() {
    if (!this.isOpen || innerWidth >= 1100) return false;
    this.toggle(false);
    return true;
  }

  /** @param {HTMLButtonElement} tab */
  select(tab) {
    this.editor.kept.set("side.tab", tab.id);
    if (tab.id === "tab-article") this.#fillArticle();
    for (const one of this.tabs) {
      const isChosen = one === tab;
      one.setAttribute("aria-selected", String(isChosen));
      one.tabIndex = isChosen ? 0 : -1;
      part(/** @type {string} */ (one.getAttribute("aria-controls")), HTMLElement).hidden = !isChosen;
    }
  }

  /** When it is looked at: names of languages take a browser long to find. */
  #fillArticle() {
    const panel = part("panel-article", HTMLElement);
    if (!panel.childElementCount) fillArticle(panel, this.editor);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const toRight = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!toRight) return;
    const step = this.editor.surface.isMirrored ? -toRight : toRight;
    const shown = this.tabs.filter((tab) => !tab.hidden);
    const at = shown.findIndex((tab) => tab === document.activeElement);
    const next = shown[(at + step + shown.length) % shown.length];
    if (!next) return;
    this.select(next);
    next.focus();
    event.preventDefault();
  }
}

/** @param {HTMLElement} element @param {Editor} editor */
function fillArticle(element, { boot, doors }) {
  const { article } = boot;
  const facts = [
    [gettext("Title"), article.title],
    [gettext("Language"), languageName(article.language)],
    ...Object.entries(article.metadata).map(([name, value]) => [name, value]),
    [gettext("Length"), charactersIn(article.text)],
  ];
  const rows = facts.filter(
    ([, value]) => value !== null && value !== undefined && value !== "" && typeof value !== "object",
  );
  const list = el(
    "dl",
    {},
    rows.flatMap(([name, value]) => [
      el("dt", { text: calmName(String(name)) }),
      el("dd", { text: String(value), attrs: { dir: "auto" } }),
    ]),
  );
  // On a phone this is the only way to the history.
  element.append(
    list,
    ...storyLink(boot.story),
    ...readingLinks(boot),
    ...versionLink(boot.version),
    button(gettext("History"), () => doors.history?.(), "button is-small"),
  );
}

/** @param {string} text */
function charactersIn(text) {
  const count = [...text].length;
  return ngettext("%(count)s character", "%(count)s characters", count);
}

/** To the reprints and updates of the article, if there are any. @param {import("../types.js").Bootstrap["story"]} story */
function storyLink(story) {
  if (!story?.others) return [];
  const words = ngettext(
    "%(count)s more article tells this story",
    "%(count)s more articles tell this story",
    story.others,
  );
  return [el("p", {}, [el("a", { text: words, attrs: { href: story.url } })])];
}

/** To what others marked in the article, and back to one's own. @param {import("../types.js").Bootstrap} boot */
function readingLinks({ readings = [], own }) {
  const others = readings.map(({ name, url }) => ({ text: gettext("What %(name)s marked", { name }), url }));
  const back = own ? [{ text: gettext("Back to your own work"), url: own }] : [];
  return [...back, ...others].map(({ text, url }) => el("p", {}, [el("a", { text, attrs: { href: url } })]));
}

/** To the texts that the article has had. @param {import("../types.js").Bootstrap["version"]} version */
function versionLink(version) {
  if (!version) return [];
  const words =
    version.number > 1
      ? gettext("Version %(number)s of the text", { number: version.number })
      : gettext("Versions of the text");
  return [el("p", {}, [el("a", { text: words, attrs: { href: version.url } })])];
}

/** @param {string} name */
function calmName(name) {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {string} code */
function languageName(code) {
  try {
    return new Intl.DisplayNames([pageLanguage()], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
