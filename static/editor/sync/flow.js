import { gettext, ngettext } from "../model/words.js";
import { ApiError } from "./api.js";

/** @typedef {import("../types.js").Bootstrap} Bootstrap */

/** An article's way: submitted, approved, sent back, skipped, and on to the next. Nothing goes before all edits are saved. */
export class Flow {
  #wasWarned = false;
  /** It was told that the server takes what is unsent neither now nor later. */
  #isRefused = false;

  /**
   * @param {object} parts
   * @param {Bootstrap} parts.boot
   * @param {import("./api.js").Api} parts.api
   * @param {{flushed: () => Promise<boolean>, hasNews: () => Promise<boolean>, look: () => unknown, unsent: number, refusal: string, version: number}} parts.sync
   * @param {import("./ahead.js").Ahead} parts.ahead
   * @param {(sentence: string) => void} parts.tell
   * @param {(boot: Bootstrap) => Promise<unknown>} parts.open  shows another article on this page
   * @param {() => Promise<unknown>} parts.again  shows this article as the server has it now
   * @param {(url: string) => void} parts.leave  goes to another page
   */
  constructor({ boot, api, sync, ahead, tell, open, again, leave }) {
    this.boot = boot;
    this.api = api;
    this.sync = sync;
    this.ahead = ahead;
    this.tell = tell;
    this.go = { open, again, leave };
    this.isBusy = false;
    this.isFinished = false;
    this.isFlagged = boot.claim.flagged;
    /** @type {Array<() => void>} */
    this.listeners = [];
    /** There is no next article: the page says so. @type {() => void} */
    this.onNothingLeft = () => {};
  }

  get finishName() {
    return this.boot.mode === "review" ? gettext("Approve") : gettext("Submit");
  }

  get canFinish() {
    return this.boot.layer.editable === true && this.boot.mode !== "read";
  }

  /** Flags and skips are for annotators: a reviewer decides. */
  get canSkip() {
    return this.canFinish && this.boot.mode === "annotate";
  }

  /** Submits or approves, then opens the next article; what is finished or closed is just left behind. */
  finish() {
    if (!this.canFinish || this.isFinished) return this.next();
    return this.#run(async () => {
      const wasRefused = this.#isRefused;
      if (!(await this.#allSaved())) return wasRefused ? this.#next() : undefined;
      if (await this.sync.hasNews())
        return this.tell(
          gettext("Somebody else has changed this, and you see it now. Look at it, then press once more."),
        );
      const answer = await this.#handIn();
      if (!answer) return wasRefused ? this.#next() : undefined;
      this.isFinished = true;
      this.boot.queue.done_today += this.boot.mode === "review" ? 0 : 1;
      // Who took what was wrong on purpose is told, here and now, but once.
      const told = this.boot.planted?.length ?? 0;
      await (answer?.planted?.length > told ? this.go.again() : this.#next());
    });
  }

  /** Goes to another page once all is saved; who asks twice may go before. @param {string} url */
  leave(url) {
    return this.#run(async () => {
      const advice = gettext(
        "Click once more to leave all the same; they go out when you open an article again.",
      );
      if (this.#wasWarned || (await this.#allSaved(advice))) this.go.leave(url);
      this.#wasWarned = true;
    });
  }

  /** Shows this article as the server has it now, with the label schema of today. */
  again() {
    return this.#run(async () => {
      if (await this.#allSaved()) await this.go.again();
    });
  }

  /** Opens the next article without finishing this one. */
  next() {
    return this.#run(async () => {
      const wasRefused = this.#isRefused;
      if ((await this.#allSaved()) || wasRefused) await this.#next();
    });
  }

  /**
   * Sends the article back to whom it came from; the annotator's own name for it is taking it back. An approved
   * one goes back into review, and stays on the page.
   * @param {string} comment
   */
  reopen(comment) {
    return this.#run(async () => {
      if (!(await this.#allSaved())) return;
      await this.api.post(this.boot.urls.reopen, { comment });
      if (this.boot.mode === "review" && this.canFinish) await this.#next();
      else await this.go.again();
    });
  }

  /** Not sure, come back later; the second time not any more. */
  flag() {
    return this.#run(async () => {
      await this.api.post(this.boot.urls.flag, { flagged: !this.isFlagged });
      this.isFlagged = !this.isFlagged;
      this.tell(
        this.isFlagged
          ? gettext("Flagged: it comes back to you after the others. You can go on to the next now.")
          : gettext("The flag is taken away."),
      );
    });
  }

  /** Leaves the article to somebody else. @param {string} reason */
  skip(reason) {
    return this.#run(async () => {
      if (!(await this.#allSaved())) return;
      await this.api.post(this.boot.urls.skip, { reason });
      this.isFinished = true;
      await this.#next();
    });
  }

  /** Null for an article that is not theirs any more; that is told. */
  async #handIn() {
    const { mode, urls } = this.boot;
    try {
      if (mode === "review") return await this.api.post(urls.approve, { version: this.sync.version });
      return await this.api.post(urls.submit);
    } catch (error) {
      this.sync.look();
      if (!(error instanceof ApiError && error.isGone)) throw error;
      this.#isRefused = true;
      this.tell(`${error.whyGone} ${gettext("Press once more to go on without.")}`);
      return null;
    }
  }

  async #next() {
    const next = await this.ahead.take();
    if (!next) return this.onNothingLeft();
    // It may have been fetched before this one was handed in.
    next.queue.done_today = Math.max(next.queue.done_today, this.boot.queue.done_today);
    await this.go.open(next);
  }

  /**
   * An article that was given to somebody else meanwhile can never be saved: that is told, and who asks once more
   * goes on. What was done stays on this computer, and goes out should the article come back.
   * @param {string} [advice]
   */
  async #allSaved(advice = gettext("Try again when the connection is back.")) {
    const isSaved = await this.sync.flushed();
    const { unsent, refusal } = this.sync;
    this.#isRefused = !isSaved && refusal !== "";
    if (isSaved) return true;
    const kept = ngettext(
      "%(count)s change is not on the server yet, and kept on this computer.",
      "%(count)s changes are not on the server yet, and kept on this computer.",
      unsent,
    );
    const onward = gettext("Press once more to go on without.");
    this.tell(this.#isRefused ? `${kept} ${refusal} ${onward}` : `${kept} ${advice}`);
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
          ? gettext("You are signed out. Sign in again, then try once more; nothing is lost.")
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
