import { readingOrder } from "../model/order.js";
import { gettext, ngettext } from "../model/words.js";
import { linkInWords, problemWithRelation, quoted } from "../state/relations.js";
import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Chain} Chain */
/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Relation} Relation */
/** @typedef {import("../types.js").Span} Span */

const OPEN_UP_TO = 12;
const WAIT_MS = 60;
const SHORT = 26;

/** Relations by type, and chains with their names and mentions: the other side of the list of spans. */
export class RelationList {
  #timer = 0;
  /** Groups the person opened or closed by hand. @type {Map<string, boolean>} */
  #chosen = new Map();

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.index = editor.relations.index;
    this.spans = part("span-list", HTMLElement);
    this.element = el("div", { class: "relations", attrs: { id: "relation-list" } });
    this.spans.after(this.element);
    this.switches = [
      button(gettext("Spans"), () => this.#turn(false), "switch"),
      button(gettext("Relations"), () => this.#turn(true), "switch"),
    ];
    this.bar = el(
      "div",
      { class: "switches", attrs: { role: "group", "aria-label": gettext("What to list") } },
      this.switches,
    );
    this.spans.before(this.bar);
    this.bar.hidden = !editor.schema.relations.length && !this.index.size;
    this.#turn(editor.kept.get("relations.open") === true && !this.bar.hidden);
    editor.store.subscribe(({ changes, before, view }) => {
      if (changes.some((change) => this.index.touches(change))) this.#soon();
      else if (before.active !== view.active || before.relation !== view.relation) this.#showActive();
    });
    this.#soon();
  }

  /** @param {boolean} toRelations */
  #turn(toRelations) {
    this.editor.kept.set("relations.open", toRelations);
    this.spans.hidden = toRelations;
    this.element.hidden = !toRelations;
    if (toRelations) this.#fill();
    for (const [i, one] of this.switches.entries())
      one.setAttribute("aria-pressed", String(toRelations === (i === 1)));
  }

