import { dataUrl } from "./ahead.js";

/** @typedef {import("../types.js").Bootstrap} Bootstrap */

/** From article to article on one page, so that Back, Forward and Reload do what they say. */
export class Travel {
  /**
   * @param {object} parts
   * @param {import("./api.js").Api} parts.api
   * @param {(boot: Bootstrap) => Promise<unknown>} parts.show
   */
  constructor({ api, show }) {
    this.api = api;
    this.show = show;
    addEventListener("popstate", (event) => this.#back(event.state?.data));
  }

  /** The article that the page came with. @param {Bootstrap} boot */
  start(boot) {
    history.replaceState({ data: dataUrl(boot, boot.article.id) }, "");
    return this.show(boot);
  }

  /** @param {Bootstrap} boot */
  to(boot) {
    history.pushState({ data: dataUrl(boot, boot.article.id) }, "", boot.urls.editor);
    return this.show(boot);
  }

  /** The open article as the server has it now. @param {Bootstrap} boot */
  async again(boot) {
    await this.show(await this.api.get(dataUrl(boot, boot.article.id)));
  }

  /** @param {unknown} data */
  async #back(data) {
    try {
      if (typeof data !== "string") throw new Error("This is not an article.");
      await this.show(await this.api.get(data));
    } catch {
      // The page itself says best what is wrong.
      location.reload();
    }
  }
}
