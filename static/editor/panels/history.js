import { SchemaView } from "../model/schema.js";
import { gettext, ngettext, pageLanguage } from "../model/words.js";
import { Surface } from "../render/surface.js";
import { loadLayer } from "../state/load.js";
import { groupsOf, summaryOf } from "../state/pastwords.js";
import { Store } from "../state/store.js";
import { ApiError } from "../sync/api.js";
import { differences } from "../sync/reconcile.js";
import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").WireLayer} WireLayer */
/** @typedef {import("../state/pastwords.js").PastGroup} PastGroup */

/**
 * Who changed what, and when; each entry shows the layer as it was then, beside the list, and can bring it back.
 * What is shown is a layer and a picture of its own, so that nothing here can touch the one that is worked on.
 */
export class History {
  /** @type {HTMLDialogElement | null} */
  #dialog = null;
  #drawing = new AbortController();

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    editor.doors.history = () => void this.open();
    part("history-open", HTMLButtonElement).addEventListener("click", () => void this.open());
  }

  async open() {
    if (this.#dialog) return;
    const list = el("ol", { class: "past-list" });
    const text = el("div", {
      class: "past-text",
      attrs: { tabindex: "0", role: "group", "aria-label": gettext("The layer as it was") },
    });
    const bar = el("p", {
      class: "past-bar quiet",
      text: gettext("Choose an entry to see the layer as it was then."),
    });
    const close = button("×", () => this.#dialog?.close(), "button is-icon is-quiet");
    close.setAttribute("aria-label", gettext("Close"));
    this.#dialog = el("dialog", { class: "dialog past", attrs: { "aria-labelledby": "past-title" } }, [
      el("div", { class: "dialog-head" }, [
        el("h2", { text: gettext("History"), attrs: { id: "past-title" } }),
        close,
      ]),
      el("div", { class: "past-columns" }, [el("div", { class: "past-then" }, [bar, text]), list]),
    ]);
    this.#dialog.addEventListener("close", () => this.#onClose());
    part("stage", HTMLElement).append(this.#dialog);
    this.#dialog.showModal();
    await this.#more(list, { bar, text });
  }

  #onClose() {
    this.#drawing.abort();
    this.#dialog?.remove();
    this.#dialog = null;
    this.editor.backToText();
  }

  /** @param {HTMLElement} list @param {{bar: HTMLElement, text: HTMLElement}} then @param {number} [before] */
  async #more(list, then, before) {
    const { api, boot, schema, store, offsets, sync } = this.editor;
    try {
      await sync.flushed();
      const edits = await api.get(`${boot.urls.history}${before ? `?before=${before}` : ""}`);
      const slice = (/** @type {number} */ start, /** @type {number} */ end) =>
        store.layer.text.slice(offsets.toUtf16(start), offsets.toUtf16(end));
      const spans = new Map(
        Array.from(store.layer.spans.values(), (one) => [
          one.id,
          { start: offsets.toCodePoints(one.start), end: offsets.toCodePoints(one.end), label: one.label },
        ]),
      );
      const title = (/** @type {string} */ name) => schema.title(name);
      const groups = groupsOf(edits, { title, slice, spans });
      list.append(...groups.map((group) => this.#entry(group, then)));
      const oldest = edits.at(-1)?.version ?? 1;
      if (oldest > 1) {
        const more = button(gettext("Earlier…"), () => {
          more.parentElement?.remove();
          void this.#more(list, then, oldest);
        });
        list.append(el("li", {}, [more]));
      }
      if (sync.unsent) then.bar.textContent = gettext("What is not sent yet is not in this list.");
    } catch (error) {
      const isNew = error instanceof ApiError && error.status === 404;
      list.append(
        el("li", {
          class: "quiet",
          text: isNew
            ? gettext("Nothing has been changed yet.")
            : String(error instanceof Error ? error.message : error),
        }),
      );
    }
  }

  /** @param {PastGroup} group @param {{bar: HTMLElement, text: HTMLElement}} then */
  #entry(group, then) {
    const at = new Date(group.at);
    const time = el("time", {
      text: at.toLocaleString(pageLanguage(), { dateStyle: "medium", timeStyle: "short" }),
      attrs: { datetime: group.at },
    });
    const row = el(
      "button",
      { class: "past-entry", attrs: { type: "button" }, onclick: () => void this.#show(group, row, then) },
      [
        el("span", { class: "past-who" }, [el("b", { text: group.by || gettext("Annotator") }), " ", time]),
        el("span", { text: summaryOf(group), attrs: { dir: "auto" } }),
      ],
    );
    return el("li", {}, [row]);
  }

  /** @param {PastGroup} group @param {HTMLElement} row @param {{bar: HTMLElement, text: HTMLElement}} then */
  async #show(group, row, { bar, text }) {
    const { api, boot, tell } = this.editor;
    const wire = await api.get(`${boot.urls.history}${group.version}/`).catch((error) => {
      tell(String(error instanceof Error ? error.message : error));
      return null;
    });
    if (!wire || !this.#dialog) return;
    this.#dialog.querySelector("[aria-current]")?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
    const count = ngettext("%(count)s span", "%(count)s spans", wire.spans.length);
    bar.replaceChildren(
      gettext("Version %(version)s, %(time)s: %(count)s. ", {
        version: group.version,
        time: new Date(group.at).toLocaleTimeString(pageLanguage()),
        count,
      }),
    );
    if (this.editor.actions.editable)
      bar.append(button(gettext("Restore this"), () => this.#restore(wire), "button is-small is-solid"));
    this.#draw(wire, text);
    this.editor.announce(
      gettext("The layer at version %(version)s: %(count)s", { version: group.version, count }),
    );
  }

  /** @param {WireLayer} wire @param {HTMLElement} scroller */
  #draw(wire, scroller) {
    const { boot, offsets } = this.editor;
    this.#drawing.abort();
    this.#drawing = new AbortController();
    const element = el("div", { class: "text", attrs: { lang: boot.article.language } });
    scroller.replaceChildren(el("div", { class: "sheet" }, [element]));
    const store = new Store(loadLayer({ ...boot, layer: wire, suggestions: [] }, offsets));
    const schema = new SchemaView(boot.schema);
    const { direction } = boot.article;
    new Surface({ element, scroller, store, schema, direction, signal: this.#drawing.signal }).mount();
  }

  /** Ordinary edits, so that they are sent, stand in the history, and can be undone at once. @param {WireLayer} wire */
  #restore(wire) {
    const { store, offsets } = this.editor;
    const changes = differences(store.layer, wire, offsets);
    const note = gettext("Brought back version %(version)s. Ctrl+Z takes it back.", {
      version: wire.version,
    });
    store.dispatch({ changes, view: { active: null }, note });
    this.editor.tell(changes.length ? note : gettext("The layer is like that already."));
    this.#dialog?.close();
  }
}
