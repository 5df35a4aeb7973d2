import { LinkDrag } from "../input/linkdrag.js";
import { innermostFirst } from "../model/order.js";
import { gettext } from "../model/words.js";
import { RelationLayer } from "../render/relations.js";
import { nextMark } from "../state/movement.js";
import { endsInWords, linkInWords, quoted } from "../state/relations.js";
import { el, part } from "./dom.js";
import { LinkBar } from "./linkbar.js";
import { LinkPicker } from "./linkpicker.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../types.js").Relation} Relation */
/** @typedef {1 | -1} Direction */

const SHORT = 28;
const STEPS = /** @type {Record<string, Direction>} */ ({
  Tab: 1,
  "]": 1,
  "Ctrl+ArrowDown": 1,
  "Shift+Tab": -1,
  "[": -1,
  "Ctrl+ArrowUp": -1,
});

/**
 * Making a relation, and walking through those of a span. While either goes on, a line at the head of the text says
 * what the keys do, and has buttons for whoever has none.
 */
export class Linking {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.picker = new LinkPicker(editor);
    this.bar = new LinkBar(editor.backToText);
    this.#furnishText();
    editor.doors.link = () => this.link();
    editor.doors.relations = () => this.walk();
    editor.doors.clicked = () => this.#clicked();
    editor.modes.push((key) => this.#takes(key));
    editor.closers.push(() => this.cancel());
    editor.store.subscribe(({ before, view, changes }) => {
      const wasOn = before.linking !== null || before.relation !== null;
      const isOn = view.linking !== null || view.relation !== null;
      if ((wasOn || isOn) && (before !== view || changes.length)) this.#show();
    });
  }

