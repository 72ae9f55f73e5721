/** Converts a checkpoint to a model folder that the engine can load. */
import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Head, headOf } from '../../core/checkpointHead';
import { type Architecture, readArchitecture } from '../../convert/architecture';
import { planGraph } from '../../convert/bertGraph';
import type { Precision } from '../../convert/linearLayers';
import { completeConfig } from '../../convert/modelConfig';
import { headFrom, parametersOf } from '../../convert/parameters';
import { BioBertError, errorCodes, throwIfCancelled } from '../../core/errors';
import { guessNullAnswer } from '../../core/questions/nullAnswerGuess';
import { guessReading, guessRelationLabels } from '../../core/relations/trainingGuess';
import {
  isCasedVocabulary,
  type Vocabulary,
  vocabularyFromText,
  vocabularyFromTokenizerJson,
} from '../../core/tokens/vocabulary';
import { taskOfHead } from '../../protocol/tasks';
import { type FileRecord, ModelFiles } from '../modelFolders/modelFiles';
import { checkSpace } from '../files/diskSpace';
import { isArchive, unpack } from './archive';
import { Checkpoint, type CheckpointFiles, notFound } from './checkpoint';
import { isFile, kindOf, readJson, readSmallFile } from './files';
import { createScratchFolder, partialPrefix, unpackedPrefix } from './scratchFolder';
import { graphFile, writeModel } from './writeModel';

