/**
 * Words of the page's language. They stand in English in the code; a page in another language has loaded a
 * catalogue (annotator/lib/words.py) before, which holds the same by their English.
 * @typedef {Record<string, string | number>} Values
 * @typedef {object} Catalogue
 * @property {string} language
 * @property {(text: string) => string} gettext
 * @property {(one: string, many: string, count: number) => string} ngettext
 */

/** @returns {Catalogue | undefined} */
const catalogue = () => /** @type {{django?: Catalogue}} */ (globalThis).django;

/**
 * A sentence in the page's language, with `%(name)s` in it replaced by the value of that name; a number is
 * written as that language writes numbers.
 * @param {string} text @param {Values} [values]
 */
export const gettext = (text, values = {}) => filled(catalogue()?.gettext(text) ?? text, values);

/**
 * The same for a sentence that depends on a count, which is there as `%(count)s`.
 * @param {string} one @param {string} many @param {number} count @param {Values} [values]
 */
export const ngettext = (one, many, count, values = {}) =>
  filled(catalogue()?.ngettext(one, many, count) ?? (count === 1 ? one : many), { count, ...values });

/** The code of the language that the page is in. */
export const pageLanguage = () => catalogue()?.language ?? "en";

/** @param {string} text @param {Values} values */
function filled(text, values) {
  return text.replace(/%\((\w+)\)s/g, (found, name) => {
    const value = values[name] ?? found;
    return typeof value === "number" ? value.toLocaleString(pageLanguage()) : value;
  });
}
