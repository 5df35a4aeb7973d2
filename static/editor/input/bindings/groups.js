import { gettext } from "../../model/words.js";

// Under these headings the help shows the keys.
export const MOVE = gettext("Move");
export const SELECT = gettext("Select");
export const MARKS = gettext("Spans and suggestions");
export const LINKS = gettext("Relations");
export const WHOLE = gettext("Article");
export const REVIEW = gettext("Disagreements");
