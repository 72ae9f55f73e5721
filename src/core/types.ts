/**
 * Types that every layer shares. They are plain read-only data (strings, numbers and typed arrays), so that any value
 * can be sent to another process or to the webview as it is.
 */

/**
 * A half-open range `[start, end)` of UTF-16 code units, counted from 0. It refers to the original document unless the
 * declaration that uses it says otherwise.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The markup of a document; it decides which parser extracts the prose. */
export type DocumentFormat =
  | 'plain'
  | 'markdown'
  | 'latex'
  | 'jats'
  | 'notebook'
  | 'paper'
  | 'typst'
  | 'restructuredtext'
  | 'asciidoc'
  | 'org'
  | 'bibtex'
  | 'medline'
  | 'pubmed-text'
  | 'ris'
  | 'wos'
  | 'endnote'
  | 'table'
  | 'csl-json'
  | 'cord19'
  | 'xml-records';

/**
 * A stretch of prose that comes from one place of the document.
 *
 * If both lengths are equal, prose character `start + i` is document character `documentStart + i`. If they differ,
 * the run is atomic: the prose (`α`, `2`, a single space) stands for the whole document range (`$\alpha$`, `_2`, `\n
 * `), and a span that touches the run covers all of it.
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
 * A block of prose without markup: a paragraph, a title, a table cell or a BibTeX field. Sentences and entities never
 * cross the boundary of a segment.
 */
export interface Segment {
  /** The text without markup, as a reader sees it. */
  readonly text: string;
  /**
   * Document offset that the offsets of the runs are relative to. An edit before a segment changes only this field.
   */
  readonly base: number;
  /**
   * Sorted by `start`, without gaps: together the runs cover `text`. Document positions increase; markup between two
   * runs is skipped.
   */
  readonly runs: readonly ProseRun[];
}

/**
 * The extension knows the types in entityTypes.ts. A model may predict only some of them, and a user's own model may
 * predict other types.
 */
export type EntityType = string;

/** A publication in a document, which may contain many: `[start, end)` is its record. */
export interface PublicationPlace extends Span {
  /** `Kaplan 2019, Title`. Undefined if the document does not name it. */
  readonly name?: string | undefined;
  /** PubMed identifier, citation key or another identifier that the record states. */
  readonly id?: string | undefined;
  /** Offset at which the title begins; in some exports it follows the abstract. */
  readonly titleStart?: number | undefined;
}

/**
 * How a link was found. `name`: the terminology has the name as it is written, `spelling`: in another spelling or word
 * order, `abbreviation`: through the long form that the document introduces, `context`: several concepts have the name,
 * and the document decides, `user`: a person chose the concept or brought the term.
 */
export type LinkMethod = 'name' | 'spelling' | 'abbreviation' | 'context' | 'user';

/** A concept of a terminology. */
export interface Concept {
  /**
   * The identifier with the prefix of its database: `MESH:D008687`, `NCBIGene:672`, `NCBITaxon:9606`, `OMIM:114480`,
   * `FPLX:ERK`. Terms of the user may have any identifier.
   */
  readonly id: string;
  /** The preferred name. */
  readonly name: string;
  /** Name of the database, as readers know it: `MeSH 2024`, `NCBI Gene`; `user` for a term of the user. */
  readonly source: string;
  /** The species of a gene; undefined for other concepts. */
  readonly species?: string | undefined;
}

/** The concept that a mention refers to. */
export interface ConceptLink extends Concept {
  readonly method: LinkMethod;
}

/** A term that the user brought: mentions of the name have this type and refer to this concept. */
export interface UserTerm {
  readonly name: string;
  readonly id: string;
  readonly type: EntityType;
}

