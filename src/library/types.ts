/** The public types of the library. They import nothing but types of core, so that their declarations stand for themselves. */
/// <reference lib="esnext.disposable" preserve="true" />
import type { PlacedAnswer, PlacedVerdict } from '../core/questions/placedAnswers';
import type { DocumentFormat, Entity, QuestionKind, Relation, UserTerm } from '../core/types';

/** The choice of models, and of the place where they run. Every option has a default that needs no network. */
export interface OpenOptions {
  /**
   * Whether the models run in this process. Its event loop then stands still while a model computes, and a fault in the native
   * runtime ends it. Default: false; they run in a process of their own, which is started again if it ends.
   */
  readonly inProcess?: boolean | undefined;
  /** Folders of other models. Default: those that ship. */
  readonly models?:
    | {
        /** Finds entities. */
        readonly tagger?: string | undefined;
        readonly relations?: string | undefined;
        readonly questions?: string | undefined;
      }
    | undefined;
  /** Folder of another terminology, or false for none: then mentions have no concepts. Default: the one that ships. */
  readonly terminology?: string | false | undefined;
  /** Threads of one inference, at most 64. Default, and for 0: half the cores, at least 1, at most 4. */
  readonly threads?: number | undefined;
  /** Default: `cpu`, which also replaces a device that cannot be used; {@link onWarning} says so. */
  readonly device?: 'cpu' | 'cuda' | 'dml' | 'coreml' | undefined;
  /**
   * A server of the Open Inference Protocol that runs the models. Text leaves this machine as tokens, from which it can be
   * restored. It has each model under the name of its folder. Default: none.
   */
  readonly server?:
    | {
        /** Address without `/v2`: `https://host:8000`. */
        readonly url: string;
        /** Bearer token. It is sent over encrypted connections and to this machine only. */
        readonly token?: string | undefined;
        /** Whether text may be sent over a connection that is not encrypted. Default: only to this machine. */
        readonly allowHttp?: boolean | undefined;
      }
    | undefined;
  /** Minutes without a call after which the process of the models ends; the next call starts it. 0: never. Default: 10. */
  readonly idleMinutes?: number | undefined;
  /** Receives what a user should know, such as a device that is not used. Default: `process.emitWarning`. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/** A text that is tagged or asked. Offsets in results are UTF-16 code units in `text`, as JavaScript counts them. */
export interface TextInput {
  readonly text: string;
  /** Names the document in results and errors. Default: empty. */
  readonly name?: string | undefined;
  /** The markup of the text. Default: by the extension of the name and the beginning of the text. */
  readonly format?: DocumentFormat | undefined;
}

/** The text of a file, as {@link Engine.readDocument} reads it. */
export interface TextDocument extends TextInput {
  /** The path as it was given, or of a file in the given folder. */
  readonly name: string;
  /** The text without its byte order mark; of a PDF, Word or Excel file what was extracted. Offsets refer to it. */
  readonly text: string;
  readonly format: DocumentFormat;
  /** Pages of a PDF that have no text and were not read, counted from 1: scans, for example. Default: none. */
  readonly textlessPages?: readonly number[] | undefined;
  /** Number of stretches of bytes that the encoding does not know; U+FFFD stands for each in the text. Default: 0. */
  readonly unreadable?: number | undefined;
}

export interface CallOptions {
  /** Cancels the call, which then rejects with {@link CancelledError}. Default: it cannot be cancelled. */
  readonly signal?: AbortSignal | undefined;
}

export interface ReadOptions extends CallOptions {
  /** A label of the WHATWG Encoding standard, for a file without a byte order mark. Default: recognised from its bytes. */
  readonly encoding?: string | undefined;
  /** The markup of a text file. Default: by its extension and beginning. */
  readonly format?: DocumentFormat | undefined;
}

export interface FolderOptions extends ReadOptions {
  /**
   * Receives the error of a file or folder that cannot be read, which is then passed over. Default: the iteration ends with
   * the error.
   */
  readonly onError?: ((error: Error, path: string) => void) | undefined;
}

/** Options of the calls that find entities. */
export interface EntityOptions extends CallOptions {
  /** Whether mentions are linked to concepts. Default: true. */
  readonly link?: boolean | undefined;
  /** Terms of your own. They are marked wherever they stand, and linked to the identifier that you give. Default: none. */
  readonly terms?: readonly UserTerm[] | undefined;
  /** Receives the share of the document that is done, from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

export interface TagOptions extends EntityOptions {
  /**
   * Types to find, in any letter case, or `all`. Default: Gene, Disease, Chemical and Species; of a tagger of your own all.
   */
  readonly types?: readonly string[] | 'all' | undefined;
  /** Less probable mentions are left out. From 0 to 1; default 0.4. */
  readonly minProbability?: number | undefined;
  /** Whether a name is treated alike in the whole document. Default: true. */
  readonly consistency?: boolean | undefined;
}

export interface RelationOptions extends EntityOptions {
  /** Types of relations, in any letter case. Default: all. */
  readonly types?: readonly string[] | undefined;
  /** Types of the entities to relate, as in {@link TagOptions}. */
  readonly entityTypes?: readonly string[] | 'all' | undefined;
  /** Less probable relations are left out. From 0 to 1; default: for each kind a limit of the model. */
  readonly minProbability?: number | undefined;
  /** Whether less certain relations are returned too; they have `isTentative`. Default: false without minProbability. */
  readonly all?: boolean | undefined;
}

export interface AskOptions extends CallOptions {
  /** Default: recognised from the words of the question. */
  readonly kind?: QuestionKind | undefined;
  /** At most so many answers, from 1 to 1,000. Default: 5, for a list 30. */
  readonly maxAnswers?: number | undefined;
  /** Less probable answers are left out. From 0 to 1; default: a limit of the model. */
  readonly minProbability?: number | undefined;
}

/** Identifies the model behind a result, for reports. */
export interface ModelVersion {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** SHA-256 of its weights, in hexadecimal. */
  readonly hash: string;
}

/** A share of a document that was not read as prose. */
export interface UnreadShare {
  /**
   * `nothing`, `little`: of its characters, so many were read. `records`: of its records, so many have a text that can be read.
   * `outside`: of its characters, so many lie in records. `encoding`: of its characters, so many were garbled by a wrong
   * encoding; they are read as what was meant.
   */
  readonly reason: 'nothing' | 'little' | 'records' | 'outside' | 'encoding';
  readonly read: number;
  readonly total: number;
}

/** The part of every result about a text that tells what was read, and by which model. */
export interface DocumentResult {
  /** The name of the document. */
  readonly document: string;
  /** Shares of the text that were not read, too large to pass over. Empty if all was read. */
  readonly unread: readonly UnreadShare[];
  readonly model: ModelVersion;
}

/** A mention, with the page of a PDF on which it begins, counted from 1. */
export interface TaggedEntity extends Entity {
  readonly page?: number | undefined;
}

export interface TagResult extends DocumentResult {
  /** In document order. */
  readonly entities: readonly TaggedEntity[];
}

export interface RelationsResult extends DocumentResult {
  /** In document order of their evidence. */
  readonly relations: readonly Relation[];
}

export interface AskResult {
  readonly kind: QuestionKind;
  /** The best first. Empty if nothing answers the question, and where there is a verdict. */
  readonly answers: readonly PlacedAnswer[];
  /** The answer to a yes-no question. Undefined for other questions. */
  readonly verdict?: PlacedVerdict | undefined;
  /**
   * A limitation of a model of your own. `no-verdict`: it does not decide between yes and no;
   * `always-answers`: it names something even where nothing answers. Default: nothing that a reader has to know.
   */
  readonly limit?: 'no-verdict' | 'always-answers' | undefined;
  /** Number of passages that were read. */
  readonly read: number;
  readonly model: ModelVersion;
}

/**
 * Finds entities and relations in texts and answers questions about them. All methods reject with {@link BioBertError}, which
 * has a stable `code` and says what to do, and with {@link CancelledError} after their signal aborts. Calls may run at the
 * same time.
 */
export interface Engine {
  /**
   * Finds the entities of a text, as `biobert tag` does. A string is a text, not a path.
   * @throws {BioBertError} MODEL_NOT_FOUND, DOCUMENT_TOO_LARGE, DOCUMENT_BINARY, ARGUMENT_INVALID for a type that the model
   *   does not have or a number out of its range, ENGINE_DISPOSED after {@link close}, and others of {@link errorCodes}.
   * @example
   * const { entities } = await engine.tag('Tamoxifen lowers the risk of breast cancer.');
   */
  tag(text: string | TextInput, options?: TagOptions): Promise<TagResult>;
  /**
   * Finds what a text says of pairs of entities, as `biobert relations` does.
   * @throws as {@link tag}.
   * @example
   * const { relations } = await engine.relations('Gefitinib inhibits EGFR.');
   */
  relations(text: string | TextInput, options?: RelationOptions): Promise<RelationsResult>;
  /**
   * Answers a question from texts, as `biobert ask` does. Of many texts only the passages that fit the question best are read.
   * A text without prose is passed over.
   * @param texts One text or many, such as {@link documentsIn} gives. A string is a text, not a path.
   * @throws {BioBertError} QUESTION_EMPTY, QUESTION_TOO_LONG, PASSAGES_EMPTY if no text has prose, and as {@link tag}.
   * @example
   * const { answers } = await engine.ask('Which gene causes Huntington disease?', engine.documentsIn('papers'));
   */
  ask(
    question: string,
    texts: string | TextInput | Iterable<string | TextInput> | AsyncIterable<string | TextInput>,
    options?: AskOptions,
  ): Promise<AskResult>;
  /**
   * Reads a file: PDF, Word, Excel, text with or without markup, or an export of a database or reference manager, up to 50 MB.
   * Text is extracted in a thread with limits of time and memory.
   * @throws {BioBertError} DOCUMENT_UNREADABLE, DOCUMENT_TOO_LARGE, PAPER_SCANNED, PAPER_ENCRYPTED, PAPER_DAMAGED,
   *   PAPER_UNSUPPORTED.
   * @example
   * const { entities } = await engine.tag(await engine.readDocument('paper.pdf'));
   */
  readDocument(path: string, options?: ReadOptions): Promise<TextDocument>;
  /**
   * Reads the documents in a folder and below it, one after the other, by name. Files of other kinds, hidden ones, tables and
   * JSON files that are no exports, `node_modules` and links to folders are passed over.
   * @throws as {@link readDocument}, for the folder itself and, without `onError`, for its files.
   * @example
   * for await (const document of engine.documentsIn('papers')) console.log(document.name);
   */
  documentsIn(folder: string, options?: FolderOptions): AsyncIterable<TextDocument>;
  /**
   * Ends the process and frees the memory. Running calls reject with ENGINE_DISPOSED; so do later ones. Without it, a program
   * may go on for as long as the process of the models is idle. It may be called twice.
   */
  close(): Promise<void>;
  /** As {@link close}, for `await using engine = openEngine();`. */
  [Symbol.asyncDispose](): Promise<void>;
}
