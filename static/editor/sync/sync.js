import { inverted } from "../model/layer.js";
import { gettext, ngettext } from "../model/words.js";
import { stirsSuggestions } from "../state/suggestions.js";
import { changesFor, editsFor } from "./edits.js";
import { EditQueue, layerKey } from "./queue.js";
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

/** After other tabs or people, or a refusal, had a hand in it: how long until the server is asked how it stands. */
const SETTLE_MS = 700;
const RETRY_MS = 5_000;
/** How often it is asked whether somebody else changed the layer: a reviewer shares gold with other reviewers. */
const LOOK_MS = { review: 5_000, annotate: 20_000, read: 20_000 };

/**
 * Keeps the layer here, on this computer's disk, in other tabs and on the server the same (DESIGN section 4).
 *
 * What is shown is the server's state and, on top, what is not answered yet. Edits of other tabs are shown as soon
 * as they are heard of; what they come to, and what a refusal leaves, is settled by taking over the server's state
 * once nothing here is unsent. So all tabs come to the same, whatever was refused and in whatever order.
 */
export class Sync {
  /** Unanswered edits to the change each made, to take back what the server refuses. @type {Map<string, Change>} */
  #made = new Map();
  /** @type {BroadcastChannel | null} */
  #tabs = null;
  /** The layer here may differ from the server's in more than what is unsent. */
  #isUnsure = false;
  /** Grows with each edit heard of, so that an answer that was under way meanwhile is not taken for the last word. */
  #heard = 0;
  #settling = 0;
  /** Edits of the task at hand. @type {WireEdit[]} */
  #fresh = [];

  /** The schema that the page was opened with is not the newest any more. */
  onNewSchema = () => {};
  /** The text was corrected meanwhile: `current` is the article with the text as it is now. @type {(current: number) => void} */
  onCorrected = () => {};
  #isCorrected = false;

