import { otherEnd, problemWithRelation } from "../state/relations.js";
import { anchorOn, pathAlong, route } from "./routes.js";

/** @typedef {import("../types.js").Chain} Chain */
/** @typedef {import("../types.js").Mark} Mark */
/** @typedef {import("../types.js").Rect} Rect */
/** @typedef {import("../types.js").Relation} Relation */
/** @typedef {import("../types.js").Span} Span */
/** @typedef {import("./routes.js").Point} Point */
/** @typedef {Rect & {isRtl: boolean}} Box  words, and whether their paragraph runs from right to left */
/** @typedef {{from: Box, to: Box, caption: string, kind: "plain" | "walked" | "broken" | "draft"}} Line */

const SVG = "http://www.w3.org/2000/svg";
const LIFT = 4;
const ARROW = 4;
const CAPTION_EM = 6.1;

/**
 * Draws relations over the text, for the active span only: lines that run in the gaps between lines and in the
 * margin, and rings round the mentions of a chain. While nothing is linked it does nothing.
 */
export class RelationLayer {
  #due = false;
  /** Under the pointer. @type {Chain | null} */
  #hovered = null;
  /** A link being dragged, and where the pointer is, relative to the text. @type {{from: Span, to: Span | null, at: Point} | null} */
  #dragged = null;

  /** @param {import("../types.js").Editor} editor @param {HTMLElement} element */
  constructor({ store, surface, schema, relations, signal }, element) {
    this.element = element;
    this.store = store;
    this.surface = surface;
    this.schema = schema;
    this.index = relations.index;
    this.signal = signal;
    store.subscribe(({ before, view, changes, dirty }) => {
      const moved = before.active !== view.active || before.relation !== view.relation;
      const linking =
        before.linking !== view.linking || (view.linking && before.selection !== view.selection);
      const mayMove = changes.length > 0 && (dirty.size === 0 || this.element.childElementCount > 0);
      if (linking || mayMove || ((moved || changes.length) && this.index.size)) this.#soon();
    });
    surface.onLayout(() => (this.index.size || this.element.childElementCount) && this.#soon());
    if (this.index.size) this.#soon();
  }

  /** @param {Chain | null} chain */
  hover(chain) {
    if (chain === this.#hovered) return;
    this.#hovered = chain;
    this.#soon();
  }

  /** @param {{from: Span, to: Span | null, at: Point} | null} dragged */
  drag(dragged) {
    this.#dragged = dragged;
    this.#soon();
  }

  #soon() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      if (!this.signal.aborted) this.#draw();
    });
  }

  #draw() {
    const rings = this.#rings();
    const lines = this.#lines();
    if (!rings.length && !lines.length && !this.element.firstChild) return;
    this.element.replaceChildren(...rings, ...(lines.length ? this.#drawn(lines) : []));
  }

  /** Round the mentions of the chains of the active span and of the one under the pointer. */
  #rings() {
    const active = this.store.view.active;
    const chains = new Set(active === null ? [] : this.index.chainsOf(active));
    if (this.#hovered && this.index.chains.includes(this.#hovered)) chains.add(this.#hovered);
    const rings = [...chains].flatMap((chain) =>
      chain.members.flatMap((span) => this.#boxes(span).map((box) => ring(box, String(chain.hue)))),
    );
    const from = this.store.layer.spans.get(this.store.view.linking ?? "");
    const begin = from ? this.#boxes(from).map((box) => ring(box, String(this.schema.hue(from.label)))) : [];
    return [...rings, ...begin];
  }

  /** @returns {Line[]} */
  #lines() {
    const draft = this.#draft();
    if (draft) return [draft];
    const { active, view } = this.store;
    if (active?.kind !== "span") return [];
    const isShown = (/** @type {Relation} */ { id, type }) =>
      view.relation === null ? !this.schema.relation(type)?.chain : id === view.relation;
    return this.index
      .relationsOf(active.id)
      .filter(isShown)
      .flatMap((relation) => this.#line(relation, active) ?? []);
  }

  /** @param {Relation} relation @param {Span} active @returns {Line | null} */
  #line(relation, active) {
    const other = this.store.layer.spans.get(otherEnd(relation, active.id));
    const [here, there] = nearest(this.#boxes(active), other ? this.#boxes(other) : []);
    if (!here || !there) return null;
    const isOut = relation.source === active.id;
    const isBroken = problemWithRelation(relation, this.store.layer, this.schema) !== null;
    const kind = isBroken ? "broken" : relation.id === this.store.view.relation ? "walked" : "plain";
    const caption = this.schema.title(relation.type);
    return { from: isOut ? here : there, to: isOut ? there : here, caption, kind };
  }

  /** The link that is being made. @returns {Line | null} */
  #draft() {
    const { view, layer, active } = this.store;
    const from = this.#dragged?.from ?? layer.spans.get(view.linking ?? "");
    if (!from) return null;
    const to = this.#dragged ? this.#dragged.to : active?.kind === "span" && active !== from ? active : null;
    const ends = to ? this.#boxes(to) : this.#dragged ? [pointAsBox(this.#dragged.at)] : [];
    const [here, there] = nearest(this.#boxes(from), ends);
    if (!here || !there) return null;
    const links = to ? this.index.choices(from, to) : [];
    const caption = links.length === 1 ? this.schema.title(links[0].type) : "";
    return { from: here, to: there, caption, kind: to && !links.length ? "broken" : "draft" };
  }

  /** All reads of layout have been made. @param {Line[]} lines */
  #drawn(lines) {
    const { isMirrored, margins, element } = this.surface;
    const step = Math.min(6, Math.max(2, (margins.before - 8) / lines.length));
    const svg = svgElement("svg", { class: "links-lines" });
    const halos = svgElement("g", { class: "link-halos" });
    svg.append(halos);
    const captions = lines.map((line, i) => {
      const from = this.#anchor(line.from, lines, "from", i);
      const to = this.#anchor(line.to, lines, "to", i);
      const beside = 8 + i * step;
      const path = pathAlong(route(from, to, LIFT, isMirrored ? element.clientWidth + beside : -beside));
      const group = svgElement("g", { class: `link is-${line.kind}` });
      halos.append(svgElement("path", { d: path }));
      group.append(
        svgElement("path", { d: path }),
        arrowHead(to),
        svgElement("circle", { cx: String(from.x), cy: String(from.top), r: "2" }),
      );
      svg.append(group);
      return { line, at: this.#isHere(line.to) ? from : to };
    });
    return [svg, ...this.#captions(captions)];
  }

  /** @param {Rect} box */
  #isHere(box) {
    const { active } = this.store;
    const [here] = active && !this.#dragged && this.store.view.linking === null ? this.#boxes(active) : [];
    return here !== undefined && here.left === box.left && here.top === box.top;
  }

  /** Lines at one end of one span stand beside each other. @param {Box} box @param {Line[]} lines @param {"from" | "to"} end @param {number} i */
  #anchor(box, lines, end, i) {
    const isAt = (/** @type {Rect} */ one) => one.left === box.left && one.top === box.top;
    const ends = lines.flatMap((line, n) => [
      ...(isAt(line.from) ? [`from${n}`] : []),
      ...(isAt(line.to) ? [`to${n}`] : []),
    ]);
    return { ...anchorOn(box, ends.indexOf(`${end}${i}`), ends.length), isRtl: box.isRtl };
  }

  /** Beside the far end of each line; what ends at one spot shares a caption. @param {Array<{line: Line, at: {x: number, top: number, isRtl: boolean}}>} ends */
  #captions(ends) {
    /** @type {Map<string, {x: number, top: number, isRtl: boolean, words: string[], kind: string}>} */
    const spots = new Map();
    for (const { line, at } of ends) {
      if (!line.caption) continue;
      const key = `${Math.round(at.top)}.${Math.round(at.x / 24)}`;
      const spot = spots.get(key);
      if (spot) spot.words.push(line.caption);
      else spots.set(key, { ...at, words: [line.caption], kind: line.kind });
    }
    const { clientWidth } = this.surface.element;
    return Array.from(spots.values(), ({ x, top, isRtl, words, kind }) => {
      const text = words.join(" · ");
      const element = document.createElement("i");
      element.className = `link-caption is-${kind}`;
      element.dataset.caption = text;
      const width = text.length * CAPTION_EM + 8;
      const inset = Math.max(0, Math.min(isRtl ? clientWidth - x + 6 : x + 6, clientWidth - width));
      element.style[isRtl ? "right" : "left"] = `${inset}px`;
      element.style.top = `${top - LIFT}px`;
      return element;
    });
  }

  /** What of a mark is drawn now, relative to the text; nothing is put on the page for it. @param {Mark} mark @returns {Box[]} */
  #boxes(mark) {
    return this.surface.viewsOf(mark).flatMap((view) => {
      const own = view.pieces.filter((piece) => piece.mark.id === mark.id);
      const { offsetTop: y, offsetLeft: x } = own.length ? view.element : { offsetTop: 0, offsetLeft: 0 };
      return own.map(({ text, barTop }) => ({
        left: text.left + x,
        right: text.right + x,
        top: text.top + y,
        bottom: barTop + 2 + y,
        isRtl: view.isRtl,
      }));
    });
  }
}

