import { gettext } from "../model/words.js";

/** An answer of the server that is not a success. `status` 0: no answer at all. */
export class ApiError extends Error {
  /** @param {number} status @param {string} detail a sentence for people */
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }

  /** Worth asking again later with the same words. */
  get isPassing() {
    return this.status === 0 || this.status >= 500 || this.status === 408 || this.status === 429;
  }

  /** Of an article: it is not this person's to work on any more. */
  get isGone() {
    return this.status === 404 || (this.status === 403 && !this.isSignedOut);
  }

  /** The same as a sentence that says what to do. */
  get whyGone() {
    return this.status === 404
      ? gettext("The article was taken out of the project, or you were. Ask a manager.")
      : this.message;
  }

  /** No session, or the token of one that has ended. Any other 403 says what this person may not do. */
  get isSignedOut() {
    return this.status === 401 || (this.status === 403 && this.message.startsWith("CSRF"));
  }
}

const PATIENCE_MS = 30_000;

export class Api {
  /**
   * @param {() => string} csrfToken read at each call: signing in again changes it
   * @param {string} username whose work this is: the server takes it from nobody else
   */
  constructor(csrfToken, username) {
    this.csrfToken = csrfToken;
    this.whose = { "X-Annotator-User": encodeURIComponent(username) };
  }

  /** @param {string} url @returns {Promise<any>} */
  get(url) {
    return this.#call(url, { method: "GET", headers: this.whose });
  }

  /** @param {string} url @param {unknown} [body] @param {RequestInit} [options] @returns {Promise<any>} null when there is nothing to say (204) */
  post(url, body = {}, options = {}) {
    return this.#write("POST", url, body, options);
  }

  /** @param {string} url @param {unknown} body @returns {Promise<any>} */
  patch(url, body) {
    return this.#write("PATCH", url, body, {});
  }

  /** @param {string} method @param {string} url @param {unknown} body @param {RequestInit} options */
  #write(method, url, body, options) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.csrfToken(), ...this.whose };
    return this.#call(url, { ...options, method, headers, body: JSON.stringify(body) });
  }

  /** @param {string} url @param {RequestInit} options */
  async #call(url, options) {
    const response = await this.#fetch(url, options);
    if (response.status === 204) return null;
    const isJson = /\bjson\b/.test(response.headers.get("Content-Type") ?? "");
    const body = isJson ? await response.json().catch(() => null) : null;
    if (response.ok && body !== null) return body;
    // A success that is no JSON is a sign-in page behind a redirect.
    if (response.ok) throw new ApiError(401, gettext("You are signed out."));
    throw new ApiError(
      response.status,
      body?.detail ?? body?.title ?? gettext("The server answered %(status)s.", { status: response.status }),
    );
  }

  /** @param {string} url @param {RequestInit} options */
  async #fetch(url, options) {
    try {
      return await fetch(url, {
        ...options,
        credentials: "same-origin",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      throw new ApiError(0, gettext("The server cannot be reached."));
    }
  }
}

/** The token of the page, or the newer one in the cookie after signing in in another tab. */
export function csrfToken() {
  const cookie = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return cookie ?? document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
}
