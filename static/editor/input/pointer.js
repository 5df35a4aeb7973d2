import { partsOf } from "../model/fragments.js";
import { marksAt } from "../render/hit.js";
import { selecting } from "../state/movement.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {{span: Span | null, part: number, start: number, end: number, edge: "start" | "end"}} Resizing  without a span: the selection */

const DRAG_PX = 4;
const EDGE_PX = 40;

/** Mouse and pen: select by dragging, activate by clicking, resize by the handles of the active span. */
export class Pointer {
  /** @type {{x: number, y: number, offset: number | null, dragged: boolean, resizing: Resizing | null, grows: boolean} | null} */
  #press = null;
  /** @type {PointerEvent | null} */
  #last = null;
  #scrolling = 0;

  /** @param {{editor: Editor, text: HTMLElement, handles: HTMLElement, onActivate: () => void}} parts */
  constructor({ editor, text, handles, onActivate }) {
    this.editor = editor;
    this.text = text;
    this.onActivate = onActivate;
    const desk = editor.surface.scroller;
    desk.addEventListener("pointerdown", (event) => this.#down(event, handles));
    desk.addEventListener("pointermove", (event) => this.#move(event));
    desk.addEventListener("pointerup", (event) => this.#up(event));
    desk.addEventListener("pointercancel", () => this.#forget());
    desk.addEventListener("mousedown", (event) => this.#keepNativeSelectionOut(event));
    // On the desk, not on the text: whoever captures a pointer gets its clicks.
    desk.addEventListener("dblclick", (event) => this.#double(event));
  }

  /** Our own selection snaps to words; the browser's would fight it. A finger keeps the browser's. @param {MouseEvent} event */
  #keepNativeSelectionOut(event) {
    if (!this.#press || event.button !== 0) return;
    event.preventDefault();
    getSelection()?.removeAllRanges();
    this.text.focus({ preventScroll: true });
  }

  /** @param {PointerEvent} event @param {HTMLElement} handles */
  #down(event, handles) {
    const target = /** @type {HTMLElement} */ (event.target);
    const onHandle = handles.contains(target) && target.dataset.edge;
    const isOurs = onHandle || this.text.contains(target) || target === this.editor.surface.scroller;
    if (!isOurs || event.button !== 0 || (event.pointerType === "touch" && !onHandle)) return;
    const resizing = onHandle ? this.#resizing(target) : null;
    const isCommand = event.ctrlKey || event.metaKey;
    const grows = isCommand && this.editor.store.active?.kind === "span" && !resizing;
    this.#press = {
      x: event.clientX,
      y: event.clientY,
      offset: this.editor.surface.offsetAt(event.clientX, event.clientY),
      dragged: false,
      resizing,
      grows,
    };
    this.editor.surface.scroller.setPointerCapture(event.pointerId);
  }

  /** What the handle under the pointer would move. @param {HTMLElement} handle @returns {Resizing | null} */
  #resizing(handle) {
    const { active, selected } = this.editor.store;
    const edge = handle.dataset.edge === "start" ? "start" : "end";
    if (active?.kind !== "span") return selected && { span: null, part: 0, ...selected, edge };
    const part = Number(handle.dataset.part);
    const [start, end] = partsOf(active)[part] ?? [active.start, active.end];
    return { span: active, part, start, end, edge };
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const press = this.#press;
    if (!press) return;
    this.#last = event;
    press.dragged ||= Math.hypot(event.clientX - press.x, event.clientY - press.y) > DRAG_PX;
    if (!press.dragged) return;
    if (press.grows && !this.editor.store.view.growing && !this.editor.commands.parts.grow())
      press.grows = false;
    this.#follow(event);
    this.#scrollAtEdges();
  }

  /** @param {PointerEvent} event */
  #follow({ clientX, clientY, altKey }) {
    const press = this.#press;
    const offset = this.editor.surface.offsetAt(clientX, clientY);
    if (!press || offset === null) return;
    const stretch = press.resizing
      ? this.#resized(press.resizing, offset, altKey)
      : press.offset === null
        ? null
        : this.#between(press.offset, offset, altKey);
    if (!stretch) return;
    const { store } = this.editor;
    const { selected } = store;
    if (selected?.start === stretch.start && selected.end === stretch.end) return;
    const [anchor, head] =
      offset < (press.offset ?? 0) ? [stretch.end, stretch.start] : [stretch.start, stretch.end];
    const selection = { anchor, head, exact: altKey };
    store.dispatch({ view: press.resizing ? { selection } : { selection, active: null } });
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const press = this.#press;
    this.#forget();
    if (!press) return;
    if (press.resizing) this.#finishResize(press.resizing, press.dragged);
    else if (press.dragged && press.grows) this.editor.commands.parts.grow();
    else if (press.dragged) this.#finishDrag();
    else if (press.grows) this.#addWord(event.clientX, event.clientY);
    else this.click(event.clientX, event.clientY);
  }

  /** @param {Resizing} resizing @param {boolean} dragged */
  #finishResize({ span, part }, dragged) {
    const { store, actions } = this.editor;
    const { selected } = store;
    if (dragged && span && selected && !actions.resize(span, selected, part))
      store.dispatch({ view: { selection: selecting(span) } });
  }

  /** @param {number} x @param {number} y */
  #addWord(x, y) {
    const { store, commands } = this.editor;
    const stop = this.wordAt(x, y);
    if (!stop || !commands.parts.grow()) return;
    store.dispatch({ view: { active: null, selection: selecting(stop) } });
    commands.parts.grow();
  }

