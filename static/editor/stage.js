import { Commands } from "./input/commands.js";
import { copyExactly } from "./input/copy.js";
import { Keyboard } from "./input/keyboard.js";
import { Keys } from "./input/keys.js";
import { Pointer } from "./input/pointer.js";
import { Touch } from "./input/touch.js";
import { OffsetMap } from "./model/offsets.js";
import { SchemaView } from "./model/schema.js";
import { TextUnits } from "./model/units.js";
import { gettext } from "./model/words.js";
import { part } from "./panels/dom.js";
import { narrate } from "./panels/narrate.js";
import { Status } from "./panels/status.js";
import { Voice } from "./panels/voice.js";
import { CursorLayer } from "./render/cursor.js";
import { facesOf, onNewFace } from "./render/fonts.js";
import { Reveal } from "./render/reveal.js";
import { Surface } from "./render/surface.js";
import { nextTask } from "./render/tasks.js";
import { Actions } from "./state/actions.js";
import { Decisions } from "./state/decisions.js";
import { loadLayer } from "./state/load.js";
import { adjudicationFromWire, Questions } from "./state/questions.js";
import { RelationActions } from "./state/relationactions.js";
import { RelationIndex } from "./state/relationindex.js";
import { Store } from "./state/store.js";
import { Ahead } from "./sync/ahead.js";
import { Api, csrfToken } from "./sync/api.js";
import { Drafts } from "./sync/drafts.js";
import { Flow } from "./sync/flow.js";
import { Preferences } from "./sync/preferences.js";
import { layerKey } from "./sync/queue.js";
import { Sync } from "./sync/sync.js";
import { Talk } from "./sync/talk.js";
import { Travel } from "./sync/travel.js";
import { keptHistory } from "./sync/undokeeper.js";

/** @typedef {import("./types.js").Bootstrap} Bootstrap */
/** @typedef {import("./types.js").Editor} Editor */
/** @typedef {import("./types.js").Mark} Mark */

/**
 * Where one article at a time is worked on. The next one takes the same page: its editor gets fresh markup, and
 * whatever the last one left listening ends with its signal.
 */
export class Stage {
  #ending = new AbortController();
  /** What panels keep from one article to the next, under their own names. @type {Map<string, unknown>} */
  #kept = new Map();
  #isFresh = true;
  #articleId = 0;
  /** @type {Preferences | null} */
  #preferences = null;
  /** @type {Travel} */
  #travel;

  /**
   * @param {ReadonlyArray<(editor: Editor) => void>} panels  what stands around the text, most wanted first
   * @param {string} username  whose page this is
   */
  constructor(panels, username) {
    this.panels = panels;
    this.element = part("stage", HTMLElement);
    this.markup = /** @type {HTMLElement} */ (this.element.cloneNode(true));
    this.voice = new Voice();
    this.api = new Api(csrfToken, username);
    this.#travel = new Travel({ api: this.api, show: (boot) => this.open(boot) });
  }

  /** The article that the page came with. @param {Bootstrap} boot */
  begin(boot) {
    return this.#travel.start(boot);
  }

  /**
   * Puts an article on the page: its text first, then, each in a task of its own, what can be done with it.
   * @param {Bootstrap} boot
   * @returns {Promise<Editor | null>} once all is in place and edits left over from before are applied; null when
   *   another article took the page meanwhile
   */
  async open(boot) {
    this.#ending.abort();
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    if (this.#articleId !== boot.article.id) this.voice.hush();
    this.#articleId = boot.article.id;
    delete document.documentElement.dataset.ready;
    // Between one article and the next no empty page should be seen.
    const pause = this.#isFresh ? nextTask : async () => {};
    if (!this.#isFresh) this.#clear();
    this.#isFresh = false;
    this.#preferences ??= preferencesOf(boot, this.api);
    await pause();
    const faces = facesOf(boot.article.text);
    await pause();
    if (signal.aborted) return null;
    const core = buildCore(boot, {
      voice: this.voice,
      api: this.api,
      preferences: this.#preferences,
      signal,
    });
    await faces;
    await pause();
    if (signal.aborted) return null;
    present(core);
    await nextTask();
    const editor = this.#connect(core);
    narrate(editor);
    takeInput(editor);
    const started = editor.sync.start();
    for (const furnish of this.panels) {
      await nextTask();
      if (signal.aborted) return null;
      furnish(editor);
    }
    await started;
    if (signal.aborted) return null;
    // For tools and tests that want to know what the editor knows.
    this.element.dispatchEvent(new CustomEvent("editor-ready", { bubbles: true, detail: editor }));
    document.documentElement.dataset.ready = "true";
    return editor;
  }

  #clear() {
    const fresh = /** @type {HTMLElement} */ (this.markup.cloneNode(true));
    this.element.replaceWith(fresh);
    this.element = fresh;
  }

  /** Adds the server and what reaches beyond one module. @param {ReturnType<typeof buildCore>} core @returns {Editor} */
  #connect(core) {
    const { api, boot, store, offsets, tell, signal } = core;
    const status = new Status(() => editor.doors.signIn?.());
    const onState = status.show.bind(status);
    const sync = new Sync({ store, offsets, api, boot, onState, tell, signal });
    const ahead = new Ahead({ boot, api });
    const open = (/** @type {Bootstrap} */ next) => this.#travel.to(next);
    const again = () => this.#travel.again(boot);
    const leave = (/** @type {string} */ url) => location.assign(url);
    const flow = new Flow({ boot, api, sync, ahead, tell, open, again, leave });
    const text = part("text", HTMLElement);
    const backToText = () => text.focus({ preventScroll: true });
    /** @type {Editor} */
    const editor = {
      ...core,
      api,
      sync,
      flow,
      talk: new Talk({ boot, api, offsets }),
      drafts: new Drafts({
        storage: storageOf("localStorage"),
        owner: `${boot.user.username}:${boot.article.id}`,
      }),
      doors: {},
      modes: [],
      kept: this.#kept,
      commands: new Commands(core),
      backToText,
      goTo: (mark) => {
        editor.doors.text?.();
        editor.commands.activate(mark);
        backToText();
      },
      goToWords: ({ start, end }) => {
        editor.doors.text?.();
        core.store.dispatch({ view: { selection: { anchor: start, head: end, exact: true }, active: null } });
        core.reveal.show({ start, end });
        backToText();
      },
    };
    return editor;
  }
}

