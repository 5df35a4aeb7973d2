import { newId } from "../model/uuid.js";
import { gettext, ngettext, pageLanguage } from "../model/words.js";
import { ApiError } from "../sync/api.js";
import { CommentBox, commentText } from "./commentbox.js";
import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Draft} Draft */
/** @typedef {import("../types.js").Editor} Editor */
/** @typedef {import("../types.js").Thread} Thread */
/** @typedef {import("../model/mentions.js").Member} Member */
/** @typedef {import("../types.js").Comment} Comment */

const ASK_AGAIN_MS = 30_000;
const QUOTE_LENGTH = 80;
const NEW = "new";

/** Threads about the article and its words: beside the text, with a box for something new on top. */
export class Comments {
  /** Boxes that are open, by what they are for: they outlive a new drawing of the list. @type {Map<string, CommentBox>} */
  #boxes = new Map();
  /** What the new thread is about. @type {Draft["place"]} */
  #place = null;
  #showsResolved = false;
  /** @type {Promise<Member[]> | null} */
  #members = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.talk = editor.talk;
    this.drafts = editor.drafts;
    this.tab = part("tab-comments", HTMLButtonElement);
    this.element = part("panel-comments", HTMLElement);
    this.about = el("p", { class: "comment-about" });
    this.list = el("div");
    if (this.talk.canSpeak) this.element.append(this.#newThread());
    this.element.append(this.list);
    this.tab.addEventListener("click", () => void this.#refresh());
    editor.doors.comment = () => this.compose();
    this.talk.listeners.push(() => this.#show());
    this.#keepFresh();
    this.#show();
  }

  /** A key or button asked for it: the thread about the active span, or a new one about what is chosen. */
  compose() {
    if (part("side", HTMLElement).hidden) this.editor.doors.panel?.();
    this.tab.click();
    if (!this.talk.canSpeak) return this.tab.focus();
    const { active, selected } = this.editor.store;
    const [thread] = selected ? this.talk.about({ id: active?.id ?? "", ...selected }) : [];
    if (thread) return this.#answer(thread.id);
    this.#choosePlace();
    this.#boxes.get(NEW)?.focus();
  }

  #keepFresh() {
    const { signal } = this.editor;
    const ask = () => document.visibilityState === "visible" && void this.#refresh();
    document.addEventListener("visibilitychange", ask, { signal });
    const timer = setInterval(() => !this.element.hidden && ask(), ASK_AGAIN_MS);
    signal.addEventListener("abort", () => clearInterval(timer));
  }

  async #refresh() {
    // What others say can wait for a better network; what is here stays.
    await this.talk.refresh().catch(() => {});
  }

