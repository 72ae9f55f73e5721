/** The subcommands that measure the relation model: `relations` and `statements`. */
import { Command } from 'commander';
import type { SetExitCode } from '../../src/cli/runProgram';
import { modelOption } from '../../src/cli/engineOptions';
import { exitCodes } from '../../src/cli/exitCodes';
import { createTagger } from '../../src/core/entities/pipeline';
import { Terminology } from '../../src/core/linking/terminology';
import { defaultTask } from '../../src/protocol/tasks';
import { knownNamesOf, loadTagger } from '../../src/runtime/engine/entities';
import { loadRelations } from '../../src/runtime/engine/relations';
import type { LoadedRelations, LoadedTagger } from '../../src/runtime/engine/requestContext';
import { nullLogger } from '../../src/runtime/log';
import { measureLinkedRelations } from './linkedRelations';
import { readLinkedDocuments } from './linking';
import { readRelationCorpus } from './relationCorpus';
import { measureRelations, type RelationMeasure, writeRelationTable } from './relations';
import { writeStatements } from './report';
import {
  eachFile,
  models,
  ownFile,
  readAll,
  readBytes,
  readText,
  readWholeNumber,
  type SessionOptions,
  terminologyOption,
  withSessionOptions,
} from './run';
import { measureStatements, readStatements } from './statements';
import { typeNames } from './typeNames';
import { type HeadPredictions, predictionsOf, writePrecision, writeThresholds } from './thresholds';

interface RelationModelOptions extends SessionOptions {
  readonly tagger: string;
  readonly predicted: boolean;
}

interface RelationOptions extends RelationModelOptions {
  readonly overlap: boolean;
  readonly linked: boolean;
  readonly terminology: string;
}

type StatementOptions = RelationModelOptions & { readonly errors: number };

export function relationsCommand(finish: SetExitCode): Command {
  return relationModelCommand('relations')
    .description('Precision, recall and F1 on relation corpora, with their mentions or with predicted ones.')
    .argument('<files...>', 'ChemProt, PubTator or masked sentences.')
    .option('--overlap', 'With --predicted: a mention matches the gold mention that it overlaps.', false)
    .option('--linked', 'From the text alone: relations between the concepts of linked mentions.', false)
    .addOption(terminologyOption())
    .action(async (files: string[], options: RelationOptions) =>
      finish(await (options.linked ? runLinked(files, options) : runRelations(files, options))),
    );
}

export function thresholdsCommand(finish: SetExitCode): Command {
  return withSessionOptions(new Command('thresholds'), 'relation-extraction')
    .description(
      'Precision of relations by probability, to choose the thresholds of a manifest on development data.',
    )
    .argument('[files...]', 'ChemProt, PubTator or masked sentences.')
    .option(
      '--held <files...>',
      'Read only the last fifth of these, which the shipped model was not trained on.',
    )
    .action(async (files: string[], options: SessionOptions & { held?: string[] }) => {
      const loaded = await loadRelations(options.model, { threads: options.threads, log: nullLogger });
      const held = options.held ?? [];
      const all: HeadPredictions[] = [];
      try {
        const exitCode = await eachFile([...files, ...held], async (file) => {
          const corpus = await readRelationCorpus(file);
          const measured = await predictionsOf(corpus, { relations: loaded }, held.includes(file));
          process.stdout.write(writePrecision(file, measured.predictions));
          all.push(measured);
        });
        const predictions = all.flatMap((each) => each.predictions);
        process.stdout.write(`${writePrecision('all', predictions)}${writeThresholds(all)}`);
        finish(exitCode);
      } finally {
        await loaded.release();
      }
    });
}

export function statementsCommand(finish: SetExitCode): Command {
  return relationModelCommand('statements')
    .description('Relations by kind, on texts that were written to state them.')
    .argument('[files...]', 'Statements. (default: test/accuracy/relations.txt)', [ownFile('relations.txt')])
    .option('--errors <number>', 'Show this many mistakes.', readWholeNumber, 0)
    .action(async (files: string[], options: StatementOptions) =>
      finish(await runStatements(files, options)),
    );
}

function relationModelCommand(name: string): Command {
  return withSessionOptions(new Command(name), 'relation-extraction')
    .addOption(modelOption(defaultTask, models, { help: 'Model folder of the tagger.' }))
    .option('--predicted', 'Relate the mentions that the tagger finds.', false);
}

/** Loads the relation model, and the tagger if its mentions are measured. */
function withModels<T>(
  options: RelationModelOptions,
  measure: (loaded: Pick<RelationMeasure, 'relations' | 'tagger'>) => Promise<T>,
): Promise<T> {
  if (options.predicted) return withTagger(options, measure);
  return withRelations(options, (relations) => measure({ relations }));
}

function withTagger<T>(
  options: RelationModelOptions,
  measure: (loaded: { readonly relations: LoadedRelations; readonly tagger: LoadedTagger }) => Promise<T>,
): Promise<T> {
  return withRelations(options, async (relations, session) => {
    const tagger = await loadTagger(options.tagger, session);
    return measure({ relations, tagger }).finally(() => tagger.release());
  });
}

async function withRelations<T>(
  { model, threads }: RelationModelOptions,
  measure: (relations: LoadedRelations, session: Parameters<typeof loadTagger>[1]) => Promise<T>,
): Promise<T> {
  const session = { threads, log: nullLogger };
  const relations = await loadRelations(model, session);
  return measure(relations, session).finally(() => relations.release());
}

function runRelations(files: readonly string[], options: RelationOptions): Promise<number> {
  const match = options.overlap ? 'overlap' : 'strict';
  return withModels(options, (loaded) =>
    eachFile(files, async (file) => {
      const result = await measureRelations(await readRelationCorpus(file), { ...loaded, match });
      process.stdout.write(writeRelationTable(file, result));
    }),
  );
}

async function runLinked(files: readonly string[], options: RelationOptions): Promise<number> {
  const terminology = Terminology.open(await readBytes(options.terminology));
  return withTagger(options, ({ relations, tagger: model }) => {
    const tagger = createTagger({ ...model, model, knownNames: knownNamesOf(terminology, model.config) });
    return eachFile(files, async (file) => {
      const text = await readText(file);
      const documents = readLinkedDocuments(text, typeNames(file, { map: new Map() }));
      const corpus = await readRelationCorpus(file);
      const { pairs, typed } = await measureLinkedRelations(corpus, documents, {
        relations,
        tagger,
        terminology,
      });
      process.stdout.write(writeRelationTable(`${file}, pairs`, pairs));
      process.stdout.write(writeRelationTable(`${file}, pairs with their type`, typed));
    });
  });
}

async function runStatements(files: readonly string[], options: StatementOptions): Promise<number> {
  const statements = await readAll(files, readStatements);
  return withModels(options, async (loaded) => {
    const result = await measureStatements(statements, loaded);
    process.stdout.write(writeStatements(loaded.relations.info, result, options.errors));
    return exitCodes.ok;
  });
}
