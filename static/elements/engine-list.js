// The page of a list of names or rules: what it finds follows as one types, and nothing typed is lost.
import { gettext, pageLanguage } from "../editor/model/words.js";
import { find } from "./find.js";
import { LineGutter } from "./line-gutter.js";
import { ListDraft } from "./list-draft.js";
import { fateOf, lineAt, lineRange, takesTab, toTest } from "./list-lines.js";

const WAIT = 250;
const DRAFT_WAIT = 800;

class ListPage {
  #asked = 0;
  #timer = 0;
  #draftTimer = 0;
  #isLeaving = false;
  #request = new AbortController();

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.form = find(this.root, "form", HTMLFormElement);
    this.area = find(this.root, "[data-part=lines] textarea", HTMLTextAreaElement);
    this.draft = new ListDraft(this.root.dataset.draft ?? "");
    this.area.wrap = "off";
    this.stored = this.area.defaultValue;
    this.wasKept = this.root.dataset.kept === "true";
    this.gutter = new LineGutter(this.area);
    for (const part of ["keys", "others"]) this.#part(part).hidden = false;
    this.#listen();
    this.#listenForGold();
    this.#restore();
    this.#changed();
  }

  get seen() {
    return find(this.root, "input[name=seen]", HTMLInputElement).value;
  }

  get words() {
    return find(this.root, "input[name=q]", HTMLInputElement);
  }

  get sample() {
    return find(this.root, "select[name=sample]", HTMLSelectElement);
  }

  get isDirty() {
    return !this.wasKept || this.area.value !== this.stored;
  }

  /** @param {string} name */
  #part(name) {
    return find(this.root, `[data-part=${name}]`, HTMLElement);
  }

  #listen() {
    this.area.addEventListener("input", () => this.#changed());
    for (const name of ["keyup", "click", "focus"])
      this.area.addEventListener(name, () => this.#showRemark());
    this.area.addEventListener("keydown", (event) => this.#tab(event));
    this.form.addEventListener("change", (event) => {
      if (event.target !== this.area) this.#soon();
    });
    this.words.addEventListener("input", () => this.#wordsTyped());
    this.form.addEventListener("keydown", (event) => this.#key(event));
    this.form.addEventListener("submit", (event) => this.#submitted(event));
    this.#part("others").addEventListener("click", () => this.#otherArticles());
    this.#part("tried").addEventListener("click", (event) => this.#goToLine(event));
    addEventListener("beforeunload", (event) => {
      if (this.isDirty && !this.#isLeaving) event.preventDefault();
    });
    addEventListener("pagehide", () => this.#keepDraft());
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key === "Enter") this.#test({ all: true });
    else if (event.key === "s")
      this.form.requestSubmit(find(this.root, "button[name=save]", HTMLButtonElement));
    else return;
    event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  #tab(event) {
    const { value, selectionStart, selectionEnd } = this.area;
    if (event.key !== "Tab" || event.shiftKey || !takesTab(value, selectionStart, selectionEnd)) return;
    event.preventDefault();
    this.area.setRangeText("\t", selectionStart, selectionEnd, "end");
    this.#changed();
  }

  /** @param {SubmitEvent} event */
  #submitted(event) {
    const isTry = event.submitter instanceof HTMLButtonElement && event.submitter.name === "try";
    if (isTry || event.submitter === null) {
      event.preventDefault();
      this.#test({ all: true });
      return;
    }
    this.#keepDraft();
    this.#isLeaving = true;
  }

  #changed() {
    this.#part("unsaved").hidden = !this.isDirty;
    this.gutter.draw();
    clearTimeout(this.#draftTimer);
    this.#draftTimer = window.setTimeout(() => this.#keepDraft(), DRAFT_WAIT);
    this.#soon();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#test({ all: false }), WAIT);
  }

  /** Who types words wants articles that have them. */
  #wordsTyped() {
    if (this.words.value && ["latest", "random"].includes(this.sample.value)) this.sample.value = "words";
    this.#soon();
  }

  #otherArticles() {
    this.sample.value = "random";
    find(this.root, "input[name=seed]", HTMLInputElement).value = String(Math.floor(Math.random() * 2 ** 31));
    this.#test({ all: false });
  }

  /**
   * Asks what the list finds. An answer that comes after a newer question is dropped.
   * @param {{all: boolean}} how
   */
  async #test({ all }) {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    const began = performance.now();
    this.#request.abort();
    this.#request = new AbortController();
    this.#part("state").textContent = gettext("Testing…");
    try {
      const response = await fetch(this.root.dataset.try ?? "", {
        method: "POST",
        body: this.#question(all),
        signal: this.#request.signal,
      });
      if (response.redirected) throw new Error("signed out");
      const html = await response.text();
      if (asked === this.#asked) this.#show(html, Math.round(performance.now() - began));
    } catch {
      if (asked === this.#asked)
        this.#part("state").textContent = gettext("No answer. What you typed stays here.");
    }
  }

  /** @param {boolean} all */
  #question(all) {
    const data = new FormData(this.form);
    for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name);
    if (all) return data;
    const cursor = lineAt(this.area.value, this.area.selectionStart);
    const { text, numbers } = toTest(this.wasKept ? this.stored : "", this.area.value, cursor);
    data.set(this.area.name, text);
    data.set("numbers", numbers.join(","));
    return data;
  }

  /**
   * @param {string} html
   * @param {number} milliseconds
   */
  #show(html, milliseconds) {
    const tried = this.#part("tried");
    tried.innerHTML = html;
    this.#part("state").textContent = gettext("took %(milliseconds)s ms", { milliseconds });
    const known = tried.querySelector("#by-line")?.textContent;
    if (!known) return;
    const { counts, remarks } = JSON.parse(known);
    /** @type {Map<number, import("./line-gutter.js").About>} */
    const about = new Map(Object.entries(counts).map(([line, count]) => [Number(line), { count }]));
    for (const [line, reason, fatal] of remarks) about.set(line, { ...about.get(line), reason, fatal });
    this.gutter.tell(about);
    this.#showRemark();
  }

  #showRemark() {
    const line = lineAt(this.area.value, this.area.selectionStart);
    const reason = this.gutter.about.get(line)?.reason;
    const words = reason ? gettext("Line %(line)s: %(reason)s", { line, reason }) : "";
    if (this.#part("remark").textContent !== words) this.#part("remark").textContent = words;
  }

  /** @param {MouseEvent} event */
  #goToLine(event) {
    const link = event.target instanceof Element ? event.target.closest("[data-line]") : null;
    if (!(link instanceof HTMLElement)) return;
    event.preventDefault();
    const [start, end] = lineRange(this.area.value, Number(link.dataset.line));
    this.area.focus();
    this.area.setSelectionRange(start, end);
    const height = Number.parseFloat(getComputedStyle(this.area).lineHeight);
    this.area.scrollTop = (Number(link.dataset.line) - 4) * height;
    this.#showRemark();
  }

  #keepDraft() {
    if (this.#isLeaving) return;
    if (!this.isDirty) {
      this.draft.clear();
      return;
    }
    if (this.draft.write(this.seen, this.area.value)) return;
    this.#part("unsaved").textContent = gettext(
      "Not kept yet, and too long for this browser to remember. Keep it soon.",
    );
  }

  #restore() {
    const draft = this.draft.read();
    const fate = this.wasKept ? fateOf(draft, { seen: this.seen, text: this.stored }) : "gone";
    if (!draft || fate === "gone") {
      if (this.wasKept) this.draft.clear();
      return;
    }
    const when = new Date(draft.at).toLocaleString(pageLanguage());
    if (fate === "restore") {
      this.area.value = draft.text;
      this.#offer(
        gettext("Here is what you had typed by %(when)s and not kept.", { when }),
        gettext("Throw it away"),
        () => {
          this.area.value = this.stored;
        },
      );
    } else {
      const words = gettext("You had typed here by %(when)s and not kept it; the list was changed since.", {
        when,
      });
      this.#offer(words, gettext("Show what I had typed"), () => {
        this.area.value = draft.text;
      });
    }
  }

  /**
   * @param {string} words
   * @param {string} label
   * @param {() => void} act
   */
  #offer(words, label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = label;
    const notice = this.#part("draft");
    button.addEventListener("click", () => {
      act();
      notice.hidden = true;
      this.area.focus();
      this.#changed();
    });
    notice.replaceChildren(words, " ", button);
    notice.hidden = false;
  }

  #listenForGold() {
    const gold = this.root.querySelector("[data-part=gold]");
    if (!(gold instanceof HTMLElement)) return;
    gold.hidden = false;
    gold.addEventListener("click", async (event) => {
      const button = event.target instanceof HTMLElement ? event.target.closest("button") : null;
      if (!button) return;
      if (button.dataset.add) this.#add(button, button.dataset.add);
      else await this.#showGold(gold);
    });
  }

  /** @param {HTMLElement} gold */
  async #showGold(gold) {
    const response = await fetch(this.root.dataset.gold ?? "");
    if (!response.ok || response.redirected) return;
    gold.innerHTML = await response.text();
    const there = new Set(this.area.value.split("\n"));
    for (const button of gold.querySelectorAll("button")) {
      if (there.has(button.dataset.add ?? "")) button.closest("li")?.remove();
    }
    gold.querySelector("button")?.focus();
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {string} line
   */
  #add(button, line) {
    const text = this.area.value;
    this.area.value = text && !text.endsWith("\n") ? `${text}\n${line}` : text + line;
    this.area.scrollTop = this.area.scrollHeight;
    const row = button.closest("li");
    const next = row?.nextElementSibling ?? row?.previousElementSibling;
    row?.remove();
    next?.querySelector("button")?.focus();
    this.#changed();
  }
}

class EngineList extends HTMLElement {
  connectedCallback() {
    new ListPage(this);
  }
}

customElements.define("engine-list", EngineList);
