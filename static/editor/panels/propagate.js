import { gettext, ngettext } from "../model/words.js";
import { Preview } from "../render/preview.js";
import { unlabelledLike } from "../state/propagate.js";
import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../model/lookalikes.js").Likeness} Likeness */
/** @typedef {{start: number, end: number}} Stretch */

const CONTEXT = 22;
const WIDEST = { ignoreCase: true, inflected: true };

/** One key offers every other mention of the same words: shown in the text first, labelled as one step. */
export class Propagate {
  /** @type {Mark | null} */
  #model = null;
  /** @type {Stretch[]} */
  #places = [];
  /** Places that stay as they are, by their start. @type {Set<number>} */
  #leftOut = new Set();
  /** @type {Stretch | null} */
  #current = null;
  /** @type {Preview | null} */
  #preview = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.title = el("h2", { attrs: { id: "propagate-title" } });
    this.note = el("p", { class: "quiet" });
    this.ignoreCase = option(gettext("Ignore case"), "c", () => this.#choose());
    this.inflected = option(gettext("Inflected forms too"), "i", () => this.#choose());
    this.list = el("ul");
    this.apply = button("", () => this.#apply(), "button is-small is-solid");
    this.element = el(
      "section",
      { class: "propagate", attrs: { role: "dialog", "aria-labelledby": "propagate-title", tabindex: "-1" } },
      [
        this.title,
        el("div", { class: "propagate-options" }, [this.ignoreCase.label, this.inflected.label]),
        this.note,
        this.list,
        el("div", { class: "dialog-tools" }, [
          button(gettext("Cancel"), () => this.close(), "button is-small"),
          this.apply,
        ]),
      ],
    );
    this.element.hidden = true;
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    part("stage", HTMLElement).append(this.element);
    editor.doors.propagate = () => this.open();
    editor.closers.push(() => this.close());
    editor.store.subscribe(({ before, view }) => {
      if (before.active !== view.active) this.close();
    });
  }

  open() {
    const { store, actions, tell } = this.editor;
    const model = store.active ?? this.#spanOfSelection();
    if (!actions.editable) return tell(actions.whyNot);
    if (!model)
      return tell(gettext("Label a mention first, or choose one: then this key finds the same words."));
    if (model.kind === "span" && model.fragments.length)
      return tell(gettext("A span with gaps has no look-alikes: its words stand apart."));
    const words = this.#quoted(model);
    const any = unlabelledLike(this.editor, model, WIDEST);
    if (!any.places.length) {
      const none = gettext("There is no other unlabelled %(words)s in this article.", { words });
      const some = gettext(
        "There is no other unlabelled %(words)s in this article that the schema lets you label; %(count)s it does not.",
        { words, count: any.refused },
      );
      return tell(any.refused ? some : none);
    }
    this.#model = model;
    this.#leftOut.clear();
    const { ignoreCase, inflected } = this.#preferred;
    this.ignoreCase.input.checked = ignoreCase === true;
    this.inflected.input.checked = inflected === true;
    this.#preview ??= new Preview(
      part("over", HTMLElement),
      this.editor.surface,
      this.editor.schema.hue(model.label),
    );
    this.#preview.element.dataset.hue = String(this.editor.schema.hue(model.label));
    this.element.dataset.hue = this.#preview.element.dataset.hue;
    this.element.hidden = false;
    this.#look();
    this.#widen();
    this.element.focus();
  }

  /** A span may be meant that is selected and not active. @returns {Mark | null} */
  #spanOfSelection() {
    const { selected, layer } = this.editor.store;
    if (!selected) return null;
    const here = [...layer.marksMeeting(selected.start, selected.end)];
    return (
      here.find(
        (mark) => mark.kind === "span" && mark.start === selected.start && mark.end === selected.end,
      ) ?? null
    );
  }

  /** @returns {boolean} whether there was something to close */
  close() {
    if (this.element.hidden) return false;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.#model = null;
    this.#current = null;
    this.#preview?.show([]);
    if (hadFocus) this.editor.backToText();
    return true;
  }

  /** What stands here only in other forms is shown at once: a dateline’s BERGEN is Bergen further down. */
  #widen() {
    for (const { input } of [this.ignoreCase, this.inflected]) {
      if (this.#places.length || input.checked) continue;
      input.checked = true;
      this.#look();
    }
  }