  /** After the text has been painted, as the list of spans. */
  #soon() {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => !this.editor.signal.aborted && this.#show(), WAIT_MS);
  }

  #show() {
    const { size } = this.index;
    const [, toggle] = this.switches;
    if (toggle)
      toggle.textContent = size ? gettext("Relations %(count)s", { count: size }) : gettext("Relations");
    if (size) this.bar.hidden = false;
    if (!this.element.hidden) this.#fill();
  }

  #fill() {
    const { schema, store } = this.editor;
    const focused = this.#focusedKey();
    const relations = [...store.layer.relations.values()];
    const types = [...new Set(relations.map((one) => one.type))].sort();
    this.element.replaceChildren(
      ...types.map((type) => {
        const own = relations.filter((one) => one.type === type);
        return schema.relation(type)?.chain ? this.#chainGroup(type) : this.#typeGroup(type, own);
      }),
    );
    if (!types.length)
      this.element.append(
        el("p", {
          class: "quiet",
          text: gettext("Nothing is linked yet. Press , on a span, go to another, press , again."),
        }),
      );
    this.#showActive();
    if (focused !== null) this.#focus(focused);
  }

  /** @param {string} type @param {Relation[]} relations */
  #typeGroup(type, relations) {
    const { spans } = this.editor.store.layer;
    const start = (/** @type {Relation} */ one) => spans.get(one.source);
    const ordered = relations.toSorted((a, b) => {
      const [one, other] = [start(a), start(b)];
      return one && other ? readingOrder(one, other) : 0;
    });
    const title = this.editor.schema.title(type);
    return this.#group(type, title, String(relations.length), relations.length <= OPEN_UP_TO, () => [
      el(
        "ul",
        {},
        ordered.map((one) => this.#relationRow(one)),
      ),
    ]);
  }

  /** @param {Relation} relation */
  #relationRow(relation) {
    const { store, schema } = this.editor;
    const { layer } = store;
    const words = linkInWords(relation, layer, schema);
    const problem = problemWithRelation(relation, layer, schema);
    const end = (/** @type {string} */ id) => {
      const span = layer.spans.get(id);
      return el("span", {
        text: span ? quoted(layer, span, SHORT).slice(1, -1) : "…",
        attrs: { dir: "auto" },
      });
    };
    const row = el(
      "button",
      {
        class: problem ? "row is-broken" : "row",
        data: { relation: relation.id, key: relation.id },
        attrs: { type: "button", "aria-label": problem ? `${words}. ${problem}` : words },
        onclick: () => this.#goTo(relation),
      },
      [end(relation.source), el("i", { text: "→" }), end(relation.target)],
    );
    const reason = problem ? el("p", { class: "relation-problem", text: problem }) : null;
    const remove = this.#cross(gettext("Remove: %(words)s", { words }), `${relation.id}×`, () => {
      const now = layer.relations.get(relation.id);
      if (now) this.editor.relations.remove(now);
    });
    return el("li", {}, [el("div", { class: "relation-row" }, [row, remove]), reason]);
  }

  /** @param {string} type */
  #chainGroup(type) {
    const chains = this.index.chains.filter((chain) => chain.type === type);
    const title = this.editor.schema.title(type);
    const count = ngettext("%(count)s chain", "%(count)s chains", chains.length);
    return this.#group(type, title, count, true, () => chains.map((chain) => this.#chain(chain)));
  }

  /** @param {Chain} chain */
  #chain(chain) {
    const key = `${chain.type} ${chain.members[0]?.id}`;
    const count = String(chain.members.length);
    const group = this.#group(key, chain.name, count, chain.members.length <= OPEN_UP_TO, () => [
      ...(this.editor.actions.editable ? [this.#nameField(chain, `${key}:name`)] : []),
      el(
        "ul",
        {},
        chain.members.map((span) => this.#memberRow(chain, span)),
      ),
    ]);
    group.classList.add("chain");
    group.dataset.hue = String(chain.hue);
    return group;
  }

  /** @param {Chain} chain @param {string} key */
  #nameField(chain, key) {
    const input = el("input", {
      class: "chain-name",
      data: { key },
      attrs: {
        type: "text",
        maxlength: "200",
        dir: "auto",
        "aria-label": gettext("Name of the chain %(name)s", { name: chain.name }),
        placeholder: gettext("Give it another name"),
        autocomplete: "off",
      },
    });
    input.value = chain.isNamed ? chain.name : "";
    input.addEventListener("change", () => {
      const now = this.index.chainsOf(chain.members[0]?.id ?? "").find((one) => one.type === chain.type);
      if (now) this.editor.relations.rename(now, input.value);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") input.value = chain.isNamed ? chain.name : "";
      if (event.key !== "Enter" && event.key !== "Escape") return;
      input.blur();
      this.editor.backToText();
      event.preventDefault();
    });
    return input;
  }

  /** @param {Chain} chain @param {Span} span */
  #memberRow(chain, span) {
    const { store, goTo } = this.editor;
    const words = store.layer.surface(span).replace(/\s+/gu, " ");
    const key = `${chain.type} ${span.id}:member`;
    const row = el(
      "button",
      {
        class: "row",
        data: { member: span.id, key },
        attrs: { type: "button" },
        onclick: () => goTo(span),
      },
      [el("span", { text: words, attrs: { dir: "auto" } })],
    );
    const take = this.#cross(gettext("Take %(words)s out of the chain", { words }), `${key}×`, () => {
      const now = this.index.chainsOf(span.id).find((one) => one.type === chain.type);
      const member = store.layer.spans.get(span.id);
      if (now && member) this.editor.relations.leave(now, member);
    });
    return el("li", {}, [el("div", { class: "relation-row" }, [row, take])]);
  }

  /** @param {string} name @param {string} key @param {() => void} onclick */
  #cross(name, key, onclick) {
    if (!this.editor.actions.editable) return null;
    const cross = button("×", onclick, "button is-icon is-quiet is-small");
    cross.setAttribute("aria-label", name);
    cross.title = name;
    cross.dataset.key = key;
    return cross;
  }

  /** @param {string} key @param {string} title @param {string} count @param {boolean} isOpen  unless the person chose @param {() => HTMLElement[]} content */
  #group(key, title, count, isOpen, content) {
    const group = el("details", { class: "group" }, [
      el("summary", { data: { key: `${key}:group` } }, [
        el("b", { text: title, attrs: { dir: "auto" } }),
        el("span", { class: "quiet", text: count }),
      ]),
    ]);
    const fill = () => {
      if (group.open && group.childElementCount === 1) group.append(...content());
    };
    group.open = this.#chosen.get(key) ?? isOpen;
    fill();
    group.addEventListener("toggle", fill);
    group.firstElementChild?.addEventListener("click", () => this.#chosen.set(key, !group.open));
    return group;
  }

  /** @param {Relation} relation */
  #goTo(relation) {
    const { store, goTo } = this.editor;
    const source = store.layer.spans.get(relation.source);
    if (!source) return;
    goTo(source);
    store.dispatch({
      view: { relation: relation.id },
      note: linkInWords(relation, store.layer, this.editor.schema),
    });
  }

  #showActive() {
    const { active, relation } = this.editor.store.view;
    for (const row of this.element.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
    const wanted = [
      relation && `[data-relation="${relation}"]`,
      active && `[data-member="${active}"]`,
    ].filter(Boolean);
    if (!wanted.length) return;
    for (const row of this.element.querySelectorAll(wanted.join())) row.setAttribute("aria-current", "true");
  }

  #focusedKey() {
    const focused = document.activeElement;
    return focused instanceof HTMLElement && this.element.contains(focused)
      ? (focused.dataset.key ?? "")
      : null;
  }

  /** What had the focus has it again; if it is gone, the list's first group. @param {string} key */
  #focus(key) {
    const all = /** @type {HTMLElement[]} */ ([...this.element.querySelectorAll("[data-key]")]);
    const again = all.find((one) => one.dataset.key === key) ?? all[0];
    if (again) again.focus();
    else this.editor.backToText();
  }
}
