// The label schema's page: everything is edited in one plain object, which the form sends as JSON.

import { gettext } from "../editor/model/words.js";
import { button, el } from "./schema-dom.js";
import { LabelList } from "./schema-labels.js";
import { normalised } from "./schema-model.js";
import { articleLabelList, attributeList, overlapSwitches, relationList } from "./schema-more.js";

/** @typedef {import("./schema-model.js").Definition} Definition */
/**
 * @typedef {object} Editing what the parts of the page share
 * @property {Definition} definition
 * @property {number} paletteSize
 * @property {(what: {names?: boolean}) => void} changed
 * @property {(name: string) => boolean} isPublished
 * @property {() => string[]} names
 */
/** @typedef {{title: string, description: string, definition: unknown}} Template */

class SchemaForm {
  /**
   * @param {HTMLElement} root
   * @param {HTMLInputElement} field what the form sends
   * @param {{definition: unknown, published: unknown, palette_size: number, kept: boolean, templates: Template[]}} data
   */
  constructor(root, field, data) {
    const published = new Set(normalised(data.published).labels.map((label) => label.name));
    this.root = root;
    this.field = field;
    this.isDirty = false;
    /** @type {Editing} */
    this.editing = {
      definition: normalised(data.definition),
      paletteSize: data.palette_size,
      changed: (what) => this.#changed(what),
      isPublished: (name) => published.has(name),
      names: () => this.#usable().map((label) => label.name),
    };
    this.labels = new LabelList(this.editing);
    this.relations = relationList(this.editing);
    this.attributes = attributeList(this.editing);
    this.articleLabels = articleLabelList(this.editing);
    this.overlap = overlapSwitches(this.editing);
    this.preview = el("div", { class: "schema-previews" });
    const properties = {
      class: "tall",
      id: "schema-json",
      spellcheck: "false",
      "aria-label": gettext("The schema as JSON"),
    };
    this.json = el("textarea", properties);
    this.jsonProblem = el("p", { class: "notice bad", role: "alert", hidden: true });
    this.#lay(data.templates);
    this.#render();
    if (!data.kept) this.#changed({});
  }

  /** @param {Template[]} templates */
  #lay(templates) {
    this.root.replaceChildren(
      section(gettext("Labels"), "", this.labels.element),
      section(gettext("How they look"), gettext("In the light and the dark editor."), this.preview),
      section(gettext("Spans may be"), "", this.overlap.element),
      section(gettext("Relations"), gettext("Directed links between two spans."), this.relations.element),
      section(gettext("Attributes"), gettext("What else is said about a span."), this.attributes.element),
      section(
        gettext("Article labels"),
        gettext("Said about the article as a whole."),
        this.articleLabels.element,
      ),
      this.#templateChoice(templates),
      this.#jsonPanel(),
    );
    this.field.form?.addEventListener("submit", () => {
      this.isDirty = false;
    });
    addEventListener("beforeunload", (event) => {
      if (this.isDirty) event.preventDefault();
    });
  }

  #render() {
    this.labels.render();
    this.overlap.render();
    this.articleLabels.render();
    this.#renderNamed();
    this.#show();
  }

  /** The parts that offer labels to choose from. */
  #renderNamed() {
    this.relations.render();
    this.attributes.render();
  }

  /** @param {{names?: boolean}} what */
  #changed(what) {
    this.isDirty = true;
    document.getElementById("schema-dirty")?.removeAttribute("hidden");
    if (what.names) this.#renderNamed();
    this.#show();
  }

  #show() {
    const text = JSON.stringify(this.editing.definition, null, 2);
    this.field.value = text;
    if (document.activeElement !== this.json) this.json.value = text;
    this.preview.replaceChildren(this.#sample("light"), this.#sample("dark"));
  }

  /** @param {"light" | "dark"} scheme */
  #sample(scheme) {
    const marks = this.#usable().flatMap((label) => {
      const words = label.name.toLowerCase().replaceAll("_", " ");
      return [el("mark", { "data-hue": label.colour }, words, el("small", {}, label.name)), " "];
    });
    return el("p", { class: `sample ${scheme}` }, ...marks);
  }

  #usable() {
    return this.editing.definition.labels.filter((label) => !label.retired && label.name);
  }

  /** @param {Template[]} templates */
  #templateChoice(templates) {
    const options = templates.map((one, n) => el("option", { value: n }, one.title));
    const choice = el("select", { "aria-label": gettext("Template") }, ...options);
    const about = el("p", { class: "soft small" }, templates[0]?.description ?? "");
    choice.addEventListener("change", () => {
      about.textContent = templates[Number(choice.value)]?.description ?? "";
    });
    const use = button(gettext("Use this template"), () =>
      this.#replace(templates[Number(choice.value)]?.definition),
    );
    const words = gettext(
      "It takes the place of everything above. Published labels that it lacks will be retired.",
    );
    const line = el("div", { class: "inline-form" }, choice, use);
    return extra(gettext("Start from a template"), el("p", {}, words), line, about);
  }

  #jsonPanel() {
    const use = button(gettext("Use this JSON"), () => this.#useJson());
    const copy = document.createElement("copy-button");
    copy.dataset.for = "schema-json";
    return extra(
      gettext("As JSON: copy or paste"),
      this.json,
      this.jsonProblem,
      el("p", { class: "actions" }, use, copy),
    );
  }

  #useJson() {
    try {
      this.#replace(JSON.parse(this.json.value));
      this.jsonProblem.hidden = true;
    } catch (error) {
      this.jsonProblem.textContent = gettext("This is not JSON: %(error)s", {
        error: String(error instanceof Error ? error.message : error),
      });
      this.jsonProblem.hidden = false;
    }
  }

  /** @param {unknown} data */
  #replace(data) {
    this.editing.definition = normalised(structuredClone(data));
    this.#render();
    this.#changed({});
    this.root.scrollIntoView({ block: "start" });
  }
}

class SchemaEditor extends HTMLElement {
  connectedCallback() {
    const data = document.getElementById("schema-data")?.textContent;
    const field = document.querySelector("#schema-form input[name=definition]");
    if (data && field instanceof HTMLInputElement) new SchemaForm(this, field, JSON.parse(data));
  }
}

/**
 * @param {string} title
 * @param {string} words
 * @param {Node} content
 */
function section(title, words, content) {
  return el("section", {}, el("h2", {}, title), words ? el("p", { class: "soft" }, words) : "", content);
}

/**
 * @param {string} title
 * @param {...Node} content
 */
function extra(title, ...content) {
  return el("details", { class: "schema-extra" }, el("summary", {}, title), ...content);
}

customElements.define("schema-editor", SchemaEditor);
