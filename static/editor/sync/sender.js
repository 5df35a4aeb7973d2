import { gettext } from "../model/words.js";
import { ApiError } from "./api.js";

/** @typedef {import("../types.js").WireEdit} WireEdit */
/** @typedef {import("../types.js").EditResult} EditResult */
/** @typedef {"saved" | "saving" | "offline" | "signed-out" | "refused"} SyncState */

const BATCH = 100;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * @typedef {object} SenderParts
 * @property {{size: number, oldest: (limit: number) => WireEdit[], remove: (ids: ReadonlySet<string>) => void}} queue
 * @property {(edits: WireEdit[]) => Promise<{version: number, results: EditResult[]}>} post
 * @property {(work: () => void, ms: number) => unknown} wait
 * @property {(answer: {version: number, results: EditResult[]}, sent: WireEdit[]) => void} onAnswer
 * @property {(state: SyncState, detail: string) => void} onState
 */

/** Sends the queue in order, one request at a time, and tries again until the server has answered for each edit. */
export class Sender {
  #busy = false;
  #failures = 0;
  /** Raised by each kick, so that a wait that was overtaken does nothing. */
  #turn = 0;
  /** @type {Array<() => void>} */
  #waiters = [];
  /** @type {SyncState} */
  state = "saved";
  /** More of it in a sentence, where there is more to say. */
  detail = "";

  /** @param {SenderParts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** There is something to send, or reason to try again now. */
  kick() {
    this.#turn++;
    if (!this.#busy) void this.#drain();
  }

  /** Resolves true once nothing is unsent, false when that cannot be reached now. @returns {Promise<boolean>} */
  async flushed() {
    this.kick();
    if (this.#busy) await new Promise((resolve) => this.#waiters.push(() => resolve(undefined)));
    return this.parts.queue.size === 0;
  }

  async #drain() {
    this.#busy = true;
    try {
      while (this.parts.queue.size > 0) {
        this.#say("saving", "");
        const sent = this.parts.queue.oldest(BATCH);
        const answer = await this.parts.post(sent);
        const answered = new Set(answer.results.map((result) => result.id));
        if (!sent.some((edit) => answered.has(edit.id)))
          throw new ApiError(502, gettext("The server's answer was not understood."));
        this.#failures = 0;
        this.parts.queue.remove(answered);
        this.parts.onAnswer(answer, sent);
      }
      this.#say("saved", "");
    } catch (error) {
      this.#stumble(error instanceof ApiError ? error : new ApiError(0, String(error)));
    } finally {
      this.#busy = false;
      for (const resolve of this.#waiters.splice(0)) resolve();
    }
  }

  /** @param {ApiError} error */
  #stumble(error) {
    if (!error.isPassing && !error.isSignedOut) {
      this.#say("refused", error.whyGone);
      return;
    }
    this.#say(error.isSignedOut ? "signed-out" : "offline", error.message);
    const delay = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures++);
    const turn = this.#turn;
    this.parts.wait(() => {
      if (turn === this.#turn) this.kick();
    }, delay);
  }

  /** @param {SyncState} state @param {string} detail */
  #say(state, detail) {
    this.state = state;
    this.detail = detail;
    this.parts.onState(state, detail);
  }
}
