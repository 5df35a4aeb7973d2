import { inverted } from "../model/layer.js";
import { changesFor, editFor } from "./edits.js";
import { EditQueue } from "./queue.js";
import { differences } from "./reconcile.js";
import { Sender } from "./sender.js";
import { sendStragglers } from "./stragglers.js";

/** @typedef {import("../types.js").Change} Change */
/** @typedef {import("../types.js").Update} Update */
/** @typedef {import("../types.js").WireEdit} WireEdit */
/** @typedef {import("../types.js").EditResult} EditResult */
/** @typedef {import("./sender.js").SyncState} SyncState */

/**
 * @typedef {object} SyncParts
 * @property {import("../state/store.js").Store} store
 * @property {import("../model/offsets.js").OffsetMap} offsets
 * @property {import("./api.js").Api} api
 * @property {import("../types.js").Bootstrap} boot
 * @property {(state: SyncState, unsent: number, durable: boolean, detail: string) => void} onState
 * @property {(sentence: string) => void} tell
 * @property {AbortSignal} signal  ends listening
 */

/** Whoever was away this long may find that others went on meanwhile. */
const AWAY_MS = 60_000;

/** Keeps the layer here, on this computer's disk, in other tabs and on the server the same (DESIGN section 4). */
export class Sync {
  /** Unanswered edits to the change each made, to take back what the server refuses. @type {Map<string, Change>} */
  #made = new Map();
  /** @type {BroadcastChannel | null} */
  #tabs = null;
  #mustRefetch = false;
  /** Edits of the task at hand. @type {WireEdit[]} */
  #fresh = [];

  /** @param {SyncParts} parts */
  constructor(parts) {
    this.parts = parts;
    const { boot, api } = parts;
    this.version = boot.layer.version;
    this.key = `${boot.user.username}|${boot.article.id}|${boot.layer.author}`;
    this.queue = new EditQueue(this.key, boot.urls.edits);
    this.sender = new Sender({
      queue: this.queue,
      post: (edits) => api.post(boot.urls.edits, { edits }),
      wait: (work, ms) => setTimeout(work, ms),
      onAnswer: (answer, sent) => this.#onAnswer(answer, sent),
      onState: (state, detail) => this.#onState(state, detail),
    });
    parts.store.subscribe((update) => this.#onUpdate(update));
  }

  /** Applies and sends what was left over, then listens to other tabs, to the network and to coming back. */
  async start() {
    const left = await this.queue.open();
    this.#applyEdits(left, true);
    this.#joinTabs();
    const { signal } = this.parts;
    addEventListener("online", () => this.sender.kick(), { signal });
    addEventListener("focus", () => this.queue.size && this.sender.kick(), { signal });
    addEventListener("pageshow", (event) => event.persisted && this.refetch(), { signal });
    addEventListener("pagehide", () => this.#keep(), { signal });
    let hiddenAt = 0;
    const onVisibility = () => {
      if (document.hidden) hiddenAt = Date.now();
      else if (Date.now() - hiddenAt > AWAY_MS) void this.refetch();
    };
    document.addEventListener("visibilitychange", onVisibility, { signal });
    const onLeaving = (/** @type {BeforeUnloadEvent} */ event) => {
      this.#keep();
      if (this.queue.size && !this.queue.durable) event.preventDefault();
    };
    addEventListener("beforeunload", onLeaving, { signal });
    if (left.length) this.sender.kick();
    void this.#sendStragglers();
  }

  async #sendStragglers() {
    const { api, boot, tell } = this.parts;
    const post = (/** @type {string} */ url, /** @type {WireEdit[]} */ edits) => api.post(url, { edits });
    const sent = await sendStragglers(boot.user.username, this.key, post).catch(() => 0);
    if (sent)
      tell(
        `${sent === 1 ? "1 change" : `${sent} changes`} to another article had not been sent yet. Now saved.`,
      );
  }

  /** The way is free again: signed in, or back on the network. */
  resume() {
    this.sender.kick();
    void this.#sendStragglers();
  }

  get unsent() {
    return this.queue.size + this.#fresh.length;
  }

  /** @returns {Promise<boolean>} */
  flushed() {
    this.#keep();
    return this.sender.flushed();
  }

  /** Takes over the server's state, unless something here is still unsent. @param {string} [note] */
  async refetch(note = "Updated with changes made elsewhere") {
    const { api, boot, store, offsets } = this.parts;
    if (this.unsent) return;
    const wire = await api.get(boot.urls.layer).catch(() => null);
    if (!wire || this.unsent || wire.version < this.version) return;
    this.version = wire.version;
    const changes = differences(store.layer, wire, offsets);
    if (changes.length) store.dispatch({ origin: "remote", changes, note });
  }

  /** Now, or when what is unsent here has been answered. */
  #refetchSoon() {
    if (this.unsent) this.#mustRefetch = true;
    else void this.refetch("");
  }

