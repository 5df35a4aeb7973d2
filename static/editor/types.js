/**
 * Shapes shared by the editor's modules. Offsets of marks are UTF-16 code units everywhere in the editor;
 * on the wire (server, IndexedDB, other tabs) they are code points. `model/offsets.js` is the only bridge.
 *
 * @typedef {string | boolean} AttributeValue
 * @typedef {readonly [number, number]} Fragment
 *
 * @typedef {object} Span
 * @property {"span"} kind
 * @property {string} id
 * @property {number} start
 * @property {number} end
 * @property {string} label
 * @property {Readonly<Record<string, AttributeValue>>} attributes
 * @property {ReadonlyArray<Fragment>} fragments
 * @property {string | null} suggestion  the suggestion this span came from
 *
 * @typedef {object} Suggestion
 * @property {"suggestion"} kind
 * @property {string} id
 * @property {number} start
 * @property {number} end
 * @property {string} label
 * @property {number | null} confidence
 * @property {string} sureness  the confidence as the project shows it; empty where it does not
 * @property {ReadonlyArray<string>} sources
 * @property {ReadonlyArray<OfferedLink>} links  relations that are offered with it
 *
 * @typedef {object} OfferedLink
 * @property {string} type
 * @property {number} start  of the mention at the other end
 * @property {number} end
 * @property {string} label
 * @property {boolean} isSource  whether the relation begins here
 *
 * @typedef {Span | Suggestion} Mark
 *
 * @typedef {object} Relation
 * @property {string} id
 * @property {string} type
 * @property {string} source
 * @property {string} target
 * @property {Readonly<Record<string, unknown>>} attributes
 *
 * @typedef {object} Chain  spans that relations of one chain type say are the same thing
 * @property {string} type
 * @property {ReadonlyArray<Span>} members  in reading order
 * @property {ReadonlyArray<Relation>} relations  by id
 * @property {string} name  given by a person, else the mention that names it best
 * @property {boolean} isNamed  by a person
 * @property {number} hue
 *
 * @typedef {{kind: "span", before: Span | null, after: Span | null}} SpanChange
 * @typedef {{kind: "suggestion", verdict: "accepted" | "rejected", before: Suggestion | null, after: Suggestion | null}} SuggestionChange
 * @typedef {{kind: "relation", before: Relation | null, after: Relation | null}} RelationChange
 * @typedef {{kind: "labels", before: ReadonlyArray<string>, after: ReadonlyArray<string>}} LabelsChange
 * @typedef {{kind: "decision", before: Choice | null, after: Choice | null}} DecisionChange
 * @typedef {SpanChange | SuggestionChange | RelationChange | LabelsChange | DecisionChange} Change
 *
 * @typedef {object} Choice  how a disagreement of annotators was settled
 * @property {string} id  key of the question
 * @property {"reading" | "engine" | "nobody" | "own" | "majority"} choice
 * @property {string} reader  letter of the reader whose reading was taken
 * @property {string} reason
 *
 * @typedef {{start: number, end: number, label: string, fragments: ReadonlyArray<Fragment>}} Mention
 * @typedef {{type: string, source: number, target: number, attributes: Readonly<Record<string, unknown>>}} EntityLink  between entities, by number
 *
 * @typedef {object} Said  what a reader says to a question
 * @property {ReadonlyArray<Mention & {attributes: Readonly<Record<string, AttributeValue>>}>} spans
 * @property {ReadonlyArray<EntityLink>} links
 * @property {ReadonlyArray<ReadonlyArray<number>>} chains  of entities
 * @property {unknown} value  of an attribute; whether an article label was given
 *
 * @typedef {object} Question  something that the annotators of an article disagree on
 * @property {string} key
 * @property {"label" | "boundary" | "missing" | "attribute" | "relation" | "chain" | "article_label"} kind
 * @property {string} name  the attribute, relation type or article label that it is about
 * @property {number | null} start
 * @property {number | null} end
 * @property {ReadonlyArray<number>} entities
 * @property {ReadonlyArray<{readers: ReadonlyArray<string>, engine: boolean, said: Said}>} options
 *
 * @typedef {object} Adjudication
 * @property {ReadonlyArray<{letter: string, name: string}>} readers
 * @property {ReadonlyArray<ReadonlyArray<Mention>>} entities  what readers marked of each
 * @property {ReadonlyArray<EntityLink>} links  on which all agree
 * @property {ReadonlyArray<Question>} items
 * @property {ReadonlyArray<WireChoice>} decisions
 *
 * @typedef {{item: string, choice: Choice["choice"], reader: string, reason: string}} WireChoice
 *
 * @typedef {object} Selection  a stretch of text; `anchor` stays, `head` moves
 * @property {number} anchor
 * @property {number} head
 * @property {boolean} [exact]  chosen by characters: nothing is trimmed off its edges
 *
 * @typedef {object} View
 * @property {Selection | null} selection
 * @property {string | null} active  id of the active mark
 * @property {string | null} armed  label that the next drag gives
 * @property {string | null} lastLabel
 * @property {string} chord  the first key of a two-key label, while the second is awaited
 * @property {string | null} growing  id of the span that the next words are added to
 * @property {string | null} linking  id of the span at which a relation begins that is being made
 * @property {string | null} relation  id of the active mark's relation that was walked to
 * @property {string | null} question  key of the disagreement that is being settled
 *
 * @typedef {"local" | "undo" | "redo" | "remote" | "rollback"} Origin
 *
 * @typedef {object} Transaction
 * @property {Origin} [origin]  "local" when left out
 * @property {ReadonlyArray<Change>} [changes]
 * @property {Partial<View>} [view]
 * @property {string} [note]  what happened, in words, for the status line and screen readers
 *
 * @typedef {object} Update
 * @property {Origin} origin
 * @property {ReadonlyArray<Change>} changes  those that were really made
 * @property {ReadonlySet<number>} dirty  paragraphs to draw again
 * @property {View} before
 * @property {View} view
 * @property {string} note
 *
 * @typedef {object} Label
 * @property {string} name
 * @property {number} colour
 * @property {string} hotkey
 * @property {string} description
 * @property {boolean} retired
 *
 * @typedef {object} Attribute
 * @property {string} name
 * @property {"choice" | "text" | "boolean"} type
 * @property {string[]} options
 * @property {string[]} labels
 * @property {boolean} required
 * @property {string} description
 *
 * @typedef {object} Overlap
 * @property {boolean} equal
 * @property {boolean} nested
 * @property {boolean} crossing
 * @property {boolean} discontinuous
 *
 * @typedef {object} RelationType
 * @property {string} name
 * @property {string[]} sources  labels it may begin at; none: any
 * @property {string[]} targets
 * @property {string} description
 * @property {boolean} [chain]
 *
 * @typedef {object} Schema
 * @property {number} version
 * @property {Label[]} labels
 * @property {RelationType[]} relations
 * @property {Attribute[]} attributes
 * @property {Array<{name: string, description: string}>} article_labels
 * @property {Overlap} overlap
 *
 * @typedef {object} WireSpan  code points
 * @property {string} id
 * @property {number} start
 * @property {number} end
 * @property {string} label
 * @property {Record<string, AttributeValue>} [attributes]
 * @property {Array<[number, number]>} [fragments]
 * @property {string | null} [suggestion]
 *
 * @typedef {Omit<Relation, "attributes"> & {attributes?: Record<string, unknown>}} WireRelation
 *
 * @typedef {object} WireSuggestion
 * @property {string} id
 * @property {number} start
 * @property {number} end
 * @property {string} label
 * @property {number | null} confidence
 * @property {string[]} sources
 * @property {Array<{type: string, start: number, end: number, label: string, is_source: boolean}>} [links]
 *
 * @typedef {object} WireLayer
 * @property {string} author
 * @property {number} version
 * @property {string} state
 * @property {boolean} [editable]
 * @property {string} [locked_reason]
 * @property {WireSpan[]} spans
 * @property {WireRelation[]} relations
 * @property {string[]} labels
 * @property {Array<{start: number, end: number, label: string}>} [rejected]
 * @property {WireChoice[]} [decisions]  of the gold layer
 * @property {number} [schema_version]
 * @property {number} [current]  of an earlier text: the article that holds the text as it is now
 *
 * @typedef {object} WireEdit
 * @property {string} id
 * @property {string} op
 * @property {Partial<WireSpan> & {id: string}} [span]
 * @property {Partial<WireRelation> & {id: string}} [relation]
 * @property {ReadonlyArray<string>} [labels]
 * @property {{id: string, start: number, end: number, label: string}} [suggestion]
 * @property {{item: string, choice: Choice["choice"] | "open", reader?: string, reason?: string, instead_of?: Pick<Choice, "choice" | "reader"> | null}} [decision]
 * @property {string} [part_of]  the edit with the decision that this one carries out
 *
 * @typedef {object} PastEdit  an edit in a layer's history
 * @property {string} id
 * @property {number} version
 * @property {string} op
 * @property {{decision?: {choice: string}, span?: Partial<WireSpan> & {id: string}, suggestion?: {start: number, end: number, label: string}, relation?: {type?: string}, labels?: string[], spans?: WireSpan[]}} data
 * @property {{username: string, name: string} | null} by
 * @property {string} at
 *
 * @typedef {{id: string, status: "applied" | "duplicate" | "rejected", reason?: string}} EditResult
 *
 * @typedef {object} Comment
 * @property {string} id
 * @property {{username: string, name: string}} by
 * @property {string} text
 * @property {string} at
 * @property {string | null} edited_at
 * @property {string[]} mentions  usernames
 *
 * @typedef {object} WireThread  code points
 * @property {string} id
 * @property {number | null} start  null: about the article
 * @property {number | null} end
 * @property {string | null} span
 * @property {{by: {username: string, name: string}, at: string} | null} resolved
 * @property {Comment[]} comments
 *
 * @typedef {WireThread} Thread  the same in UTF-16 code units
 *
 * @typedef {object} Draft  a comment that the server does not have yet
 * @property {string} id  of the comment
 * @property {string} thread
 * @property {string} text
 * @property {{start: number, end: number, span: string | null} | null} place  of a new thread; null: the article
 *
 * @typedef {object} Person
 * @property {string} author
 * @property {string} state
 * @property {number} spans
 * @property {number} same_as_gold
 *
 * @typedef {object} Planted  code points
 * @property {string} by
 * @property {number} start
 * @property {number} end
 * @property {string} label
 *
 * @typedef {object} WirePlace  somewhere to look at after the text was corrected, in code points
 * @property {number} id
 * @property {"changed" | "shortened" | "moved" | "lost" | "new"} kind
 * @property {string | null} span
 * @property {string} label
 * @property {number} start
 * @property {number} end
 * @property {string} was
 * @property {Array<{value: string, title: string}>} answers  the first says that nothing is to be done
 *
 * @typedef {object} Bootstrap
 * @property {"annotate" | "review" | "read"} mode
 * @property {{username: string, display_name: string, preferences: Record<string, unknown>}} user
 * @property {{slug: string, name: string, url: string, guidelines_html: string,
 *   confidence_shown: import("./state/confidence.js").ConfidenceShown}} project
 * @property {{id: number, title: string, text: string, language: string, direction: string, status: string, metadata: Record<string, unknown>}} article
 * @property {{others: number, url: string}} [story]  how many other articles tell it, and where they are listed
 * @property {{name: string, url: string}[]} [readings]  whose layers may be read beside one's own, and where
 * @property {string} [own]  where one's own layer is, while somebody else's is read
 * @property {WireLayer} layer
 * @property {WireSuggestion[]} suggestions
 * @property {string} [about_suggestions]  why there are none
 * @property {string} [about_plants]  that some are wrong on purpose
 * @property {Planted[]} [planted]  those wrong on purpose that were accepted: mine, or everybody's for a reviewer
 * @property {WirePlace[]} [places]
 * @property {{number: number, url: string} | null} [version]  of the text, and where all are listed
 * @property {Schema} schema
 * @property {{text: string, by: string}} note
 * @property {Person[]} people
 * @property {Adjudication | null} [adjudication]
 * @property {{position: number, total: number, done_today: number}} queue
 * @property {WireThread[]} threads
 * @property {{held: boolean, flagged: boolean, flag_note: string, skip_reason: string, seconds: number,
 *   due: {words: string, is_overdue: boolean}}} claim
 * @property {Record<string, string>} urls
 *
 * @typedef {object} Rect  CSS pixels, relative to a paragraph
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} bottom
 *
 * @typedef {object} PiecePart
 * @property {number} left
 * @property {number} right
 * @property {number} part  index of the part
 * @property {boolean} first  the part begins here
 * @property {boolean} last
 *
 * @typedef {object} Piece  the part of a mark on one visual line
 * @property {Mark} mark
 * @property {Rect} text
 * @property {number} line  index of the visual line within its paragraph
 * @property {boolean} first
 * @property {boolean} last
 * @property {ReadonlyArray<PiecePart> | null} parts  of a span with gaps: where its words are on this line
 * @property {number} lane
 * @property {number} barTop
 * @property {number} laneBottom
 *
 * @typedef {object} Editor  what panels and input work with
 * @property {Bootstrap} boot
 * @property {import("./model/offsets.js").OffsetMap} offsets
 * @property {import("./state/store.js").Store} store
 * @property {import("./model/schema.js").SchemaView} schema
 * @property {import("./model/units.js").TextUnits} units
 * @property {import("./state/actions.js").Actions} actions
 * @property {import("./state/relationactions.js").RelationActions} relations
 * @property {import("./state/decisions.js").Decisions | null} decisions  where annotators disagree
 * @property {import("./render/surface.js").Surface} surface
 * @property {import("./render/reveal.js").Reveal} reveal
 * @property {import("./sync/api.js").Api} api
 * @property {import("./sync/sync.js").Sync} sync
 * @property {import("./sync/flow.js").Flow} flow
 * @property {import("./sync/preferences.js").Preferences} preferences
 * @property {import("./sync/talk.js").Talk} talk
 * @property {import("./sync/drafts.js").Drafts} drafts
 * @property {(sentence: string, way?: Way) => void} tell  shows a sentence for a while and reads it out
 * @property {(sentence: string) => void} announce  reads a sentence out, shows nothing
 * @property {AbortSignal} signal  aborted when another article takes the page: what outlives the markup listens with it
 * @property {import("./input/commands.js").Commands} commands
 * @property {import("./input/keys.js").Keys} keys
 * @property {Doors} doors
 * @property {Array<() => boolean>} closers  what Escape closes; the last one that has something to close wins
 * @property {Array<(key: string) => boolean>} modes  what takes keys before all bindings while it goes on
 * @property {Map<string, unknown>} kept  what panels keep from one article to the next
 * @property {() => void} backToText  gives the focus back to the text
 * @property {(mark: Mark) => void} goTo  makes a mark active, in sight, with the focus in the text
 * @property {(stretch: {start: number, end: number}) => void} goToWords  the same for words without a mark
 *
 * @typedef {{text: string, go: () => void}} Way  a button beside a sentence
 *
 * @typedef {object} Doors  what keys open; each panel hangs its own door
 * @property {() => void} [picker]
 * @property {() => void} [help]
 * @property {() => void} [details]
 * @property {() => void} [note]  the active mark's note, because it was clicked
 * @property {() => boolean} [clicked]  a mark was clicked: true where that was an answer
 * @property {() => void} [text]  nothing covers the text then
 * @property {() => void} [link]
 * @property {() => void} [relations]
 * @property {() => void} [panel]
 * @property {() => void} [propagate]
 * @property {() => void} [acceptAll]
 * @property {() => void} [finish]
 * @property {() => void} [obstacle]
 * @property {() => void} [before]  back to the article that was handed in last
 * @property {() => void} [takeBack]  there where a submitted article can be taken back
 * @property {() => void} [flag]
 * @property {() => void} [skip]
 * @property {() => void} [signIn]
 * @property {() => void} [history]
 * @property {() => void} [labels]
 * @property {() => void} [guidelines]
 * @property {() => void} [define]
 * @property {() => void} [comment]
 * @property {(direction: 1 | -1) => boolean} [question]  goes to a disagreement
 * @property {(option: number) => boolean} [take]
 * @property {() => boolean} [takeActive]  the reading that the active suggestion is
 * @property {() => boolean} [nobody]
 * @property {() => boolean} [asItStands]
 * @property {(direction: 1 | -1) => boolean} [place]  goes to a place of a corrected text
 * @property {() => boolean} [placeIsRight]
 * @property {() => boolean} [why]
 * @property {() => boolean} [unsettled]  asks before an article with open disagreements is finished: true where it did
 */

export {};
