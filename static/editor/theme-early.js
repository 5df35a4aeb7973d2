// A classic script in <head>, before the first paint: a chosen theme, text size and density must not flash.
(() => {
  for (const name of ["theme", "contrast", "size", "density"]) {
    let value = null;
    try {
      value = localStorage.getItem(`annotator.${name}`);
    } catch {
      // Storage may be forbidden; the system's setting then holds.
    }
    if (value) document.documentElement.dataset[name] = value;
  }
})();