/** Of two spans the parts whose lines are nearest to each other, the earliest if several. @param {Box[]} ones @param {Box[]} others @returns {[Box, Box] | []} */
function nearest(ones, others) {
  /** @type {[Box, Box] | []} */
  let best = [];
  let least = Number.POSITIVE_INFINITY;
  for (const one of ones)
    for (const other of others) {
      const far = Math.abs(one.top - other.top);
      if (far < least - 1) [best, least] = [[one, other], far];
    }
  return best;
}

/** @param {Rect} box @param {string} hue */
function ring({ left, right, top, bottom }, hue) {
  const element = document.createElement("i");
  element.className = "chain-ring";
  element.dataset.hue = hue;
  Object.assign(element.style, {
    left: `${left - 3}px`,
    top: `${top - 2}px`,
    width: `${right - left + 6}px`,
    height: `${bottom - top + 3}px`,
  });
  return element;
}

/** @param {Point} point @returns {Box} */
function pointAsBox({ x, y }) {
  return { left: x, right: x, top: y, bottom: y, isRtl: false };
}

/** Points down into the span. @param {{x: number, top: number}} at */
function arrowHead({ x, top }) {
  const points = `${x - ARROW},${top - ARROW} ${x + ARROW},${top - ARROW} ${x},${top + 2}`;
  return svgElement("polygon", { points });
}

/** @template {keyof SVGElementTagNameMap} K @param {K} name @param {Record<string, string>} attributes @returns {SVGElementTagNameMap[K]} */
function svgElement(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