  #newThread() {
    const draft = this.drafts.get(NEW);
    this.#place = draft?.place ?? null;
    const box = this.#box(NEW, {
      label: gettext("Ask or note something; @ names a member"),
      verb: gettext("Comment"),
      thread: draft?.thread ?? newId(),
      say: (one) => this.talk.begin(one),
      done: () => {
        this.#place = null;
        box.empty();
        this.#showPlace();
        this.editor.backToText();
      },
    });
    box.input.addEventListener("focus", () => box.text || this.#choosePlace());
    this.#showPlace();
    return el("div", { class: "comment-new" }, [this.about, box.element]);
  }

  /** What is active or selected, unless words that are written already are about something. */
  #choosePlace() {
    const { active, selected } = this.editor.store;
    if (this.#boxes.get(NEW)?.text) return;
    const span = active?.kind === "span" ? active.id : null;
    const chosen = active ?? selected;
    this.#place = chosen && { start: chosen.start, end: chosen.end, span };
    this.#showPlace();
  }

  #showPlace() {
    const place = this.#place;
    this.about.replaceChildren(place ? gettext("About ") : gettext("About the article"));
    if (!place) return;
    const whole = button("×", () => this.#aboutAll(), "button is-icon is-small is-quiet");
    whole.setAttribute("aria-label", gettext("About the whole article instead"));
    this.about.append(el("q", { text: this.#words(place), attrs: { dir: "auto" } }), whole);
  }

  #aboutAll() {
    this.#place = null;
    this.#showPlace();
    const box = this.#boxes.get(NEW);
    if (box?.text) this.#keep(NEW, box.text);
    box?.input.focus();
  }

  /**
   * @param {string} key
   * @param {{label: string, verb: string, thread: string, say: (draft: Draft) => Promise<void>, done: () => void, cancel?: () => void}} parts
   */
  #box(key, { label, verb, thread, say, done, cancel }) {
    const kept = this.drafts.get(key);
    // The same ids until the server has it, so that sending twice says it once.
    let ids = { id: kept?.id ?? newId(), thread };
    const draftOf = (/** @type {string} */ text) => ({
      ...ids,
      text,
      place: key === NEW ? this.#place : null,
    });
    const box = new CommentBox({
      editor: this.editor,
      members: () => this.#team(),
      label,
      verb,
      text: kept?.text ?? "",
      keep: (text) => (text ? this.drafts.keep(key, draftOf(text)) : this.drafts.forget(key)),
      send: async (text) => {
        await say(draftOf(text));
        ids = { id: newId(), thread: key === NEW ? newId() : thread };
        this.drafts.forget(key);
        done();
        this.editor.announce(gettext("Comment sent"));
      },
      cancel: cancel ?? null,
    });
    this.#boxes.set(key, box);
    return box;
  }

  /** @param {string} key @param {string} text */
  #keep(key, text) {
    const kept = this.drafts.get(key);
    if (kept) this.drafts.keep(key, { ...kept, text, place: this.#place });
  }

  /** @returns {Promise<Member[]>} */
  #team() {
    this.#members ??= this.editor.api.get(this.editor.boot.urls.members);
    this.#members.catch(() => {
      this.#members = null;
    });
    return this.#members;
  }

  /** @param {string} thread */
  #answer(thread) {
    if (!this.#boxes.has(thread)) this.#openReply(thread);
    this.#show();
    this.#boxes.get(thread)?.focus();
  }

  /** @param {string} thread */
  #openReply(thread) {
    this.#box(thread, {
      label: gettext("Reply"),
      verb: gettext("Reply"),
      thread,
      say: (draft) => this.talk.reply(draft),
      done: () => {
        this.#close(thread);
        this.editor.backToText();
      },
      cancel: () => {
        this.drafts.forget(thread);
        this.#close(thread);
      },
    });
  }

  /** @param {string} key */
  #close(key) {
    this.#boxes.delete(key);
    this.#show();
  }

  #show() {
    const { unresolved, threads } = this.talk;
    const count = unresolved.length;
    this.tab.replaceChildren(
      gettext("Comments"),
      count ? el("span", { class: "tab-count", text: String(count) }) : "",
    );
    this.tab.setAttribute(
      "aria-label",
      count ? ngettext("Comments, %(count)s open", "Comments, %(count)s open", count) : gettext("Comments"),
    );
    const focused = document.activeElement;
    const resolved = threads.filter((one) => one.resolved);
    this.list.replaceChildren(
      el(
        "ol",
        { class: "threads" },
        inReadingOrder(unresolved).map((one) => this.#thread(one)),
      ),
    );
    if (!threads.length) this.list.append(el("p", { class: "quiet", text: this.#nothing }));
    if (resolved.length) this.list.append(this.#resolved(resolved));
    // The box that is written in was moved, which takes the focus away.
    if (focused instanceof HTMLTextAreaElement && this.element.contains(focused)) focused.focus();
  }

  get #nothing() {
    return this.talk.canSpeak
      ? gettext("Nothing has been said yet. Select words, or go to a span, and press F8 to ask about it.")
      : gettext("Nothing has been said yet.");
  }

  /** @param {Thread[]} threads */
  #resolved(threads) {
    const group = el("details", { class: "resolved" }, [
      el("summary", { text: ngettext("%(count)s resolved", "%(count)s resolved", threads.length) }),
      el(
        "ol",
        { class: "threads" },
        inReadingOrder(threads).map((one) => this.#thread(one)),
      ),
    ]);
    group.open = this.#showsResolved;
    group.addEventListener("toggle", () => {
      this.#showsResolved = group.open;
    });
    return group;
  }

  /** @param {Thread} thread */
  #thread(thread) {
    const { resolved } = thread;
    const kept = this.drafts.get(thread.id);
    if (kept && this.talk.canSpeak && !this.#boxes.has(thread.id)) this.#openReply(thread.id);
    const box = this.#boxes.get(thread.id);
    const tools =
      this.talk.canSpeak && !box
        ? el("div", { class: "comment-tools" }, [
            button(gettext("Reply"), () => this.#answer(thread.id), "button is-small"),
            button(
              resolved ? gettext("Open again") : gettext("Resolve"),
              () => void this.#resolve(thread, !resolved),
              "button is-small is-quiet",
            ),
          ])
        : null;
    return el("li", { class: "thread", data: { thread: thread.id } }, [
      this.#placeOf(thread),
      ...thread.comments.map((comment) => this.#comment(thread, comment)),
      resolved
        ? el("p", { class: "quiet", text: gettext("Resolved by %(name)s", { name: resolved.by.name }) })
        : null,
      box?.element ?? null,
      tools,
    ]);
  }

  /** @param {Thread} thread */
  #placeOf({ start, end, span }) {
    if (start === null || end === null)
      return el("p", { class: "comment-about", text: gettext("The article") });
    const go = button("", () => this.#goTo({ start, end, span }), "thread-place");
    go.append(el("q", { text: this.#words({ start, end }), attrs: { dir: "auto" } }));
    return go;
  }

  /** @param {Thread} thread @param {Comment} comment */
  #comment(thread, comment) {
    const box = this.#boxes.get(comment.id);
    const isOwn = comment.by.username === this.editor.boot.user.username && this.talk.canSpeak;
    const at = new Date(comment.at);
    const head = el("p", { class: "comment-head" }, [
      el("b", { text: comment.by.name }),
      " ",
      el("time", {
        text: at.toLocaleString(pageLanguage(), {
          day: "numeric",
          month: "short",
          hour: "numeric",
          minute: "2-digit",
        }),
        attrs: { datetime: comment.at, title: at.toLocaleString(pageLanguage()) },
      }),
      comment.edited_at ? ` · ${gettext("edited")}` : "",
      isOwn && !box ? button(gettext("Edit"), () => this.#edit(thread, comment), "link-button") : null,
    ]);
    return el("div", { class: "comment" }, [
      head,
      box ? box.element : commentText(comment.text, comment.mentions),
    ]);
  }

  /** @param {Thread} thread @param {Comment} comment */
  #edit(thread, comment) {
    const box = new CommentBox({
      editor: this.editor,
      members: () => this.#team(),
      label: gettext("Your comment"),
      verb: gettext("Save"),
      text: comment.text,
      keep: () => {},
      send: async (text) => {
        await this.talk.change(thread.id, comment.id, text);
        this.#close(comment.id);
        this.editor.announce(gettext("Comment changed"));
      },
      cancel: () => this.#close(comment.id),
    });
    this.#boxes.set(comment.id, box);
    this.#show();
    box.focus();
  }

  /** @param {Thread} thread @param {boolean} resolved */
  async #resolve(thread, resolved) {
    try {
      await this.talk.resolve(thread.id, resolved);
      this.editor.announce(resolved ? gettext("Thread resolved") : gettext("Thread open again"));
    } catch (error) {
      if (error instanceof ApiError && error.isSignedOut) this.editor.doors.signIn?.();
      this.editor.tell(error instanceof Error ? error.message : String(error));
    }
  }

  /** The span, if it is still there; else the words. @param {{start: number, end: number, span: string | null}} place */
  #goTo({ start, end, span }) {
    const { store, goTo, goToWords } = this.editor;
    const mark = store.layer.spans.get(span ?? "");
    if (mark) goTo(mark);
    else goToWords({ start, end });
  }

  /** @param {{start: number, end: number}} place */
  #words({ start, end }) {
    const words = this.editor.store.layer.text.slice(start, end).replace(/\s+/gu, " ");
    return words.length > QUOTE_LENGTH ? `${words.slice(0, QUOTE_LENGTH - 1)}…` : words;
  }
}

/** About the article first, then as the text runs. @param {Thread[]} threads */
function inReadingOrder(threads) {
  return threads.toSorted((a, b) => (a.start ?? -1) - (b.start ?? -1));
}