/** A mention that a model found or a person added. */
export interface Entity extends Span {
  /** The characters of the document, `document.slice(start, end)`, including any markup inside the mention. */
  readonly text: string;
  /**
   * The mention as a reader would type it into a search: without markup and invisible characters (`TNF-α` for
   * `TNF-$\alpha$`), in plain letters, with ASCII hyphens, and with one space for each run of white space. A part of an
   * enumeration has its full name: the `-6` of `IL-1α, -1β and -6` is IL-6.
   */
  readonly name: string;
  readonly type: EntityType;
  /** Calibrated probability in [0, 1] that both boundaries and the type are correct. */
  readonly probability: number;
  /**
   * True if the model did not tag this occurrence itself, but tagged the same name elsewhere in the document, or the
   * enumeration that it belongs to; otherwise undefined. The probability is then that of the name in the whole document,
   * or of the enumeration.
   */
  readonly isInferred?: true | undefined;
  /**
   * The concepts that the mention refers to: usually one, several for a mention such as `breast and ovarian cancer`.
   * Undefined if it is not linked.
   */
  readonly concepts?: readonly ConceptLink[] | undefined;
}

/** A short form and its long form, with the place where the document introduces them (Schwartz and Hearst 2003). */
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

/** The interface through which the pipeline runs a graph; the runtime implements it. */
export interface Model {
  run(batch: Batch): Promise<Logits>;
}

/** Calibration of the entity probability of one type: `sigmoid(scale · logit(raw) + offset)` (Platt 1999). */
export interface Calibration {
  readonly scale: number;
  readonly offset: number;
}

/**
 * Scores of one entity type on a named test set, as the model card gives them: strict entity-level scores in percent.
 */