  /** @param {Update} update */
  #onUpdate({ origin, changes }) {
    if (!changes.length || origin === "remote" || origin === "rollback") return;
    /** @type {WireEdit[]} */
    const edits = [];
    for (const change of changes) {
      const edit = editFor(change, this.parts.offsets);
      if (!edit) continue;
      edits.push(edit);
      this.#made.set(edit.id, change);
    }
    if (!this.#fresh.length) setTimeout(() => this.#keep());
    this.#fresh.push(...edits);
  }

  /** Writing to disk, to other tabs and to the server begins right after the key press has been dealt with. */
  #keep() {
    const edits = this.#fresh.splice(0);
    if (!edits.length) return;
    this.queue.add(edits);
    this.#tabs?.postMessage({ edits });
    this.sender.kick();
  }

  /** @param {WireEdit[]} edits @param {boolean} mine  to be taken back when the server refuses them */
  #applyEdits(edits, mine) {
    const { store, offsets } = this.parts;
    for (const edit of edits) {
      const changes = changesFor(edit, store.layer, offsets);
      if (changes.length) store.dispatch({ origin: "remote", changes });
      if (mine && changes[0]) this.#made.set(edit.id, changes[0]);
    }
  }

  /** @param {{version: number, results: EditResult[]}} answer @param {WireEdit[]} sent */
  #onAnswer({ version, results }, sent) {
    const applied = results.filter((result) => result.status === "applied").length;
    // More happened on the server than this tab did: somebody else edits the same layer.
    if (version > this.version + applied) this.#mustRefetch = true;
    this.version = Math.max(this.version, version);
    this.#tabs?.postMessage({ version });
    for (const result of results) {
      if (result.status === "rejected") this.#takeBack(result, sent);
      this.#made.delete(result.id);
    }
    // Other tabs have drawn what is refused here.
    if (results.some((result) => result.status === "rejected")) this.#tabs?.postMessage({ refused: true });
    if (this.#mustRefetch && !this.queue.size) {
      this.#mustRefetch = false;
      // A refusal has been told already, and that is the sentence to read.
      void this.refetch(results.some((result) => result.status === "rejected") ? "" : undefined);
    }
  }

  /** @param {EditResult} result @param {WireEdit[]} sent */
  #takeBack({ id, reason }, sent) {
    const change = this.#made.get(id);
    this.#mustRefetch = true;
    if (change) this.parts.store.dispatch({ origin: "rollback", changes: this.#inverse(change) });
    const what = sent.find((edit) => edit.id === id)?.op.replaceAll("_", " ") ?? "change";
    this.parts.tell(
      `The server did not take a change (${what}): ${reason || "it does not fit the layer any more."}`,
    );
  }

  /** A span that is refused gives back the suggestion it answered. @param {Change} change @returns {Change[]} */
  #inverse(change) {
    const { store, offsets } = this.parts;
    if (change.kind !== "span" || change.before || !change.after) return inverted([change]);
    return changesFor({ id: "", op: "remove_span", span: { id: change.after.id } }, store.layer, offsets);
  }

  /** @param {SyncState} state @param {string} detail */
  #onState(state, detail) {
    this.parts.onState(state, this.queue.size, this.queue.durable, detail);
  }

  #joinTabs() {
    if (typeof BroadcastChannel === "undefined") return;
    this.#tabs = new BroadcastChannel(`annotator:${this.key}`);
    this.parts.signal.addEventListener("abort", () => this.#tabs?.close());
    this.#tabs.onmessage = ({ data }) => {
      if (Array.isArray(data?.edits)) this.#applyEdits(data.edits, false);
      if (typeof data?.version === "number") this.version = Math.max(this.version, data.version);
      if (data?.refused) this.#refetchSoon();
    };
  }
}
