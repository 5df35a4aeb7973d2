import { Commands } from "./input/commands.js";
import { copyExactly } from "./input/copy.js";
import { Keyboard } from "./input/keyboard.js";
import { Pointer } from "./input/pointer.js";
import { Touch } from "./input/touch.js";
import { OffsetMap } from "./model/offsets.js";
import { SchemaView } from "./model/schema.js";
import { TextUnits } from "./model/units.js";
import { AcceptAll } from "./panels/acceptall.js";
import { Appearance } from "./panels/appearance.js";
import { Banner } from "./panels/banner.js";
import { describeCursor, describeMark } from "./panels/describe.js";
import { Details } from "./panels/details.js";
import { part } from "./panels/dom.js";
import { showGuidelines } from "./panels/guidelines.js";
import { Help } from "./panels/help.js";
import { LabelBar } from "./panels/labelbar.js";
import { Picker } from "./panels/picker.js";
import { Review } from "./panels/review.js";
import { Side } from "./panels/side.js";
import { SpanList } from "./panels/spanlist.js";
import { Status } from "./panels/status.js";
import { TopBar } from "./panels/topbar.js";
import { Voice } from "./panels/voice.js";
import { CursorLayer } from "./render/cursor.js";
import { Reveal } from "./render/reveal.js";
import { Surface } from "./render/surface.js";
import { Actions } from "./state/actions.js";
import { loadLayer } from "./state/load.js";
import { Store } from "./state/store.js";
import { Api, csrfToken } from "./sync/api.js";
import { Flow } from "./sync/flow.js";
import { Sync } from "./sync/sync.js";

/** @typedef {import("./types.js").Bootstrap} Bootstrap */
/** @typedef {import("./types.js").Editor} Editor */

/** @returns {Bootstrap} */
function readBootstrap() {
  return JSON.parse(part("editor-data", HTMLScriptElement).textContent ?? "");
}

/**
 * What needs no server: the text and its layer, what can be done to it, and its picture.
 * @param {Bootstrap} boot
 * @param {Voice} voice
 */
function buildCore(boot, voice) {
  const offsets = new OffsetMap(boot.article.text);
  const layer = loadLayer(boot, offsets);
  const store = new Store(layer);
  const schema = new SchemaView(boot.schema);
  const units = new TextUnits(layer.text, layer.paragraphs, boot.article.language);
  const tell = (/** @type {string} */ sentence) => voice.tell(sentence);
  const announce = (/** @type {string} */ sentence) => voice.announce(sentence);
  const actions = new Actions(store, schema, tell);
  actions.editable = boot.layer.editable === true && boot.mode !== "read";
  actions.whyNot = boot.layer.locked_reason || actions.whyNot;
  const { direction } = boot.article;
  const element = part("text", HTMLElement);
  const surface = new Surface({ element, scroller: part("desk", HTMLElement), store, schema, direction });
  const reveal = new Reveal(surface);
  return { boot, offsets, store, schema, units, actions, surface, reveal, tell, announce };
}

/** Adds the server. @param {ReturnType<typeof buildCore>} core @returns {Editor} */
function connect(core) {
  const { boot, store, offsets, tell } = core;
  const api = new Api(csrfToken);
  const status = new Status(boot.urls.login);
  const onState = status.show.bind(status);
  const sync = new Sync({ store, offsets, api, boot, onState, tell });
  const flow = new Flow({ boot, api, sync, tell, open: (url) => location.assign(url) });
  return { ...core, sync, flow };
}

/** Draws the text, and keeps it drawn. @param {ReturnType<typeof buildCore>} core */
function present({ store, surface, units, actions }) {
  const cursor = new CursorLayer({ element: part("over", HTMLElement), surface, store, units });
  cursor.editable = actions.editable;
  store.subscribe(({ dirty, before, view }) => {
    surface.refresh(dirty);
    if (before.active !== view.active) surface.showActive(before.active, view.active);
    if (before.selection !== view.selection || before.active !== view.active || dirty.size) cursor.draw();
  });
  surface.onLayout(() => cursor.draw());
  cursor.draw();
  surface.mount();
  let { clientWidth } = surface.element;
  new ResizeObserver(() => {
    if (surface.element.clientWidth === clientWidth) return;
    clientWidth = surface.element.clientWidth;
    surface.relayout();
  }).observe(surface.element);
  document.fonts.addEventListener("loadingdone", () => surface.relayout());
}

/** Reads changes and moves out to screen readers. @param {Editor} editor */
function narrate(editor) {
  editor.store.subscribe(({ note, before, view, origin }) => {
    const { active } = editor.store;
    const moved = active && before.active !== view.active && origin === "local";
    if (note && (origin === "undo" || origin === "redo" || origin === "remote")) editor.tell(note);
    else if (note && moved && active.kind === "suggestion")
      editor.announce(`${note}. Next: ${describeMark(active, editor)}`);
    else if (note) editor.announce(note);
    else if (moved) editor.announce(describeMark(active, editor));
    else if (before.selection !== view.selection) editor.announce(describeCursor(editor));
  });
}

/** A finished article that no other follows stays on the page, for reading. @param {Editor} editor */
function close({ actions, store }) {
  actions.editable = false;
  actions.whyNot = "You have finished this article.";
  part("labels", HTMLElement).hidden = true;
  part("finish", HTMLElement).hidden = true;
  store.dispatch({ view: { active: null, armed: null } });
}

/** Panels and input. @param {Editor} editor */
function furnish(editor) {
  const text = part("text", HTMLElement);
  const backToText = () => text.focus({ preventScroll: true });
  const commands = new Commands(editor);
  const picker = new Picker(editor, backToText);
  const details = new Details({
    element: part("details", HTMLElement),
    editor,
    onDone: backToText,
    pick: () => picker.open(),
  });
  const help = new Help(editor, backToText);
  const side = new Side(editor, backToText);
  const banner = new Banner(part("banner", HTMLElement), editor);
  editor.flow.onNothingLeft = () => {
    banner.nothingLeft();
    if (editor.flow.isFinished) close(editor);
  };
  new SpanList(part("span-list", HTMLElement), editor, (mark) => {
    side.closeSheet();
    commands.activate(mark);
    backToText();
  });
  new Review(editor);
  showGuidelines(editor);
  new TopBar(editor);
  new AcceptAll(editor, backToText);
  new Appearance(() => editor.surface.relayout());
  if (editor.actions.editable) new LabelBar(part("labels", HTMLElement), editor, backToText);
  else part("labels", HTMLElement).hidden = true;
  const pointer = new Pointer({
    editor,
    text,
    handles: part("over", HTMLElement),
    onActivate: () => details.openByPointer(),
  });
  new Touch({ editor, text, pointer });
  copyExactly(editor, text);
  const closeTop = () => side.closeSheet() || details.close();
  const doors = {
    picker: () => picker.open(),
    help: () => help.open(),
    details: () => details.focus(),
    panel: () => side.toggle(),
    finish: () => void editor.flow.finish(),
    closeTop,
  };
  new Keyboard({ editor, commands, doors, text });
  backToText();
}

const core = buildCore(readBootstrap(), new Voice());
present(core);
const editor = connect(core);
narrate(editor);
furnish(editor);
await editor.sync.start();
document.documentElement.dataset.ready = "true";
