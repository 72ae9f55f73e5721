/**
 * The words that every layer shares. All of it is plain, readonly data: only strings, numbers and
 * typed arrays, so that any value here can cross a process or webview border as it is.
 */

/** Half-open range `[start, end)` of UTF-16 code units, counted from 0. Of the original document unless said otherwise. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How the text of a document is marked up; decides which parser finds its prose. */
export type DocumentFormat =
  'plain' | 'markdown' | 'latex' | 'bibtex' | 'medline' | 'ris' | 'jats' | 'notebook';

/**
 * A stretch of prose that comes from one place of the document.
 *
 * When both lengths are equal, prose character `start + i` is document character `documentStart + i`.
 * When they differ, the run is atomic: the prose (`α`, `2`, a single space) stands for the whole document
 * stretch (`$\alpha$`, `_2`, `\n    `), and a span that touches it covers all of it.
 */
export interface ProseRun {
  /** Offset in {@link Segment.text}. */
  readonly start: number;
  readonly length: number;
  /** Offset from {@link Segment.base}. */
  readonly documentStart: number;
  readonly documentLength: number;
}

/**
 * One block of prose (a paragraph, a title, a table cell, a BibTeX field): what a reader sees, without markup.
 * No sentence and no entity crosses the border of a segment.
 */
export interface Segment {
  /** What the reader sees. */
  readonly text: string;
  /** Where the runs count from, in the document. An edit before a segment changes this alone. */
  readonly base: number;
  /** In order of `start`, without gaps: together they cover `text`. Document positions rise; markup between runs is skipped. */
  readonly runs: readonly ProseRun[];
}

/** The product knows those of entityTypes.ts; a model may have fewer, and one that the user brings others. */
export type EntityType = string;

/** A mention found by a model. */
export interface Entity extends Span {
  /** The document's own characters, `document.slice(start, end)`: markup inside the mention included. */
  readonly text: string;
  /** What a reader sees (`TNF-α` for `TNF-$\alpha$`), white space folded to single blanks. */
  readonly name: string;
  readonly type: EntityType;
  /** Calibrated probability in [0, 1] that both borders and the type are right. */
  readonly probability: number;
  /**
   * True where the model did not mark this place, and the name is marked elsewhere in the document; absent otherwise. The
   * probability is then that of the name in the whole document.
   */
  readonly isInferred?: true | undefined;
}

/** A short form, its long form, and where the document introduces it (Schwartz and Hearst 2003). */
export interface Abbreviation {
  readonly short: Span;
  readonly long: Span;
  readonly shortText: string;
  readonly longText: string;
}

/** Padded model input: three row-major `[size, length]` arrays. */
export interface Batch {
  readonly size: number;
  readonly length: number;
  readonly inputIds: BigInt64Array;
  readonly attentionMask: BigInt64Array;
  readonly tokenTypeIds: BigInt64Array;
}

/** Row-major `[size, length, labels]` scores. */
export interface Logits {
  readonly data: Float32Array;
  readonly dims: readonly [size: number, length: number, labels: number];
}

/** The one thing that the pure pipeline asks of a runtime. */
export interface Model {
  run(batch: Batch): Promise<Logits>;
}

/** How the entity probability of one type is calibrated: `sigmoid(scale · logit(raw) + offset)` (Platt 1999). */
export interface Calibration {
  readonly scale: number;
  readonly offset: number;
}

