import { cutAtMentions, membersLike, nameBeingTyped } from "../model/mentions.js";
import { gettext } from "../model/words.js";
import { ApiError } from "../sync/api.js";
import { button, el } from "./dom.js";

/** @typedef {import("../types.js").Draft} Draft */
/** @typedef {import("../model/mentions.js").Member} Member */

let boxes = 0;

/** A box to write a comment in, with names to choose after an at sign. Its words are kept until the server has them. */
export class CommentBox {
  /** @type {Member[]} */
  #offered = [];
  #chosen = 0;
  #isSending = false;

  /**
   * @param {object} parts
   * @param {import("../types.js").Editor} parts.editor
   * @param {() => Promise<Member[]>} parts.members
   * @param {string} parts.label  what the box is for
   * @param {string} parts.verb  of the button that sends
   * @param {string} [parts.text]
   * @param {(text: string) => void} parts.keep  called with what is typed
   * @param {(text: string) => Promise<void>} parts.send  throws what the server or the network says
   * @param {(() => void) | null} [parts.cancel]  when there is a way to give up
   */
  constructor({ editor, members, label, verb, text = "", keep, send, cancel = null }) {
    this.editor = editor;
    this.members = members;
    this.keep = keep;
    this.send = send;
    this.cancel = cancel;
    const listId = `comment-names-${++boxes}`;
    this.input = el("textarea", {
      attrs: {
        rows: "2",
        maxlength: "5000",
        dir: "auto",
        placeholder: label,
        "aria-label": label,
        "aria-autocomplete": "list",
        "aria-controls": listId,
      },
    });
    this.input.value = text;
    this.names = el("ul", {
      class: "comment-names",
      attrs: { id: listId, role: "listbox", "aria-label": gettext("Members") },
    });
    this.names.hidden = true;
    this.problem = el("p", { class: "comment-problem", attrs: { role: "alert" } });
    this.problem.hidden = true;
    this.sendButton = el("button", {
      class: "button is-small is-solid",
      text: verb,
      attrs: { type: "submit", title: "Ctrl+Enter" },
    });
    this.tools = el("div", { class: "comment-tools" }, [
      this.sendButton,
      cancel && button(gettext("Cancel"), cancel, "button is-small is-quiet"),
    ]);
    this.element = el("form", { class: "comment-box" }, [this.input, this.names, this.problem, this.tools]);
    this.input.addEventListener("input", () => this.#onInput());
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.#offer([]), 150));
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.#fit();
  }

  get text() {
    return this.input.value;
  }

  focus() {
    this.input.focus();
    this.element.scrollIntoView({ block: "nearest" });
  }

  empty() {
    this.input.value = "";
    this.#fit();
  }

  #onInput() {
    this.keep(this.text);
    this.#fit();
    void this.#lookForNames();
  }

  #fit() {
    this.tools.hidden = !this.text && !this.cancel;
    this.input.rows = Math.min(
      12,
      Math.max(2, this.text.split("\n").length + Math.floor(this.text.length / 38)),
    );
  }

  async #lookForNames() {
    const typed = nameBeingTyped(this.text, this.input.selectionStart);
    if (!typed) return this.#offer([]);
    const members = await this.members().catch(() => []);
    const still = nameBeingTyped(this.text, this.input.selectionStart);
    this.#offer(still ? membersLike(members, still.name) : []);
  }

  /** @param {Member[]} members */
  #offer(members) {
    this.#offered = members;
    this.#chosen = 0;
    this.names.hidden = !members.length;
    this.names.replaceChildren(
      ...members.map(({ username, name }, i) => {
        const item = el("li", { attrs: { role: "option", id: `${this.names.id}-${i}` } }, [
          el("b", { text: `@${username}` }),
          name && name !== username ? ` ${name}` : "",
        ]);
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          this.#take(i);
        });
        return item;
      }),
    );
    this.#showChosen();
  }

  #showChosen() {
    for (const [i, item] of [...this.names.children].entries())
      item.setAttribute("aria-selected", String(i === this.#chosen));
    if (this.#offered.length)
      this.input.setAttribute("aria-activedescendant", `${this.names.id}-${this.#chosen}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} index */
  #take(index) {
    const member = this.#offered[index];
    const typed = nameBeingTyped(this.text, this.input.selectionStart);
    if (!member || !typed) return;
    this.input.setRangeText(`@${member.username} `, typed.start, this.input.selectionStart, "end");
    this.#onInput();
    this.#offer([]);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const { key, ctrlKey, metaKey } = event;
    const count = this.#offered.length;
    if (key === "Enter" && (ctrlKey || metaKey)) void this.#submit();
    else if (count && (key === "Enter" || key === "Tab")) this.#take(this.#chosen);
    else if (count && (key === "ArrowDown" || key === "ArrowUp")) {
      this.#chosen = (this.#chosen + (key === "ArrowDown" ? 1 : -1) + count) % count;
      this.#showChosen();
    } else if (key === "Escape" && count) this.#offer([]);
    else if (key === "Escape" && this.cancel && !this.text.trim()) this.cancel();
    else if (key === "Escape") this.editor.backToText();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async #submit() {
    if (this.#isSending || !this.text.trim()) return;
    this.#isSending = true;
    this.sendButton.disabled = true;
    this.problem.hidden = true;
    try {
      await this.send(this.text);
    } catch (error) {
      if (error instanceof ApiError && error.isSignedOut) this.editor.doors.signIn?.();
      const reason = error instanceof Error ? error.message : String(error);
      this.problem.textContent = gettext("Not sent: %(reason)s Your words are kept here.", { reason });
      this.problem.hidden = false;
    } finally {
      this.#isSending = false;
      this.sendButton.disabled = false;
    }
  }
}

/** A comment's words, with those it names in bold. @param {string} text @param {ReadonlyArray<string>} usernames */
export function commentText(text, usernames) {
  const parts = cutAtMentions(text, usernames);
  return el(
    "p",
    { class: "comment-text", attrs: { dir: "auto" } },
    parts.map((part) => (part.isMention ? el("b", { class: "mention", text: part.text }) : part.text)),
  );
}
