import { marksAt } from "../render/hit.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("../render/relations.js").RelationLayer} RelationLayer */

const DRAG_PX = 6;
const EDGE_PX = 40;

/**
 * The knob at the active span from which a link is dragged to another; tapping it begins a link that the next tap
 * ends. And the pointer over a mention shows its chain.
 */
export class LinkDrag {
  /** @type {{from: Span, x: number, y: number, isDragging: boolean} | null} */
  #press = null;
  /** @type {PointerEvent | null} */
  #last = null;
  #due = false;

  /**
   * @param {object} parts
   * @param {Editor} parts.editor
   * @param {HTMLElement} parts.knob
   * @param {RelationLayer} parts.layer
   * @param {(from: Span, to: Span) => void} parts.onDrop
   * @param {() => void} parts.onTap
   */
  constructor({ editor, knob, layer, onDrop, onTap }) {
    this.editor = editor;
    this.knob = knob;
    this.layer = layer;
    this.onDrop = onDrop;
    this.onTap = onTap;
    knob.addEventListener("pointerdown", (event) => this.#down(event));
    knob.addEventListener("pointermove", (event) => this.#move(event));
    knob.addEventListener("pointerup", (event) => this.#up(event));
    knob.addEventListener("pointercancel", () => this.#end());
    knob.addEventListener("mousedown", (event) => event.preventDefault());
    editor.surface.scroller.addEventListener("pointermove", (event) => this.#hover(event));
    editor.surface.scroller.addEventListener("pointerleave", () => layer.hover(null));
    editor.store.subscribe(({ before, view, changes }) => {
      if (before.active !== view.active || before.linking !== view.linking || changes.length)
        this.#placeSoon();
    });
    editor.surface.onLayout(() => this.#placeSoon());
    this.#placeSoon();
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const { active } = this.editor.store;
    if (event.button !== 0 || active?.kind !== "span") return;
    this.#press = { from: active, x: event.clientX, y: event.clientY, isDragging: false };
    this.knob.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const press = this.#press;
    if (!press) return;
    this.#last = event;
    if (!press.isDragging && Math.hypot(event.clientX - press.x, event.clientY - press.y) > DRAG_PX) {
      press.isDragging = true;
      this.#scrollAtEdges();
    }
    if (press.isDragging) this.#follow();
  }

  #follow() {
    const [press, event] = [this.#press, this.#last];
    if (!press || !event) return;
    const box = this.editor.surface.element.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    this.layer.drag({ from: press.from, to: this.#spanAt(event, press.from), at });
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const press = this.#press;
    const to = press && this.#spanAt(event, press.from);
    this.#end();
    if (!press) return;
    if (!press.isDragging) this.onTap();
    else if (to) this.onDrop(press.from, to);
  }

  #end() {
    this.#press = null;
    this.#last = null;
    this.layer.drag(null);
  }

  /** @param {PointerEvent} event @param {Span} from @returns {Span | null} */
  #spanAt({ clientX, clientY }, from) {
    const found = marksAt(this.editor.surface, clientX, clientY).find(
      (mark) => mark.kind === "span" && mark.id !== from.id,
    );
    return found?.kind === "span" ? found : null;
  }

  #scrollAtEdges() {
    requestAnimationFrame(() => {
      if (!this.#press || !this.#last) return;
      const { scroller } = this.editor.surface;
      const { top, bottom } = scroller.getBoundingClientRect();
      const { clientY } = this.#last;
      const over = Math.max(0, clientY - bottom + EDGE_PX) || Math.min(0, clientY - top - EDGE_PX);
      if (over) {
        scroller.scrollTop += over / 4;
        this.#follow();
      }
      this.#scrollAtEdges();
    });
  }

  /** @param {PointerEvent} event */
  #hover(event) {
    const { index } = this.editor.relations;
    if (!index.size || this.#press || event.pointerType === "touch" || event.buttons) return;
    const [span] = marksAt(this.editor.surface, event.clientX, event.clientY);
    this.layer.hover((span && index.chainsOf(span.id)[0]) ?? null);
  }

  #placeSoon() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      if (!this.editor.signal.aborted) this.#place();
    });
  }

  /** Above the end of the active span's words. */
  #place() {
    const { store, actions, schema, surface } = this.editor;
    const { active, view } = store;
    this.knob.hidden =
      active?.kind !== "span" || !actions.editable || !schema.relations.length || view.linking !== null;
    if (this.knob.hidden || !active) return;
    const last = surface.piecesOf(active).at(-1);
    if (!last) return;
    const isRtl = surface.isRtlAt(active.start);
    const x = isRtl
      ? Math.max(last.text.left - 8, -4)
      : Math.min(last.text.right + 8, surface.element.clientWidth + 4);
    this.knob.style.left = `${x}px`;
    this.knob.style.top = `${last.text.top - 8}px`;
    this.knob.dataset.hue = String(schema.hue(active.label));
  }
}
