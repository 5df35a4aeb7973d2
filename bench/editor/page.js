/* Runs in the page before its own scripts, and only watches: what is on the page when. */
(() => {
  const seen = { text: 0, last: 0, longest: 0, tasks: [], frames: [] };
  const isText = (node) => node instanceof Element && (node.id === "text" || node.closest("#text"));
  const after = (work) => requestAnimationFrame(() => setTimeout(() => work(performance.now())));

  function watch() {
    new MutationObserver((records) => {
      if (!records.some((record) => isText(record.target) || [...record.addedNodes].some(isText))) return;
      seen.last = performance.now();
      if (!seen.text && document.querySelector("#text .mark"))
        after((now) => {
          seen.text ||= now;
        });
    }).observe(document, { childList: true, subtree: true });
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.tasks.push([Math.round(entry.startTime), Math.round(entry.duration)]);
  }).observe({ type: "longtask", buffered: true });

  /** Milliseconds from the key press to the frame in which `done` holds. */
  seen.keyToPaint = (done) =>
    new Promise((resolve) => {
      addEventListener(
        "keydown",
        (event) => {
          const began = event.timeStamp;
          const look = () => {
            if (done()) after((now) => resolve(now - began));
            else requestAnimationFrame(look);
          };
          look();
        },
        { once: true, capture: true },
      );
    });

  /** The next key press: milliseconds of script and layout, and until its frame is painted. */
  seen.press = () =>
    new Promise((resolve) => {
      const laidOut = () => {
        document.getElementById("text").getBoundingClientRect();
        return performance.now();
      };
      let work = 0;
      let began = 0;
      let frame = 0;
      const first = () => {
        began = performance.now();
        // Before all others in the frame, since nobody has asked yet.
        requestAnimationFrame(() => {
          frame = performance.now();
        });
        addEventListener("keydown", last, { once: true });
      };
      const last = (event) => {
        work += laidOut() - began;
        requestAnimationFrame(() => {
          work += laidOut() - frame;
          setTimeout(() => resolve({ work, paint: performance.now() - event.timeStamp }));
        });
      };
      addEventListener("keydown", first, { once: true, capture: true });
    });

  /** The times between frames while the page scrolls by `screens` screens. */
  seen.scroll = (screens) =>
    new Promise((resolve) => {
      const desk = document.getElementById("desk");
      const step = desk.clientHeight / 12;
      const times = [];
      let left = screens * 12;
      let last = performance.now();
      const frame = (now) => {
        times.push(now - last);
        last = now;
        desk.scrollTop += step;
        if (left-- > 0) requestAnimationFrame(frame);
        else resolve(times.slice(1));
      };
      requestAnimationFrame(frame);
    });
  window.seen = seen;
  watch();
})();
