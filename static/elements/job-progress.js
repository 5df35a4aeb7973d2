// Keeps a job's progress up to date: asks the API every two seconds until the job has ended.
import { gettext } from "../editor/model/words.js";
import { find } from "./find.js";

const EVERY = 2000;
const WORDS = new Map([
  ["queued", gettext("Queued")],
  ["running", gettext("Running")],
  ["paused", gettext("Paused")],
  ["succeeded", gettext("Succeeded")],
  ["failed", gettext("Failed")],
  ["cancelled", gettext("Cancelled")],
]);
const UNFINISHED = new Set(["queued", "running", "paused"]);
const GONE = new Set([401, 403, 404]);

/** @typedef {{ state: string, done: number, total: number }} Job */

class JobProgress extends HTMLElement {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  connectedCallback() {
    if (!("ended" in this.dataset)) this.#later();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #later() {
    this.#timer = setTimeout(() => this.#ask(), EVERY);
  }

  async #ask() {
    try {
      const response = await fetch(this.dataset.src ?? "", { headers: { Accept: "application/json" } });
      if (GONE.has(response.status)) return;
      if (response.ok && this.#show(await response.json())) return;
    } catch {
      // No network just now: ask again later.
    }
    if (this.isConnected) this.#later();
  }

  /**
   * @param {Job} job
   * @returns {boolean} whether the job has ended
   */
  #show(job) {
    const bar = find(this, "progress", HTMLProgressElement);
    bar.max = job.total || 1;
    bar.value = job.done;
    const count = job.total ? gettext(", %(done)s of %(total)s", { done: job.done, total: job.total }) : "";
    find(this, "[data-part=words]", HTMLElement).textContent = `${WORDS.get(job.state) ?? job.state}${count}`;
    const ended = !UNFINISHED.has(job.state);
    if (ended && "reload" in this.dataset) location.reload();
    return ended;
  }
}

customElements.define("job-progress", JobProgress);
