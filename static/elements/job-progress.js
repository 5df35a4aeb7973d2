// Keeps a job's progress up to date: asks the API every two seconds until the job has ended.
const EVERY = 2000;
const ENDED = ["succeeded", "failed", "cancelled"];
const WORDS = {
  queued: "Queued",
  running: "Running",
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
};

class JobProgress extends HTMLElement {
  #timer = 0;

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
      const response = await fetch(this.dataset.src, { headers: { Accept: "application/json" } });
      if (response.status === 404 || response.status === 401) return;
      if (response.ok && this.#show(await response.json())) return;
    } catch {
      // No network just now: ask again later.
    }
    if (this.isConnected) this.#later();
  }

  /** @returns whether the job has ended */
  #show(job) {
    const bar = this.querySelector("progress");
    bar.max = job.total || 1;
    bar.value = job.done;
    const count = job.total ? `, ${job.done} of ${job.total}` : "";
    this.querySelector("[data-part=words]").textContent = `${WORDS[job.state] ?? job.state}${count}`;
    const ended = ENDED.includes(job.state);
    if (ended && "reload" in this.dataset) location.reload();
    return ended;
  }
}

customElements.define("job-progress", JobProgress);