  /** @param {SyncParts} parts */
  constructor(parts) {
    this.parts = parts;
    const { boot, api } = parts;
    this.version = boot.layer.version;
    this.key = layerKey(boot);
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
    const { signal } = this.parts;
    this.#joinTabs();
    const left = await this.queue.open();
    this.#applyEdits(left, true);
    // What is left over may be in the layer already, or be another tab's that has taken it back meanwhile.
    if (left.length) this.#isUnsure = true;
    addEventListener("online", () => this.#comeBack(), { signal });
    addEventListener("focus", () => this.queue.size && this.sender.kick(), { signal });
    addEventListener("pageshow", (event) => event.persisted && this.#doubt(), { signal });
    addEventListener("pagehide", () => this.#keep(), { signal });
    document.addEventListener("visibilitychange", () => this.look(), { signal });
    const timer = setInterval(() => this.look(), LOOK_MS[this.parts.boot.mode]);
    signal.addEventListener("abort", () => {
      clearInterval(timer);
      clearTimeout(this.#settling);
    });
    const onLeaving = (/** @type {BeforeUnloadEvent} */ event) => {
      this.#keep();
      if (this.queue.size && !this.queue.durable) event.preventDefault();
    };
    addEventListener("beforeunload", onLeaving, { signal });
    if (left.length) this.sender.kick();
    // The layer may have changed since the server wrote it down for this page.
    setTimeout(() => this.look(), SETTLE_MS);
    void this.#sendStragglers();
  }

  #comeBack() {
    this.sender.kick();
    void this.look();
  }

  async #sendStragglers() {
    const { api, boot, tell } = this.parts;
    const post = (/** @type {string} */ url, /** @type {WireEdit[]} */ edits) => api.post(url, { edits });
    const sent = await sendStragglers(boot.user.username, this.key, post).catch(() => 0);
    if (sent)
      tell(
        ngettext(
          "%(count)s change to another article had not been sent yet. Now saved.",
          "%(count)s changes to another article had not been sent yet. Now saved.",
          sent,
        ),
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

  /** Why the server takes what is unsent neither now nor later, as a sentence; else empty. */
  get refusal() {
    return this.sender.state === "refused" ? this.sender.detail : "";
  }

  /** @returns {Promise<boolean>} */
  flushed() {
    this.#keep();
    return this.sender.flushed();
  }

  /** Whether others changed what is here without its having been shown; it is shown now. */
  async hasNews() {
    return this.#isUnsure && (await this.#settle());
  }

  /** Asks whether somebody else changed the layer meanwhile. */
  async look() {
    const { api, boot, signal } = this.parts;
    if (signal.aborted || document.hidden || this.unsent || this.#isUnsure || this.#isCorrected) return;
    const wire = await api.get(`${boot.urls.layer}?since=${this.version}`).catch(() => null);
    if (wire?.current) return this.#corrected(wire.current);
    if (wire && !signal.aborted && wire.version > this.version) this.#doubt(0);
  }

  /** @param {number} [ms] */
  #doubt(ms = SETTLE_MS) {
    this.#isUnsure = true;
    clearTimeout(this.#settling);
    this.#settling = window.setTimeout(() => this.#settle(), ms);
  }

  /**
   * Takes over the server's state; when something here is unsent, its answer leads here again.
   * @returns {Promise<boolean>} whether that changed what others can have changed
   */
  async #settle() {
    const { api, boot, store, offsets, signal } = this.parts;
    if (signal.aborted || this.unsent || this.#isCorrected) return false;
    const heard = this.#heard;
    const wire = await api.get(boot.urls.layer).catch(() => null);
    if (signal.aborted || this.unsent) return false;
    if (!wire || wire.current || heard !== this.#heard || wire.version < this.version) {
      if (wire?.current) this.#corrected(wire.current);
      else this.#doubt(wire ? SETTLE_MS : RETRY_MS);
      return false;
    }
    this.#isUnsure = false;
    if (wire.schema_version > boot.schema.version) this.onNewSchema();
    const isOthers = wire.version > this.version;
    this.version = wire.version;
    const changes = differences(store.layer, wire, offsets);
    const note = isOthers ? gettext("Updated with changes made elsewhere") : "";
    if (changes.length) store.dispatch({ origin: "remote", changes, note });
    return changes.some(({ kind }) => kind !== "suggestion");
  }

  /** @param {Update} update */
  #onUpdate({ origin, changes }) {
    if (!changes.length || origin === "remote" || origin === "rollback") return;
    const made = editsFor(changes, this.parts.offsets);
    for (const { change, edit } of made) this.#made.set(edit.id, change);
    this.#isUnsure ||= changes.some((change) => stirsSuggestions(change, this.parts.store.layer));
    if (!this.#fresh.length) setTimeout(() => this.#keep());
    this.#fresh.push(...made.map(({ edit }) => edit));
    this.#heard++;
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

  /** What is here stays in sight, but is that of an older text. @param {number} current */
  #corrected(current) {
    if (this.#isCorrected) return;
    this.#isCorrected = true;
    this.onCorrected(current);
  }

  /** @param {{version: number, results: EditResult[], current?: number}} answer @param {WireEdit[]} sent */
  #onAnswer({ version, results, current }, sent) {
    const refused = results.filter((result) => result.status === "rejected");
    if (current) {
      this.#takeBack(refused, sent);
      for (const result of results) this.#made.delete(result.id);
      return this.#corrected(current);
    }
    const applied = results.filter((result) => result.status === "applied").length;
    // Something else happened on the server than what this tab did: somebody edits the same layer, or it is the
    // second answer to the same edits.
    if (version !== this.version + applied || refused.length) this.#isUnsure = true;
    this.#tellWhatIsOtherwise(results);
    this.version = Math.max(this.version, version);
    this.#takeBack(refused, sent);
    for (const result of results) this.#made.delete(result.id);
    this.#tabs?.postMessage({ version, refused: refused.length > 0 });
    if (this.#isUnsure && !this.unsent) this.#doubt(0);
  }

  /** What was sent in the words of an older label schema has been put into those of today. @param {EditResult[]} results */
  #tellWhatIsOtherwise(results) {
    const reasons = results.filter((one) => one.status === "applied" && one.reason).map((one) => one.reason);
    if (!reasons.length) return;
    this.#isUnsure = true;
    const what = [...new Set(reasons)].join(" ");
    this.parts.tell(gettext("The label schema has changed. %(what)s", { what }));
  }

  /** What falls with its decision goes without saying. @param {EditResult[]} refused @param {WireEdit[]} sent */
  #takeBack(refused, sent) {
    const ids = new Set(refused.map(({ id }) => id));
    for (const { id, reason } of refused) {
      const change = this.#made.get(id);
      if (change) this.parts.store.dispatch({ origin: "rollback", changes: this.#inverse(change) });
      const edit = sent.find((one) => one.id === id);
      if (!edit?.part_of || !ids.has(edit.part_of)) this.#tellRefused(edit?.op ?? "change", reason);
    }
  }

  /** @param {string} op @param {string} [reason] */
  #tellRefused(op, reason) {
    const why = reason || gettext("it does not fit the layer any more.");
    const what = op.replaceAll("_", " ");
    const sentence = gettext("The server did not take a change (%(what)s): %(reason)s", {
      what,
      reason: why,
    });
    this.parts.tell(op === "decide" && reason ? reason : sentence);
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
      if (Array.isArray(data?.edits)) {
        this.#heard++;
        this.#applyEdits(data.edits, false);
      }
      if (typeof data?.version === "number") this.version = Math.max(this.version, data.version);
      this.#doubt();
    };
  }
}
