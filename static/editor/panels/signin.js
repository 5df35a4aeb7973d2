import { gettext } from "../model/words.js";
import { button, el, part } from "./dom.js";

/** @typedef {import("../types.js").Editor} Editor */

/**
 * Signing in again without leaving the article: the sign-in page in a frame, which tells when it is done
 * (static/elements/signed-in.js). Signing in in another tab of this browser does as well.
 */
export class SignIn {
  /** @type {HTMLDialogElement | null} */
  #dialog = null;

  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    editor.doors.signIn = () => this.open();
    const channel = new BroadcastChannel("annotator:session");
    channel.onmessage = ({ data }) => this.#onSignedIn(String(data?.user ?? ""));
    editor.signal.addEventListener("abort", () => channel.close());
  }

  open() {
    if (this.#dialog) return;
    const frame = el("iframe", {
      class: "signin-frame",
      attrs: { src: this.editor.boot.urls.login, title: gettext("Sign in") },
    });
    this.#dialog = el("dialog", { class: "dialog signin", attrs: { "aria-labelledby": "signin-title" } }, [
      el("div", { class: "dialog-head" }, [
        el("h2", { text: gettext("Sign in again"), attrs: { id: "signin-title" } }),
        button(gettext("Later"), () => this.#dialog?.close(), "button is-quiet"),
      ]),
      frame,
    ]);
    this.#dialog.addEventListener("close", () => {
      this.#dialog?.remove();
      this.#dialog = null;
      this.editor.backToText();
    });
    part("stage", HTMLElement).append(this.#dialog);
    this.#dialog.showModal();
  }

  /** @param {string} user */
  #onSignedIn(user) {
    this.#dialog?.close();
    const { boot, sync, tell } = this.editor;
    if (user === boot.user.username) {
      tell(gettext("You are signed in again."));
      sync.resume();
    } else if (user) {
      tell(
        gettext(
          "%(user)s is signed in now, and this page is %(username)s’s. What is not saved stays on this computer until %(username)s opens an article here again.",
          { user, username: boot.user.username },
        ),
      );
    }
  }
}