  #finishDrag() {
    const { store, actions } = this.editor;
    const { armed, growing } = store.view;
    const { selected } = store;
    if (selected && armed && !growing) actions.addSpan(selected, armed);
  }

  /** A click or tap: the mark there (again: the one around it), else the word there. @param {number} x @param {number} y */
  click(x, y) {
    const { store, surface } = this.editor;
    const marks = marksAt(surface, x, y);
    const at = marks.findIndex((mark) => mark.id === store.view.active);
    const mark = marks[(at + 1) % Math.max(1, marks.length)];
    if (mark) {
      store.dispatch({ view: { active: mark.id, selection: selecting(mark) } });
      this.onActivate();
      return;
    }
    const stop = this.wordAt(x, y);
    store.dispatch({ view: { active: null, selection: stop && selecting(stop) } });
  }

  /** @param {number} x @param {number} y */
  wordAt(x, y) {
    const offset = this.editor.surface.offsetAt(x, y);
    return offset === null || !this.#isOnText(x, y) ? null : this.editor.units.stopAt(offset);
  }

  /** @param {MouseEvent} event */
  #double({ clientX, clientY }) {
    const { store, actions } = this.editor;
    const stop = this.wordAt(clientX, clientY);
    if (!stop) return;
    store.dispatch({ view: { active: null, selection: selecting(stop) } });
    if (store.view.armed && !store.view.growing) actions.addSpan(stop, store.view.armed);
  }

  /** @param {number} from @param {number} to @param {boolean} exact */
  #between(from, to, exact) {
    const { units, actions } = this.editor;
    const [a, b] = from <= to ? [from, to] : [to, from];
    const length = units.text.length;
    if (exact) {
      const stretch = units.wholeGraphemes(a, Math.min(length, b));
      return stretch.start < stretch.end ? stretch : null;
    }
    const stretch = actions.tidy(units.wholeWords(a, Math.min(length, Math.max(b, a + 1))));
    return stretch.start < stretch.end ? stretch : null;
  }

  /** @param {Resizing} resizing @param {number} offset @param {boolean} exact */
  #resized({ start, end, edge }, offset, exact) {
    const fixed = edge === "end" ? start : end;
    if (offset === fixed) return null;
    const stretch = this.#between(fixed, offset, exact);
    if (!stretch) return null;
    return offset > fixed ? { start: fixed, end: stretch.end } : { start: stretch.start, end: fixed };
  }

  /** @param {number} x @param {number} y */
  #isOnText(x, y) {
    const box = this.text.getBoundingClientRect();
    return x >= box.left - 8 && x <= box.right + 8 && y >= box.top && y <= box.bottom;
  }

  #scrollAtEdges() {
    if (this.#scrolling) return;
    const step = () => {
      this.#scrolling = 0;
      const event = this.#last;
      if (!this.#press || !event) return;
      const { scroller } = this.editor.surface;
      const box = scroller.getBoundingClientRect();
      const over =
        event.clientY > box.bottom - EDGE_PX
          ? event.clientY - box.bottom + EDGE_PX
          : event.clientY < box.top + EDGE_PX
            ? event.clientY - box.top - EDGE_PX
            : 0;
      if (!over) return;
      scroller.scrollTop += over / 4;
      this.#follow(event);
      this.#scrolling = requestAnimationFrame(step);
    };
    this.#scrolling = requestAnimationFrame(step);
  }

  #forget() {
    this.#press = null;
    this.#last = null;
  }
}