/**
 * What needs no server: the text and its layer, what can be done to it, and its picture.
 * @param {Bootstrap} boot
 * @param {{voice: Voice, api: Api, preferences: Preferences, signal: AbortSignal}} parts
 */
function buildCore(boot, { voice, api, preferences, signal }) {
  const offsets = new OffsetMap(boot.article.text);
  const layer = loadLayer(boot, offsets);
  const storage = storageOf("sessionStorage");
  const store = new Store(layer, keptHistory({ key: layerKey(boot), storage, signal }));
  const schema = new SchemaView(boot.schema);
  const units = new TextUnits(layer.text, layer.paragraphs, boot.article.language);
  const tell = voice.tell.bind(voice);
  const announce = (/** @type {string} */ sentence) => voice.announce(sentence);
  const actions = new Actions(store, schema, tell);
  actions.tidy = (stretch) => (preferences.get("trim") === false ? stretch : units.trimmed(stretch));
  actions.editable = boot.layer.editable === true && boot.mode !== "read";
  actions.whyNot = boot.layer.locked_reason || actions.whyNot;
  const relations = new RelationActions(actions, new RelationIndex(store, schema));
  const differing = boot.adjudication?.items.length ? adjudicationFromWire(boot.adjudication, offsets) : null;
  const decisions = differing && new Decisions(actions, new Questions(differing));
  const { direction } = boot.article;
  const element = part("text", HTMLElement);
  const scroller = part("desk", HTMLElement);
  const surface = new Surface({ element, scroller, store, schema, direction, signal });
  const reveal = new Reveal(surface);
  /** @type {Array<() => boolean>} */
  const closers = [];
  const said = { tell, announce };
  const keys = new Keys(schema, preferences);
  return {
    boot,
    api,
    keys,
    preferences,
    offsets,
    store,
    schema,
    units,
    actions,
    relations,
    decisions,
    surface,
    reveal,
    ...said,
    signal,
    closers,
  };
}

/** @param {Bootstrap} boot @param {Api} api */
function preferencesOf({ user, urls }, api) {
  const send = (/** @type {Record<string, unknown>} */ preferences) =>
    urls.me ? api.patch(urls.me, { preferences }) : Promise.resolve();
  return new Preferences({
    user: user.username,
    saved: user.preferences ?? {},
    storage: storageOf("localStorage"),
    send,
  });
}

/** Null where the browser forbids it. @param {"localStorage" | "sessionStorage"} name @returns {Storage | null} */
function storageOf(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}

/** Draws the text, and keeps it drawn. @param {ReturnType<typeof buildCore>} core */
function present({ boot, store, surface, units, actions, signal }) {
  const title = boot.article.title || gettext("Article");
  document.title = `${title} · ${boot.project.name}`;
  part("title", HTMLElement).textContent = title;
  surface.element.lang = boot.article.language;
  const cursor = new CursorLayer({ element: part("over", HTMLElement), surface, store, units });
  cursor.editable = actions.editable;
  store.subscribe(({ dirty, before, view }) => {
    surface.refresh(dirty);
    const [ringed, ring] = [before.active ?? before.growing, view.active ?? view.growing];
    if (ringed !== ring) surface.showActive(ringed, ring);
    if (before.selection !== view.selection || before.active !== view.active || dirty.size) cursor.draw();
  });
  surface.onLayout(() => cursor.draw());
  cursor.draw();
  surface.mount();
  keepWidth(surface, signal);
  onNewFace(() => surface.relayout(), signal);
}

/** @param {Surface} surface @param {AbortSignal} signal */
function keepWidth(surface, signal) {
  // The first call tells the width that the text was drawn for; to ask for it here would cost a layout.
  let width = 0;
  const observer = new ResizeObserver(() => {
    const { clientWidth } = surface.element;
    if (width && clientWidth !== width) surface.relayout();
    width = clientWidth;
  });
  observer.observe(surface.element);
  signal.addEventListener("abort", () => observer.disconnect());
}

/** Keys, mouse and fingers. @param {Editor} editor */
function takeInput(editor) {
  const text = part("text", HTMLElement);
  const handles = part("over", HTMLElement);
  const onActivate = () => editor.doors.clicked?.() || editor.doors.note?.();
  const pointer = new Pointer({ editor, text, handles, onActivate });
  new Touch({ editor, text, pointer });
  copyExactly(editor, text);
  new Keyboard({ editor, text });
  editor.backToText();
}
