/** @typedef {import("../types.js").Bootstrap} Bootstrap */

/** What was fetched longer ago than this is fetched again: suggestions may have come meanwhile. */
const FRESH_MS = 5 * 60_000;

/** The article after this one, claimed and fetched before it is asked for. */
export class Ahead {
  /** @type {Promise<Bootstrap | null> | null} */
  #coming = null;
  #since = 0;

  /**
   * @param {object} parts
   * @param {Bootstrap} parts.boot
   * @param {import("./api.js").Api} parts.api
   * @param {() => number} [parts.now]
   */
  constructor({ boot, api, now = Date.now }) {
    this.boot = boot;
    this.api = api;
    this.now = now;
  }

  /** Begins to fetch, once. A failure is nothing to tell: it shows when the article is asked for. */
  prepare() {
    if (this.#coming) return;
    this.#since = this.now();
    this.#coming = this.#fetch();
    this.#coming.catch(() => this.#forget());
  }

  /** The next article, or null when nothing is left. Throws what the server or the network says. */
  async take() {
    if (this.now() - this.#since > FRESH_MS) this.#forget();
    const ahead = await this.#coming?.catch(() => null);
    this.#forget();
    // Nothing was left a while ago; perhaps there is something now.
    return ahead ?? this.#fetch();
  }

  #forget() {
    this.#coming = null;
  }

  /** @returns {Promise<Bootstrap | null>} */
  async #fetch() {
    const { urls, article } = this.boot;
    // An exercise stands alone: nothing follows it.
    if (!urls.next) return null;
    const next = await this.api.post(urls.next, { after: article.id });
    return next ? this.api.get(dataUrl(this.boot, next.id)) : null;
  }
}

/** Where the data of an article for the editor is. @param {Bootstrap} boot @param {number} id */
export function dataUrl({ urls }, id) {
  return urls.data.replace("{id}", String(id));
}