/** A figure of the model card: strict entity-level scores in percent on a named set. */
export interface Measured {
  readonly type: EntityType;
  readonly set: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** What the pipeline must know of a token classifier; read from `config.json` and `biobert.json`. */
export interface TaggerConfig {
  /** Label of each logit, by index: `O`, `B-Gene`, `I-Gene` … */
  readonly labels: readonly string[];
  /**
   * `per-type`: each type has its own softmax over {O, B-t, I-t} with the O logit shared, so that types may overlap before resolution.
   * `joint`: one softmax over all labels, as ordinary Hugging Face checkpoints.
   */
  readonly decoding: 'per-type' | 'joint';
  /**
   * `shape`: token type ids carry the letter case of each word, for uncased vocabularies. `segments`: 0 for the first
   * text of a row and 1 for the second, as Devlin et al. 2019 have it. `none`: zeros.
   */
  readonly tokenTypes: 'shape' | 'segments' | 'none';
  /** `sentence`: one sentence a row. `window`: neighbouring sentences of a segment share a row up to `maxTokens`. */
  readonly packing: 'sentence' | 'window';
  /** Longest row, special tokens included. */
  readonly maxTokens: number;
  /** By type; a type without an entry keeps its raw probability. */
  readonly calibration: Readonly<Record<EntityType, Calibration>>;
  /**
   * Types that the model gives and nobody is shown: heads that follow another guideline, with which its corpus is
   * measured. They take no part in resolving overlaps.
   */
  readonly hiddenTypes?: readonly EntityType[] | undefined;
}

/** A cue word in the document that turns or weakens a statement: "not", "failed to", "may", "whether". */
export interface Cue extends Span {
  readonly text: string;
}

/** Names of relations that ship; a model that the user brings may name others. */
export type RelationType = string;

/** What a stretch of {@link Relation.evidenceText} is. */
export interface EvidenceMark extends Span {
  readonly role: 'subject' | 'object' | 'cue';
}

/** A relation between two mentions that a model found in the text. */
export interface Relation {
  readonly type: RelationType;
  /** The agent where the relation has a direction: the chemical of `inhibitor`, the chemical of `induces`. */
  readonly subject: Entity;
  readonly object: Entity;
  /**
   * What subject and object name: equal for the names of one thing in a document, an abbreviation and its long form
   * among them. Absent where it is not known.
   */
  readonly concepts?: readonly [subject: string, object: string] | undefined;
  /** Calibrated probability in [0, 1] that the text states the relation (or denies it: see {@link negated}). */
  readonly probability: number;
  /** The sentence, or the stretch from the first to the last sentence, that holds both mentions; document offsets. */
  readonly evidence: Span;
  /** What a reader sees of the evidence. */
  readonly evidenceText: string;
  /** Both mentions and the cues in {@link evidenceText}, in any order; absent where their places are not known. */
  readonly evidenceMarks?: readonly EvidenceMark[] | undefined;
  /** The cue that denies the relation; absent where it is stated. */
  readonly negated?: Cue | undefined;
  /** The cue that marks it as a supposition; absent where it is stated as a fact. */
  readonly speculated?: Cue | undefined;
}

/** A stretch of prose to read or to retrieve: neighbouring sentences of one segment, of bounded length. */
export interface TextPassage extends Span {
  /** What a reader sees; {@link runs} lead from its offsets to the document. `start` and `end` are document offsets. */
  readonly text: string;
  /** As {@link Segment.runs}: offsets in `text`, document places counted from {@link base}. */
  readonly base: number;
  readonly runs: readonly ProseRun[];
  /** Spans of `text`. */
  readonly sentences: readonly Span[];
}

/** `factoid`: a name or number. `list`: several. `yesno`: a verdict. */
export type QuestionKind = 'factoid' | 'list' | 'yesno';

/** An answer in one passage; offsets are of the passage's text. */
export interface PassageAnswer extends Span {
  /** Index of the passage in the request. */
  readonly passage: number;
  readonly text: string;
  /** Calibrated probability in [0, 1] that it answers the question. */
  readonly probability: number;
  /** The sentence of the passage that holds it. */
  readonly sentence: Span;
  /** The same answer elsewhere, most probable first; folded into this one. */
  readonly alsoIn: readonly { readonly passage: number; readonly start: number; readonly end: number }[];
}

/** Yes, no, maybe: probabilities that add up to 1, and the sentences that decided, most telling first. */
export interface Verdict {
  readonly yes: number;
  readonly no: number;
  readonly maybe: number;
  readonly reasons: readonly {
    readonly passage: number;
    readonly sentence: Span;
    readonly verdict: 'yes' | 'no' | 'maybe';
    readonly weight: number;
  }[];
}
