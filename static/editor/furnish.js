import { AcceptAll } from "./panels/acceptall.js";
import { Alike } from "./panels/alike.js";
import { Appearance } from "./panels/appearance.js";
import { arriveAtPlace } from "./panels/arrive.js";
import { ArticleLabels } from "./panels/articlelabels.js";
import { Banner } from "./panels/banner.js";
import { keepTime } from "./panels/clock.js";
import { CommentMarks } from "./panels/commentmarks.js";
import { Comments } from "./panels/comments.js";
import { Details } from "./panels/details.js";
import { Disagreement } from "./panels/disagreement.js";
import { DisagreementList } from "./panels/disagreementlist.js";
import { chooseEdges } from "./panels/edges.js";
import { Finish } from "./panels/finish.js";
import { showFirstKeys } from "./panels/firstkeys.js";
import { Growing } from "./panels/growing.js";
import { Guidelines } from "./panels/guidelines.js";
import { Help } from "./panels/help.js";
import { History } from "./panels/history.js";
import { showKeyTitles } from "./panels/keytitles.js";
import { LabelBar } from "./panels/labelbar.js";
import { LabelCard } from "./panels/labelcard.js";
import { tellLastDone } from "./panels/lastdone.js";
import { Linking } from "./panels/linking.js";
import { lookAhead } from "./panels/lookahead.js";
import { Picker } from "./panels/picker.js";
import { PlacesToLookAt } from "./panels/places.js";
import { preparePrinting } from "./panels/printing.js";
import { Propagate } from "./panels/propagate.js";
import { RelationList } from "./panels/relationlist.js";
import { Review } from "./panels/review.js";
import { SetAside } from "./panels/setaside.js";
import { Side } from "./panels/side.js";
import { SignIn } from "./panels/signin.js";
import { SpanList } from "./panels/spanlist.js";
import { offerUndo } from "./panels/steps.js";
import { TopBar } from "./panels/topbar.js";

/** @typedef {import("./types.js").Editor} Editor */

/**
 * What stands around the text, most wanted first. Each is put up in a task of its own after the text is on the
 * page, so each must do without those below it.
 * @type {ReadonlyArray<(editor: Editor) => void>}
 */
export const PANELS = [
  (editor) => new TopBar(editor),
  (editor) => new Finish(editor),
  (editor) => new LabelBar(editor),
  (editor) => new Side(editor),
  (editor) => new Banner(editor),
  offerUndo,
  tellLastDone,
  showFirstKeys,
  (editor) => new PlacesToLookAt(editor),
  (editor) => new SpanList(editor),
  (editor) => new Details(editor),
  (editor) => new Disagreement(editor),
  (editor) => new DisagreementList(editor),
  arriveAtPlace,
  (editor) => new Picker(editor),
  (editor) => new Linking(editor),
  (editor) => new RelationList(editor),
  (editor) => new AcceptAll(editor),
  (editor) => new Propagate(editor),
  (editor) => new Alike(editor),
  (editor) => new Growing(editor),
  (editor) => new Review(editor),
  (editor) => new Guidelines(editor),
  (editor) => new ArticleLabels(editor),
  (editor) => new Comments(editor),
  (editor) => new CommentMarks(editor),
  (editor) => new History(editor),
  (editor) => new LabelCard(editor),
  (editor) => new Appearance(editor),
  chooseEdges,
  preparePrinting,
  (editor) => new Help(editor),
  (editor) => new SetAside(editor),
  (editor) => new SignIn(editor),
  keepTime,
  lookAhead,
  showKeyTitles,
];
