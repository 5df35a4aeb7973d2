/** @typedef {import("../types.js").Draft} Draft */
/** @typedef {import("../types.js").Thread} Thread */
/** @typedef {import("../types.js").WireThread} WireThread */

/** What people say to each other about the open article. The server's word is all there is: nothing is guessed. */
export class Talk {
  /** Told of every change. @type {Array<() => void>} */
  listeners = [];
  /** Oldest first. @type {Thread[]} */
  threads = [];
  /** How often something was said or settled here. */
  #said = 0;

  /**
   * @param {object} parts
   * @param {import("../types.js").Bootstrap} parts.boot
   * @param {Pick<import("./api.js").Api, "get" | "post" | "patch">} parts.api
   * @param {import("../model/offsets.js").OffsetMap} parts.offsets
   */
  constructor({ boot, api, offsets }) {
    this.url = boot.urls.threads;
    this.api = api;
    this.offsets = offsets;
    this.canSpeak = boot.mode !== "read";
    this.threads = boot.threads.map((one) => this.#read(one));
  }

  get unresolved() {
    return this.threads.filter((one) => !one.resolved);
  }

  /** Unresolved threads about a span, or about exactly its words. @param {{id: string, start: number, end: number}} mark */
  about({ id, start, end }) {
    return this.unresolved.filter((one) => one.span === id || (one.start === start && one.end === end));
  }

  /** What others have said meanwhile. */
  async refresh() {
    const before = JSON.stringify(this.threads);
    const said = this.#said;
    const threads = /** @type {WireThread[]} */ (await this.api.get(this.url));
    // An answer from before one's own last word would take that away again.
    if (said !== this.#said) return;
    this.threads = threads.map((one) => this.#read(one));
    if (JSON.stringify(this.threads) !== before) this.#tell();
  }

  /** @param {Draft} draft */
  async begin({ id, thread, text, place }) {
    const where = place && {
      start: this.offsets.toCodePoints(place.start),
      end: this.offsets.toCodePoints(place.end),
      span: place.span,
    };
    await this.#heard(await this.api.post(this.url, { id: thread, comment: id, text, ...where }), id, text);
  }

  /** @param {Draft} draft */
  async reply({ id, thread, text }) {
    await this.#heard(await this.api.post(`${this.url}${thread}/comments/`, { id, text }), id, text);
  }

  /** @param {string} thread @param {string} comment @param {string} text */
  async change(thread, comment, text) {
    this.#take(await this.api.patch(`${this.url}${thread}/comments/${comment}/`, { text }));
  }

  /** @param {string} thread @param {boolean} resolved */
  async resolve(thread, resolved) {
    this.#take(await this.api.patch(`${this.url}${thread}/`, { resolved }));
  }

  /** After an answer that got lost the words may have been changed: the server has the older ones then. @param {WireThread} wire @param {string} id @param {string} text */
  async #heard(wire, id, text) {
    const own = wire.comments.find((one) => one.id === id);
    if (own && own.text !== text.trim()) await this.change(wire.id, id, text);
    else this.#take(wire);
  }

  /** @param {WireThread} wire */
  #take(wire) {
    this.#said++;
    const thread = this.#read(wire);
    const at = this.threads.findIndex((one) => one.id === thread.id);
    this.threads = at < 0 ? [...this.threads, thread] : this.threads.with(at, thread);
    this.#tell();
  }

  /** @param {WireThread} wire @returns {Thread} */
  #read(wire) {
    const at = (/** @type {number | null} */ n) => (n === null ? null : this.offsets.toUtf16(n));
    return { ...wire, start: at(wire.start), end: at(wire.end) };
  }

  #tell() {
    for (const listener of this.listeners) listener();
  }
}
