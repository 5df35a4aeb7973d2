/**
 * On paper the whole article, in the width of the paper: what is not drawn yet is drawn first.
 * @param {import("../types.js").Editor} editor
 */
export function preparePrinting({ surface, store, signal }) {
  const lay = (/** @type {boolean} */ isPrinting) => {
    document.body.classList.toggle("is-printing", isPrinting);
    surface.relayout();
    surface.ensure({ start: 0, end: store.layer.text.length });
  };
  addEventListener("beforeprint", () => lay(true), { signal });
  addEventListener("afterprint", () => lay(false), { signal });
}