export interface ConvertOptions {
  /** A folder, a file with weights, or an archive. */
  readonly source: string;
  /** The folder to create. It must not exist yet. */
  readonly output: string;
  readonly precision: Precision;
  /** The head of the model. Default: as the checkpoint says. */
  readonly head?: Head | undefined;
  /** The head to assume if the checkpoint does not say whether it labels tokens or whole texts. */
  readonly assumedHead?: Head | undefined;
  /** Names of the labels in order. Default: as config.json says, otherwise `LABEL_0` … */
  readonly labels?: readonly string[] | undefined;
  readonly name?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** @param share Converted share of the weights, from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

export interface Converted {
  readonly folder: string;
  readonly architecture: Architecture;
  readonly head: Head;
  readonly labels: readonly string[];
  readonly precision: Precision;
  /** Total size of the model's files. */
  readonly bytes: number;
  /** Sentences about what is unusual in the checkpoint but does not prevent its use. */
  readonly warnings: readonly string[];
}

/**
 * Converts a checkpoint. The output folder appears complete or not at all.
 *
 * @example
 * ```ts
 * const { head, bytes } = await convertCheckpoint({ source: 'biobert-ner', output: 'my-tagger', precision: 'int8' });
 * ```
 *
 * @throws {BioBertError} CHECKPOINT_*, OUTPUT_UNWRITABLE; {@link CancelledError}.
 */
export async function convertCheckpoint(options: ConvertOptions): Promise<Converted> {
  const output = resolve(options.output);
  await checkOutput(output);
  if (!isArchive(options.source)) return convertInto(output, options, options.source);
  if (!(await isFile(options.source))) throw notFound(`There is nothing at ${options.source}.`);
  const scratch = await createScratchFolder(unpackedPrefix);
  try {
    await unpack(options.source, scratch, options.signal);
    return await convertInto(output, options, scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function checkOutput(output: string): Promise<void> {
  const kind = await kindOf(output);
  if (kind === undefined) return;
  throw new BioBertError(
    errorCodes.OUTPUT_UNWRITABLE,
    `There is something at ${output} already.`,
    'Name a folder that does not exist yet.',
  );
}

async function convertInto(output: string, options: ConvertOptions, source: string): Promise<Converted> {
  const checkpoint = await Checkpoint.open(source);
  let partial: string | undefined;
  try {
    await mkdir(dirname(output), { recursive: true });
    partial = await createScratchFolder(partialPrefix(output));
    const converted = await convertParts(checkpoint, partial, { ...options, output });
    throwIfCancelled(options.signal);
    await rename(partial, output);
    return { ...converted, folder: output };
  } catch (error) {
    if (partial !== undefined) await rm(partial, { recursive: true, force: true });
    throw error;
  } finally {
    await checkpoint.close();
  }
}

async function convertParts(
  checkpoint: Checkpoint,
  folder: string,
  options: ConvertOptions,
): Promise<Omit<Converted, 'folder'>> {
  const { config, tensors, files } = checkpoint;
  const architecture = readArchitecture(config);
  const parameters = parametersOf(tensors, files.format === 'tensorflow' ? 'tensorflow' : 'pytorch');
  const head = options.head ?? headOf(config) ?? headFrom(parameters, options.assumedHead);
  const { precision, signal, onProgress } = options;
  const plan = planGraph({ architecture, parameters, head, precision });
  const { json, labels } = completeConfig(config, {
    architecture,
    head,
    count: plan.labels,
    labels: options.labels,
  });
  const vocabulary = await readVocabulary(files.folder, architecture.vocabularySize);
  const tokenizer = await copyTokenizer(files.folder, folder, vocabulary);
  await checkSpace(
    folder,
    tensors.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const written = await writeModel(checkpoint, plan, folder, { signal, onProgress });
  await writeFile(join(folder, 'config.json'), `${JSON.stringify(json, null, 2)}\n`);
  const names = [...written, 'config.json', ...tokenizer];
  const records = await recordsOf(folder, names);
  await writeManifest(folder, records, { options, head, files, labels });
  const bytes = [...records.values()].reduce((sum, record) => sum + record.bytes, 0);
  return { architecture, head, labels, precision, bytes, warnings: warningsOf(vocabulary) };
}

function warningsOf({ duplicates }: Vocabulary): readonly string[] {
  if (duplicates === 0) return [];
  return [
    `The vocabulary has ${duplicates} tokens twice; the later one is used. Compare it with the file that the model was trained with.`,
  ];
}

const tokenizerFiles = [
  'vocab.txt',
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
];

/** @returns the names of the files. */
async function copyTokenizer(from: string, to: string, vocabulary: Vocabulary): Promise<string[]> {
  const copied: string[] = [];
  for (const name of tokenizerFiles) {
    if (!(await isFile(join(from, name)))) continue;
    await copyFile(join(from, name), join(to, name));
    copied.push(name);
  }
  if (copied.includes('tokenizer_config.json') || copied.includes('tokenizer.json')) return copied;
  // The scripts of the original release take the case as a command-line option, so that no file states it.
  const settings = { do_lower_case: !isCasedVocabulary(vocabulary), tokenizer_class: 'BertTokenizer' };
  await writeFile(join(to, 'tokenizer_config.json'), `${JSON.stringify(settings, null, 2)}\n`);
  return [...copied, 'tokenizer_config.json'];
}

/** @throws {BioBertError} CHECKPOINT_*, MODEL_* if there is no vocabulary, or one of another model. */
async function readVocabulary(folder: string, maxTokens: number): Promise<Vocabulary> {
  if (await isFile(join(folder, 'vocab.txt'))) {
    return vocabularyFromText(await readSmallFile(join(folder, 'vocab.txt')), maxTokens);
  }
  if (await isFile(join(folder, 'tokenizer.json'))) {
    return vocabularyFromTokenizerJson(await readJson(join(folder, 'tokenizer.json')), maxTokens);
  }
  throw notFound(`The checkpoint's folder ${folder} has no vocab.txt and no tokenizer.json.`);
}

async function recordsOf(folder: string, names: readonly string[]): Promise<Map<string, FileRecord>> {
  const files = new ModelFiles(folder, 'token-classification');
  const records = new Map<string, FileRecord>();
  for (const name of names) {
    const { size } = await stat(join(folder, name));
    records.set(name, { bytes: size, sha256: await files.hashOf(name) });
  }
  return records;
}

/** Guesses facts about the training from the names of files and labels. A checkpoint does not state them; the user can correct them. */
function trainingOf(
  head: Head,
  labels: readonly string[],
  names: readonly string[],
): Record<string, unknown> {
  if (head === 'question-answering') return { nullAnswer: guessNullAnswer(names) };
  if (head !== 'sequence-classification') return {};
  const meanings = guessRelationLabels(labels, names);
  return {
    ...guessReading(names),
    labels: Object.fromEntries(labels.map((label, index) => [label, meanings[index]])),
  };
}

interface ManifestParts {
  readonly options: ConvertOptions;
  readonly head: Head;
  readonly files: CheckpointFiles;
  readonly labels: readonly string[];
}

async function writeManifest(
  folder: string,
  records: ReadonlyMap<string, FileRecord>,
  { options, head, files, labels }: ManifestParts,
): Promise<void> {
  const hash = records.get(graphFile)?.sha256 ?? '';
  const names = [
    options.name ?? '',
    basename(options.source),
    basename(files.folder),
    basename(options.output),
  ];
  const manifest = {
    formatVersion: 1,
    name: options.name ?? basename(options.output),
    version: hash.slice(0, 12),
    task: taskOfHead(head) ?? 'feature-extraction',
    convertedFrom: { format: files.format, files: files.weights, precision: options.precision },
    ...trainingOf(head, labels, names),
    files: Object.fromEntries(records),
  };
  await writeFile(join(folder, 'biobert.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
