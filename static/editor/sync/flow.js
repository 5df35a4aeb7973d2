import { ApiError } from "./api.js";

/** @typedef {import("../types.js").Bootstrap} Bootstrap */

/** An article's way: submitted, approved, sent back, and on to the next. Nothing goes before all edits are saved. */
export class Flow {
  #wasWarned = false;

  /**
   * @param {object} parts
   * @param {Bootstrap} parts.boot
   * @param {import("./api.js").Api} parts.api
   * @param {{flushed: () => Promise<boolean>, unsent: number}} parts.sync
   * @param {(sentence: string) => void} parts.tell
   * @param {(url: string) => void} parts.open
   */
  constructor({ boot, api, sync, tell, open }) {
    this.boot = boot;
    this.api = api;
    this.sync = sync;
    this.tell = tell;
    this.open = open;
    this.isBusy = false;
    this.isFinished = false;
    /** @type {Array<() => void>} */
    this.listeners = [];
    /** There is no next article: the page says so. @type {() => void} */
    this.onNothingLeft = () => {};
  }

  get finishName() {
    return this.boot.mode === "review" ? "Approve" : "Submit";
  }

  get canFinish() {
    return this.boot.layer.editable === true && this.boot.mode !== "read";
  }

  /** Submits or approves, then opens the next article; what is finished or closed is just left behind. */
  finish() {
    if (!this.canFinish || this.isFinished) return this.next();
    const url = this.boot.mode === "review" ? this.boot.urls.approve : this.boot.urls.submit;
    return this.#run(async () => {
      if (!(await this.#allSaved())) return;
      await this.api.post(url);
      this.isFinished = true;
      await this.#next();
    });
  }

  /** Goes elsewhere once all is saved; who asks twice may go before. @param {string} url */
  leave(url) {
    return this.#run(async () => {
      const advice = "Click once more to leave all the same; they go out when you open an article again.";
      if (this.#wasWarned || (await this.#allSaved(advice))) this.open(url);
      this.#wasWarned = true;
    });
  }

  /** Opens the next article without finishing this one. */
  next() {
    return this.#run(async () => {
      if (await this.#allSaved()) await this.#next();
    });
  }

  /** Sends the article back to whom it came from; the annotator's own name for it is taking it back. @param {string} comment */
  reopen(comment) {
    return this.#run(async () => {
      if (!(await this.#allSaved())) return;
      await this.api.post(this.boot.urls.reopen, { comment });
      if (this.boot.mode === "review") await this.#next();
      else this.open(location.href);
    });
  }

  async #next() {
    const next = await this.api.post(this.boot.urls.next);
    if (next?.url) this.open(next.url);
    else this.onNothingLeft();
  }

  /** @param {string} [advice] */
  async #allSaved(advice = "Try again when the connection is back.") {
    if (await this.sync.flushed()) return true;
    const { unsent } = this.sync;
    const kept = unsent === 1 ? "1 change is" : `${unsent} changes are`;
    this.tell(`${kept} not on the server yet, and kept on this computer. ${advice}`);
    return false;
  }

  /** @param {() => Promise<void>} work */
  async #run(work) {
    if (this.isBusy) return;
    this.#setBusy(true);
    try {
      await work();
    } catch (error) {
      this.tell(
        error instanceof ApiError && error.isSignedOut
          ? "You are signed out. Sign in again in another tab, then try once more; nothing is lost."
          : String(error instanceof Error ? error.message : error),
      );
    } finally {
      this.#setBusy(false);
    }
  }

  /** @param {boolean} isBusy */
  #setBusy(isBusy) {
    this.isBusy = isBusy;
    for (const listener of this.listeners) listener();
  }
}