  /** Lines over the text, and the knob they are dragged from. */
  #furnishText() {
    const { editor } = this;
    const lines = el("div", { class: "links", attrs: { "aria-hidden": "true" } });
    const title = gettext("Drag to another span to link them, or press and then choose it");
    const knob = el("div", { class: "link-knob", attrs: { "aria-hidden": "true", title } });
    part("over", HTMLElement).after(lines, knob);
    new LinkDrag({
      editor,
      knob,
      layer: new RelationLayer(editor, lines),
      onDrop: (from, to) => this.finish(from, to),
      onTap: () => this.link(),
    });
  }

  /** The first time it begins a relation at the active span, the second time it ends it there. */
  link() {
    const { store, actions, schema } = this.editor;
    if (store.view.linking !== null) return this.choose();
    if (!actions.editable) return this.#tell(actions.whyNot);
    if (!schema.relations.length) return this.#tell(gettext("This project’s schema has no relations."));
    const from = this.#spanHere();
    if (!from) return this.#tell(gettext("Go to a labelled span first: ] goes to the next one."));
    store.dispatch({
      view: { linking: from.id, active: from.id, relation: null },
      note: gettext("%(from)s to …. Go to the other end, then press Enter; Escape cancels.", {
        from: this.#fromWords(from),
      }),
    });
    return true;
  }

  /** The span at the cursor becomes the other end. */
  choose() {
    const from = this.#from;
    const to = this.#spanHere();
    if (!from) return false;
    if (!to)
      return this.#tell(
        this.editor.store.active?.kind === "suggestion"
          ? gettext("This is a suggestion still. Give it its label first.")
          : gettext("Go to the span at the other end first."),
      );
    return this.finish(from, to);
  }

  /** Makes the relation, asking which where several are allowed. @param {Span} from @param {Span} to */
  finish(from, to) {
    const { index } = this.editor.relations;
    const links = index.choices(from, to);
    const [only] = links;
    if (!only) return this.#tell(index.whyNone(from, to));
    const there = { active: to.id, selection: { anchor: to.start, head: to.end } };
    const add = (/** @type {typeof only} */ link) => void this.editor.relations.add(link, there);
    if (links.length === 1) add(only);
    else this.picker.open(links, add);
    return true;
  }

  cancel() {
    const { store } = this.editor;
    if (store.view.linking === null && store.view.relation === null) return false;
    const from = this.#from;
    const back = from && { active: from.id, selection: { anchor: from.start, head: from.end } };
    store.dispatch({
      view: { linking: null, relation: null, ...back },
      note: from ? gettext("No link made.") : gettext("Back to the span."),
    });
    if (from) this.editor.reveal.show(from);
    return true;
  }

  /** The next relation of the active span, round and round. */
  walk() {
    const { store, relations } = this.editor;
    const span = store.view.linking === null ? this.#spanHere() : null;
    if (!span) return this.#tell(gettext("Go to a labelled span first: ] goes to the next one."));
    const all = relations.index.relationsOf(span.id);
    if (!all.length) return this.#tell(gettext("This span has no relations. A comma begins one."));
    const at = all.findIndex((one) => one.id === store.view.relation);
    const next = /** @type {Relation} */ (all[(at + 1) % all.length]);
    const words = linkInWords(next, store.layer, this.editor.schema);
    store.dispatch({
      view: { active: span.id, relation: next.id },
      note: gettext(
        "Relation %(number)s of %(count)s: %(words)s. Backspace removes it, R turns it round, T gives another type.",
        { number: ((at + 1) % all.length) + 1, count: all.length, words },
      ),
    });
    return true;
  }

  /** @param {string} key */
  #takes(key) {
    const { linking, relation } = this.editor.store.view;
    if (linking !== null) {
      const step = STEPS[key];
      if (step) return this.#goOn(step);
      return key === "Enter" && this.choose();
    }
    if (relation === null) return false;
    if (key === "Backspace" || key === "Delete") this.#remove();
    else if (key === "r") this.#reverse();
    else if (key === "t" || key === " ") this.#retype();
    else if (key === "Enter") this.#goAcross();
    else return false;
    return true;
  }

  /** To the next span that may be the other end. @param {Direction} direction */
  #goOn(direction) {
    const { store, relations, commands, announce } = this.editor;
    const from = this.#from;
    const mark =
      from &&
      nextMark(
        store,
        direction,
        (one) => one.kind === "span" && relations.index.choices(from, one).length > 0,
      );
    if (mark) commands.activate(mark);
    else
      announce(
        direction > 0
          ? gettext("Nothing further on can be linked")
          : gettext("Nothing before this can be linked"),
      );
    return true;
  }

  /** A click while linking is the choice. @returns {boolean} whether it was taken */
  #clicked() {
    if (this.editor.store.view.linking === null) return false;
    this.choose();
    return true;
  }

  #remove() {
    const { relations, store } = this.editor;
    const relation = this.#walked;
    const span = store.active;
    if (!relation || !span || !relations.remove(relation)) return;
    if (relations.index.relationsOf(span.id).length) this.walk();
  }

  #reverse() {
    if (this.#walked) this.editor.relations.reverse(this.#walked);
  }

  #retype() {
    const relation = this.#walked;
    const { store, relations, actions } = this.editor;
    const [from, to] = [relation?.source, relation?.target].map((id) => store.layer.spans.get(id ?? ""));
    if (!relation || !from || !to) return;
    if (!actions.editable) return void this.#tell(actions.whyNot);
    const links = relations.index.choices(from, to).filter((link) => link.type !== relation.type);
    if (links.length) this.picker.open(links, (link) => relations.change(relation, link));
    else this.#tell(gettext("No other type of relation may link these two."));
  }

  /** To the other end, which then is the active span of the same relation. */
  #goAcross() {
    const relation = this.#walked;
    const { store, reveal } = this.editor;
    const other = relation && (relation.source === store.view.active ? relation.target : relation.source);
    const span = other && store.layer.spans.get(other);
    if (!span) return;
    store.dispatch({ view: { active: span.id, selection: { anchor: span.start, head: span.end } } });
    reveal.show(span);
  }

  /** The active span, else the innermost span at the cursor; never the one a link begins at. @returns {Span | null} */
  #spanHere() {
    const { store } = this.editor;
    const { active, selected, layer, view } = store;
    if (active && active.id !== view.linking) return active.kind === "span" ? active : null;
    if (active || !selected) return null;
    const here = [...layer.marksMeeting(selected.start, selected.end)].sort(innermostFirst);
    const span = here.find((one) => one.kind === "span" && one.id !== view.linking);
    return span?.kind === "span" ? span : null;
  }

  get #from() {
    return this.editor.store.layer.spans.get(this.editor.store.view.linking ?? "") ?? null;
  }

  get #walked() {
    return this.editor.store.layer.relations.get(this.editor.store.view.relation ?? "") ?? null;
  }

  #show() {
    const from = this.#from;
    const walked = this.#walked;
    if (from) this.#showLink(from);
    else if (walked) this.#showWalked(walked);
    else this.bar.hide();
  }

  /** @param {Span} from */
  #showLink(from) {
    const to = this.#spanHere();
    const { index } = this.editor.relations;
    const isFit = to !== null && index.choices(from, to).length > 0;
    const there = to ? `${this.#title(to)}${isFit ? "" : `. ${index.whyNone(from, to)}`}` : "…";
    this.bar.show(gettext("%(from)s to %(there)s", { from: this.#fromWords(from), there }), [
      isFit ? [gettext("Link"), "Enter", () => this.choose()] : null,
      [gettext("Cancel"), "Esc", () => this.cancel()],
    ]);
  }

  /** @param {Relation} relation */
  #showWalked(relation) {
    const { store, schema, actions, relations } = this.editor;
    const all = relations.index.relationsOf(store.active?.id ?? "");
    const count =
      all.length > 1
        ? gettext("%(number)s of %(count)s: ", { number: all.indexOf(relation) + 1, count: all.length })
        : "";
    const ends = endsInWords(relation, store.layer, schema, SHORT);
    const isChain = schema.relation(relation.type)?.chain === true;
    this.bar.show(`${count}${schema.title(relation.type)}, ${ends}`, [
      [gettext("Other end"), "Enter", () => this.#goAcross()],
      actions.editable && !isChain ? [gettext("Turn round"), "R", () => this.#reverse()] : null,
      actions.editable ? [gettext("Another type"), "T", () => this.#retype()] : null,
      actions.editable ? [gettext("Remove"), "⌫", () => this.#remove()] : null,
      [gettext("Done"), "Esc", () => this.cancel()],
    ]);
  }

  /** @param {Span} span */
  #title(span) {
    const { schema, store } = this.editor;
    return `${schema.title(span.label)} ${quoted(store.layer, span)}`;
  }

  /** @param {Span} from */
  #fromWords(from) {
    return gettext("Link from %(from)s", { from: this.#title(from) });
  }

  /** @param {string} sentence */
  #tell(sentence) {
    this.editor.tell(sentence);
    return true;
  }
}