  get #likeness() {
    return { ignoreCase: this.ignoreCase.input.checked, inflected: this.inflected.input.checked };
  }

  get #preferred() {
    return /** @type {Partial<Likeness>} */ (this.editor.preferences.get("likeness") ?? {});
  }

  #choose() {
    this.editor.preferences.set("likeness", this.#likeness);
    this.#look();
  }

  /** Finds the places again, as the options now say. */
  #look() {
    if (!this.#model) return;
    const { places, refused } = unlabelledLike(this.editor, this.#model, this.#likeness);
    this.#places = places;
    const rows = places.map((place) => this.#row(place));
    this.list.replaceChildren(...rows);
    const wider = unlabelledLike(this.editor, this.#model, WIDEST).places.length - places.length;
    this.note.textContent = [
      wider > 0 ? gettext("%(count)s more in other forms.", { count: wider }) : "",
      refused
        ? ngettext(
            "%(count)s cannot be labelled: the schema does not allow a span there.",
            "%(count)s cannot be labelled: the schema does not allow spans there.",
            refused,
          )
        : "",
    ]
      .filter(Boolean)
      .join(" ");
    this.note.hidden = !this.note.textContent;
    this.#show();
    this.editor.announce(
      gettext("%(title)s. Enter labels them, Escape leaves.", { title: this.title.textContent }),
    );
  }

  /** What is ticked, in the panel and in the text. */
  #show() {
    if (!this.#model) return;
    const chosen = this.#chosen().length;
    const label = this.editor.schema.title(this.#model.label);
    const said = { count: chosen, words: this.#quoted(this.#model), label };
    this.title.textContent =
      this.#model.kind === "span"
        ? gettext("%(count)s more of %(words)s as %(label)s", said)
        : gettext("%(count)s of %(words)s as %(label)s", said);
    this.apply.textContent = gettext("Label %(count)s", { count: chosen });
    this.apply.disabled = chosen === 0;
    this.#preview?.show(
      this.#places.map((place) => ({
        place,
        isChosen: !this.#leftOut.has(place.start),
        isCurrent: place === this.#current,
      })),
    );
  }

  #chosen() {
    return this.#places.filter((place) => !this.#leftOut.has(place.start));
  }

  #apply() {
    const label = this.#model?.label;
    const chosen = this.#chosen();
    if (!label || !chosen.length) return;
    this.close();
    this.editor.actions.addAll(chosen, label);
  }

  /** @param {Stretch} place */
  #row(place) {
    const { before, words, after } = this.#inContext(place);
    const box = el("input", { attrs: { type: "checkbox" } });
    box.checked = !this.#leftOut.has(place.start);
    box.addEventListener("change", () => {
      if (box.checked) this.#leftOut.delete(place.start);
      else this.#leftOut.add(place.start);
      this.#show();
    });
    box.addEventListener("focus", () => {
      this.#current = place;
      this.editor.reveal.show(place);
      this.#show();
    });
    const line = el("span", { attrs: { dir: "auto" } }, [before, el("b", { text: words }), after]);
    const inside = this.#around(place);
    return el("li", {}, [
      el("label", {}, [
        box,
        line,
        inside ? el("small", { text: gettext("in %(inside)s", { inside }) }) : null,
      ]),
    ]);
  }

  /** Some words before and after, none of them cut. @param {Stretch} place */
  #inContext({ start, end }) {
    const { units } = this.editor;
    const { text } = units;
    const from = Math.max(0, start - CONTEXT);
    const to = Math.min(text.length, end + CONTEXT);
    const cut = (/** @type {number} */ a, /** @type {number} */ b) => {
      const whole = units.wholeGraphemes(a, b);
      return text.slice(whole.start, whole.end).replace(/\s+/gu, " ");
    };
    return {
      before: from ? `…${cut(from, start).replace(/^\S{1,12} /u, "")}` : cut(from, start),
      words: cut(start, end),
      after: to < text.length ? `${cut(end, to).replace(/ \S{1,12}$/u, "")}…` : cut(end, to),
    };
  }

  /** The label of the innermost span round a place. @param {Stretch} place */
  #around({ start, end }) {
    const { schema, store } = this.editor;
    const round = [...store.layer.marksMeeting(start, end)].filter(
      (mark) => mark.kind === "span" && mark.start <= start && mark.end >= end,
    );
    const innermost = round.sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    return innermost ? schema.title(innermost.label) : "";
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const onButton = event.target instanceof HTMLButtonElement;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step) this.#step(step);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && !onButton) this.#apply();
    else if (event.key.toLowerCase() === "c") this.ignoreCase.input.click();
    else if (event.key.toLowerCase() === "i") this.inflected.input.click();
    else if (event.key === "Tab" || event.key === " " || event.key === "Enter") {
      event.stopPropagation();
      return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {1 | -1} step */
  #step(step) {
    const boxes = /** @type {HTMLInputElement[]} */ ([...this.list.querySelectorAll("input")]);
    const at = boxes.findIndex((box) => box === document.activeElement);
    boxes[at < 0 ? (step > 0 ? 0 : boxes.length - 1) : (at + step + boxes.length) % boxes.length]?.focus();
  }

  /** @param {Mark} mark */
  #quoted(mark) {
    const words = this.editor.store.layer.surface(mark).replace(/\s+/gu, " ");
    return `“${words.length > 40 ? `${words.slice(0, 38)}…` : words}”`;
  }
}

/** @param {string} text @param {string} key @param {() => void} onChange */
function option(text, key, onChange) {
  const input = el("input", { attrs: { type: "checkbox", "aria-keyshortcuts": key } });
  input.addEventListener("change", onChange);
  const label = el("label", {}, [
    input,
    el("span", { text }),
    el("kbd", { text: key, attrs: { "aria-hidden": "true" } }),
  ]);
  return { input, label };
}