export interface Measured {
  readonly type: EntityType;
  readonly set: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Configuration of a token classifier, read from `config.json` and `biobert.json`. */
export interface TaggerConfig {
  /** The label of each logit, by index: `O`, `B-Gene`, `I-Gene` … */
  readonly labels: readonly string[];
  /**
   * `per-type`: each type has its own softmax over {O, B-t, I-t} and shares the O logit, so that entities of different
   * types may overlap until overlaps are resolved. `joint`: one softmax over all labels, as in ordinary Hugging Face
   * checkpoints.
   */
  readonly decoding: 'per-type' | 'joint';
  /**
   * `shape`: the token type ids encode the letter case of each word, for uncased vocabularies. `segments`: 0 for the
   * first text of a row and 1 for the second, as in Devlin et al. 2019. `none`: zeros.
   */
  readonly tokenTypes: 'shape' | 'segments' | 'none';
  /**
   * `sentence`: one sentence per row. `window`: consecutive sentences of a segment share a row of up to `maxTokens`
   * tokens.
   */
  readonly packing: 'sentence' | 'window';
  /** Maximum number of tokens in a row, including special tokens. */
  readonly maxTokens: number;
  /** Calibration by type; the probability of a type without an entry is not changed. */
  readonly calibration: Readonly<Record<EntityType, Calibration>>;
  /**
   * Types that the model predicts but the extension does not show: heads trained on another guideline, used to
   * evaluate the model on the corpus of that guideline. They take no part in resolving overlaps.
   */
  readonly hiddenTypes?: readonly EntityType[] | undefined;
  /**
   * By type: the weight of each feature of `entities/knownNameStage.ts`, by which a terminology helps the model. Default:
   * the model decides alone.
   */
  readonly nameWeights?: Readonly<Record<EntityType, Readonly<Record<string, number>>>> | undefined;
}

/** A cue in the document that denies a statement or makes it speculative: "not", "failed to", "may", "whether". */
export interface Cue extends Span {
  readonly text: string;
}

/** The name of a relation type. The shipped model has a fixed set of types; a user's own model may have others. */
export type RelationType = string;

/** A highlighted part of {@link Relation.evidenceText}. */
export interface EvidenceMark extends Span {
  readonly role: 'subject' | 'object' | 'cue';
}

/** A relation between two mentions, found in the text by a model or added by a person. */
export interface Relation {
  readonly type: RelationType;
  /** The agent if the relation has a direction: the chemical of `inhibitor`, the chemical of `induces`. */
  readonly subject: Entity;
  readonly object: Entity;
  /**
   * Keys of the concepts that subject and object refer to. Names of the same concept in a document have the same key,
   * for example an abbreviation and its long form. Undefined if not known.
   */
  readonly concepts?: readonly [subject: string, object: string] | undefined;
  /** Calibrated probability in [0, 1] that the text states the relation, or denies it: see {@link negated}. */
  readonly probability: number;
  /** Whether the relation is too uncertain for a list that does not ask for such relations. Default: false. */
  readonly isTentative?: boolean | undefined;
  /**
   * Document span of the sentence that contains both mentions, or of all sentences from the first mention to the last.
   */
  readonly evidence: Span;
  /** The text of the evidence without markup. */
  readonly evidenceText: string;
  /**
   * Spans of both mentions and of the cues in {@link evidenceText}, in any order. Undefined if their places are not
   * known.
   */
  readonly evidenceMarks?: readonly EvidenceMark[] | undefined;
  /** The cue that denies the relation; undefined if the relation is stated. */
  readonly negated?: Cue | undefined;
  /** The cue that makes the relation speculative; undefined if it is stated as a fact. */
  readonly speculated?: Cue | undefined;
  /** The name of the publication that the evidence is from, as in {@link PublicationPlace}. */
  readonly publication?: string | undefined;
  /** The identifier of that publication. */
  readonly citation?: string | undefined;
}

/**
 * A passage that questions are asked of: consecutive sentences of one segment, of limited length. `start` and `end`
 * are document offsets.
 */
export interface TextPassage extends Span {
  /** The text without markup; {@link runs} map its offsets to the document. */
  readonly text: string;
  /** Document offset that the offsets of {@link runs} are relative to, as in {@link Segment.base}. */
  readonly base: number;
  readonly runs: readonly ProseRun[];
  /** Spans of the sentences in `text`. */
  readonly sentences: readonly Span[];
  /** The name of the publication that it is from, as in {@link PublicationPlace}. */
  readonly publication?: string | undefined;
  /** The identifier of that publication. */
  readonly citation?: string | undefined;
}

/** Kinds of question. `factoid` asks for one name or number, `list` for several, `yesno` for a verdict. */
export type QuestionKind = 'factoid' | 'list' | 'yesno';

/** An answer found in a passage; `start` and `end` are offsets in the text of the passage. */
export interface PassageAnswer extends Span {
  /** Index of the passage in the request. */
  readonly passage: number;
  readonly text: string;
  /** Other names of the same concept in the passages. Default: none. */
  readonly otherNames?: readonly string[] | undefined;
  /** Calibrated probability in [0, 1] that the span answers the question. */
  readonly probability: number;
  /** Span of the sentence that contains the answer, in the text of the passage. */
  readonly sentence: Span;
  /** Further occurrences of the same answer, most probable first. */
  readonly otherOccurrences: readonly {
    readonly passage: number;
    readonly start: number;
    readonly end: number;
  }[];
}

/** The side that a sentence takes on the claim of a yes-no question. */
export type Stance = 'supports' | 'contradicts';

/** The answer to a yes-no question, with the sentences for and against it. */
export interface Verdict {
  /** `open` if neither yes nor no is probable enough to be shown: the sentences do not settle the question. */
  readonly answer: 'yes' | 'no' | 'open';
  /** Probabilities of yes, of no, and that the sentences do not settle the question. Their sum is 1. */
  readonly yes: number;
  readonly no: number;
  readonly open: number;
  /**
   * Number of papers with a sentence that supports or contradicts the claim, all of which are listed. A paper with both counts
   * on the side of its most probable sentence.
   */
  readonly papers: Readonly<Record<Stance, number>>;
  /** The sentences that take a side, most probable first. */
  readonly sentences: readonly {
    readonly passage: number;
    readonly sentence: Span;
    readonly stance: Stance;
    /** Calibrated probability in [0, 1] that the sentence takes this side. */
    readonly probability: number;
  }[];
}
