import { keyedValues } from "../model/attributes.js";
import { gettext } from "../model/words.js";
import { inNextTask } from "../render/tasks.js";
import { offeredInWords } from "../state/offeredlinks.js";
import { attributeField } from "./attributes.js";
import { sourcesInWords } from "./describe.js";
import { button, el, part } from "./dom.js";
import { relationLines } from "./relationlines.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Suggestion} Suggestion */

const MARGIN_WIDTH = 216;
const BELOW_WIDTH = 260;

/**
 * The active mark's note: in the margin where there is one, else under the mark when it was clicked, else (on
 * small screens) above the labels.
 */
export class Details {
  #wasClicked = false;
  #isDue = false;

  /** @param {Editor} editor */
  constructor(editor) {
    this.element = part("details", HTMLElement);
    this.editor = editor;
    editor.doors.note = () => this.openByPointer();
    editor.doors.details = () => this.focus();
    editor.closers.push(() => this.close());
    editor.store.subscribe(({ before, view, changes }) => {
      if (view.active !== before.active) this.#wasClicked = false;
      if (view.active !== before.active || view.linking !== before.linking || changes.length) this.#soon();
    });
  }

  /** The text is painted first; the note may follow a frame later. */
  #soon() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() =>
      inNextTask(() => {
        this.#isDue = false;
        if (!this.editor.signal.aborted) this.show();
      }),
    );
  }

  /** A click or tap asked for the note. */
  openByPointer() {
    this.#wasClicked = true;
    this.show();
  }

  /** A key asked for it. */
  focus() {
    this.#wasClicked = true;
    this.show();
    /** @type {HTMLElement | null} */ (this.element.querySelector("select, input, button"))?.focus();
  }

  close() {
    if (this.element.hidden || !this.element.contains(document.activeElement)) return false;
    this.editor.backToText();
    return true;
  }

  show() {
    const mark = this.editor.store.active;
    const hadFocus = this.element.contains(document.activeElement);
    const place = mark && this.#placeFor();
    if (!mark || !place || this.#isUnwanted(place)) {
      this.element.hidden = true;
      if (!mark && hadFocus) this.editor.backToText();
      return;
    }
    if (!hadFocus || this.element.dataset.mark !== mark.id) this.#fill(mark);
    else if (document.activeElement instanceof HTMLButtonElement) this.#refill(mark);
    this.element.hidden = false;
    this.#place(mark, place);
  }

  /** Where it would cover the text it waits for a click; and while the other end of a link is looked for there. @param {"margin" | "below" | "sheet"} place */
  #isUnwanted(place) {
    if (place === "margin") return false;
    return this.editor.store.view.linking !== null || (place === "below" && !this.#wasClicked);
  }

  /** @returns {"margin" | "below" | "sheet"} */
  #placeFor() {
    if (innerWidth < 700) return "sheet";
    return this.editor.surface.margins.after >= MARGIN_WIDTH + 24 ? "margin" : "below";
  }

  /** @param {Mark} mark @param {"margin" | "below" | "sheet"} place */
  #place(mark, place) {
    this.element.dataset.place = place;
    const { style } = this.element;
    style.left = style.insetInlineStart = style.top = "";
    if (place === "sheet") return;
    const pieces = this.editor.surface.piecesOf(mark);
    const [first] = pieces;
    const last = pieces.at(-1);
    if (!first || !last) return;
    const { clientWidth } = this.editor.surface.element;
    if (place === "margin") {
      style.insetInlineStart = `${clientWidth + 12}px`;
      style.top = `${first.text.top - 6}px`;
    } else {
      const left = this.editor.surface.isRtlAt(mark.start) ? last.text.right - BELOW_WIDTH : last.text.left;
      style.left = `${Math.max(0, Math.min(left, clientWidth - BELOW_WIDTH))}px`;
      style.top = `${last.laneBottom + 6}px`;
    }
  }

  /** A pressed value stays under the finger while all is drawn anew. @param {Mark} mark */
  #refill(mark) {
    const buttons = () => [...this.element.querySelectorAll("button")];
    const at = buttons().findIndex((one) => one === document.activeElement);
    this.#fill(mark);
    buttons()[at]?.focus();
  }

  /** @param {Mark} mark */
  #fill(mark) {
    this.element.dataset.mark = mark.id;
    this.element.dataset.hue = String(this.editor.schema.hue(mark.label));
    this.element.replaceChildren(
      ...(mark.kind === "span" ? this.#spanParts(mark) : this.#suggestionParts(mark)),
    );
  }

  /** @param {Span} span */
  #spanParts(span) {
    const { schema, actions } = this.editor;
    const attributes = schema.attributesOf(span.label);
    const values = keyedValues(attributes);
    const digits = this.editor.keys.ofValues;
    const fields = attributes.map((attribute) =>
      attributeField(attribute, span.attributes[attribute.name], {
        schema,
        keyOf: (value) =>
          digits[values.findIndex((one) => one.attribute === attribute.name && one.value === value)]?.key ??
          "",
        onChange: (value) => this.#setAttribute(span.id, attribute.name, value),
        isEditable: actions.editable,
      }),
    );
    const tools = actions.editable
      ? el("div", { class: "details-tools" }, [
          this.editor.schema.relations.length
            ? button(gettext("Link"), () => this.editor.doors.link?.(), "button is-small")
            : null,
          button(gettext("Relabel"), () => this.editor.doors.picker?.(), "button is-small"),
          button(gettext("Same words"), () => this.editor.doors.propagate?.(), "button is-small"),
          schema.overlap.discontinuous
            ? button(gettext("Add words"), () => this.#grow(), "button is-small")
            : null,
          button(this.#said(span), () => this.editor.doors.comment?.(), "button is-small"),
          button(
            gettext("Remove"),
            () => this.#on(span.id, (one) => actions.remove(one)),
            "button is-small is-quiet",
          ),
        ])
      : null;
    const lines = relationLines(span, this.editor);
    return [this.#heading(span), ...lines, ...fields, tools].filter((one) => one !== null);
  }

  /** @param {Span} span */
  #said(span) {
    const count = this.editor.talk.about(span).length;
    return count ? gettext("Comments %(count)s", { count }) : gettext("Comment");
  }

  #grow() {
    this.editor.commands.parts.grow();
    this.editor.backToText();
  }

  /** @param {Suggestion} suggestion */
  #suggestionParts(suggestion) {
    const { actions, commands, schema, store } = this.editor;
    const from = sourcesInWords(suggestion.sources);
    const source = el("p", {
      class: "details-source",
      text: [from ? gettext("Suggested by %(from)s", { from }) : gettext("Suggested"), suggestion.sureness]
        .filter(Boolean)
        .join(", "),
    });
    const links = suggestion.links.map((link) => offeredInWords(link, store.layer, schema)).join("; ");
    const along = links ? el("p", { class: "details-source", text: links, attrs: { dir: "auto" } }) : null;
    const tools = actions.editable
      ? el("div", { class: "details-tools" }, [
          button(
            gettext("Accept"),
            () => this.#answer(suggestion, () => commands.enter()),
            "button is-small is-solid",
          ),
          button(
            gettext("Reject"),
            () => this.#answer(suggestion, () => commands.delete()),
            "button is-small",
          ),
        ])
      : null;
    return [this.#heading(suggestion), source, along, tools].filter((one) => one !== null);
  }

  /** As with keys, one answer leads to the next suggestion; its note stays open under the same finger. @param {Suggestion} suggestion @param {() => void} work */
  #answer(suggestion, work) {
    const { store } = this.editor;
    if (store.active?.id !== suggestion.id) return;
    work();
    this.editor.backToText();
    if (!store.active) return;
    this.openByPointer();
    this.element.scrollIntoView({ block: "nearest" });
  }

  /** @param {Mark} mark */
  #heading(mark) {
    const { schema, store } = this.editor;
    const words = store.layer.surface(mark).replace(/\s+/gu, " ");
    return el("div", { class: "details-head" }, [
      el("strong", { text: schema.title(mark.label) }),
      el("span", { class: "details-words", text: words, attrs: { dir: "auto" } }),
    ]);
  }

  /** @param {string} id @param {string} name @param {import("../types.js").AttributeValue | null} value */
  #setAttribute(id, name, value) {
    this.#on(id, (span) => this.editor.actions.setAttribute(span, name, value));
  }

  /** The span as it is now: it may have changed since the note was drawn. @param {string} id @param {(span: Span) => void} work */
  #on(id, work) {
    const span = this.editor.store.layer.spans.get(id);
    if (span) work(span);
  }
}
