import { jsonPublications, writeJsonIndexed } from '../core/exports/jsonl';
import { readRecords } from '../core/records/readRecords';
import type { EntityType } from '../core/types';
import type { BioBertEngine } from '../protocol/engine';
import type { Input } from '../runtime/documents/folderListing';
import { type FolderOutcome, runFolder } from '../runtime/files/folderRun';
import type { Contents } from './contents';
import { decodeSource, type DocumentOptions, isPartlyRead } from './documents';
import type { EngineCommandOptions } from './engineOptions';
import type { IndexFile } from './indexFile';
import type { Interrupt } from './interrupt';
import type { LinkCommandOptions, Linking } from './linking';
import { createProgress, type Progress } from './progress';
import { skippedPairsLine } from './relationsCommand';
import { errorLine } from './report';
import type { Shard } from './shard';

/** The parsed options of `biobert index`. */
export interface IndexCommandOptions extends DocumentOptions, EngineCommandOptions, LinkCommandOptions {
  readonly output: string;
  readonly tagger: string;
  /** Folder of the relation model, or false to find only entities. */
  readonly relations: string | false;
  /** Whether lines have the text of the documents. */
  readonly passages: boolean;
  readonly minProbability: number;
  /** Entity types as the user wrote them; see {@link chooseEntityTypes}. */
  readonly types?: readonly string[];
  readonly concurrency: number;
  /** Whether any number of deleted documents may leave the index. */
  readonly prune: boolean;
  /** The share of the documents that is read. Default: all. */
  readonly shard?: Shard;
  /** Whether a lock of another machine is taken over. */
  readonly takeOver: boolean;
  readonly quiet: boolean;
}

/** The parts that the documents of a run share. */
export interface IndexRun {
  readonly engine: BioBertEngine;
  readonly options: IndexCommandOptions;
  readonly types: readonly EntityType[] | undefined;
  readonly linking: Linking;
  readonly file: IndexFile;
  readonly inputs: readonly Input[];
  /** Identifies how lines are made; see {@link fingerprint}. */
  readonly key: string;
  readonly interrupt: Interrupt;
  readonly contents: Contents;
  /** The documents of which a large share was not read. */
  readonly partlyRead: Set<string>;
}

/** Brings the lines of all documents up to date. A document that cannot be read does not stop the others. */
export async function indexAll(run: IndexRun): Promise<FolderOutcome<Input>> {
  const { inputs, options, interrupt } = run;
  const { quiet, concurrency } = options;
  const progress = createProgress({
    documents: inputs.length,
    isShown: process.stderr.isTTY && !quiet,
    stream: process.stderr,
    verb: 'Indexing',
  });
  try {
    const outcome = await runFolder(
      {
        files: inputs,
        concurrency,
        recall: (input) => recall(input, run),
        tag: ({ path: document }, signal) => indexOne(document, run, { signal, progress }),
        onTagged: () => undefined,
        onProgress: ({ done }) => progress.update(done),
      },
      interrupt.signal,
    );
    for (const { file, error } of outcome.skipped) progress.line(errorLine(error, file.path));
    if (!quiet) progress.line(summary(outcome, inputs.length));
    return outcome;
  } finally {
    progress.stop();
  }
}

/** @returns undefined if the document has to be read. @throws {BioBertError} if it cannot be read. */
async function recall({ path: document, error }: Input, { file, key, contents, interrupt }: IndexRun) {
  if (error) throw error;
  if (!file.has(document, key)) return undefined;
  const { stamp } = await contents.read(document, interrupt.signal);
  const mentions = file.recall(document, { stamp, models: key });
  if (mentions === undefined) return undefined;
  contents.forget(document);
  return { entities: { length: mentions } };
}

function summary({ documents, unchanged, entities, cancelled }: FolderOutcome<Input>, total: number): string {
  const number = (value: number) => value.toLocaleString('en');
  const state = `${number(documents)} of ${number(total)} documents, ${number(unchanged)} of them unchanged`;
  const more = cancelled ? ' Stopped: run the same command to go on.' : '';
  return `biobert: ${state}; ${number(entities)} entities.${more}\n`;
}

async function indexOne(
  document: string,
  { engine, options, types, linking, file, key, contents, partlyRead }: IndexRun,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: Progress },
) {
  const { bytes, stamp } = await contents.take(document, signal);
  const { source, warn } = await decodeSource(document, bytes, options, { signal, progress });
  const { text, format } = source;
  const request = { document, text, format };
  try {
    const { minProbability } = options;
    const wanted = { minProbability, ...(types === undefined ? {} : { types }), ...linking.request };
    const result = await engine.tag({ ...request, ...wanted }, { signal });
    linking.warn(result);
    const { entities, simplified, unread } = result;
    const { relations, skippedPairs = 0 } =
      options.relations === false ? {} : await engine.relations({ ...request, entities }, { signal });
    if (skippedPairs > 0 && !options.quiet) progress.line(skippedPairsLine(document, skippedPairs));
    const { passages } = options.passages ? await engine.passages(request, { signal }) : {};
    const publications = jsonPublications(readRecords(text, format));
    await file.add(
      writeJsonIndexed({ document, stamp, models: key }, entities, relations, { publications, passages }),
    );
    warn({ simplified, unread });
    if (isPartlyRead({ unread })) partlyRead.add(document);
    return { entities };
  } finally {
    engine.forget(document);
  }
}
