import { type Command, Option } from 'commander';
import type { AnnotatingModels } from '../core/exports/annotator';
import type { EntityType, RelationType } from '../core/types';
import type { Engine, ModelInfo, RelationEngine } from '../protocol/engine';
import { modelAnnotator } from '../protocol/modelName';
import { defaultTask } from '../protocol/tasks';
import { runDocuments, type DocumentOptions, type ReportProgress, type SourceDocument } from './documents';
import { loadModel, withEngine } from './engine';
import {
  type EngineCommandOptions,
  engineHelp,
  engineOf,
  engineOptions,
  modelFlags,
  modelOption,
} from './engineOptions';
import { findInputs, standardInput } from './inputs';
import { type LinkCommandOptions, type Linking, linkOptions, readLinking } from './linking';
import { encodingOption, entityTypesOption, languageOption, readProbability, readTypes } from './options';
import { shownName } from './names';
import {
  type RelatedDocument,
  type RelationFormat,
  relationFormats,
  relationWriters,
} from './relationWriters';
import type { SetExitCode } from './runProgram';
import { StreamSink } from './sink';
import { checkFiles, chooseEntityTypes, chooseTypes } from './use';

/** The parsed options of `biobert relations`. */
export interface RelationsCommandOptions extends DocumentOptions, EngineCommandOptions, LinkCommandOptions {
  readonly format: RelationFormat;
  /** Folder of the relation model. */
  readonly model: string;
  /** Folder of the tagger that finds the mentions. */
  readonly tagger: string;
  readonly types?: readonly string[];
  /** Entity types as the user wrote them; see {@link chooseEntityTypes}. */
  readonly entityTypes?: readonly string[];
  /** Default: the threshold from which each head of the model is listed. */
  readonly minProbability?: number;
  /** Whether less certain relations are written, too. */
  readonly all: boolean;
  readonly recursive: boolean;
  readonly quiet: boolean;
}

/** Adds the command `biobert relations`. @param models The folder of the models that ship. */
export function addRelationsCommand(program: Command, setExitCode: SetExitCode, models: string): void {
  const command = program
    .command('relations')
    .summary('Find relations between the entities of documents.')
    .description(
      'Finds what documents say of pairs of genes, diseases and chemicals, with the sentences that say it. It reads what biobert tag reads.',
    )
    .argument('[files...]', 'Documents; - is standard input, which is also read where no file is named.')
    .addOption(
      new Option('-f, --format <format>', 'What is written.').choices(relationFormats).default('jsonl'),
    )
    .option('-o, --output <path>', 'File to write. (default: standard output)')
    .option('-t, --types <list>', 'Only these relations, separated by commas. (default: all)', readTypes)
    .addOption(entityTypesOption('--entity-types <list>'))
    .option(
      '-p, --min-probability <number>',
      'Leave out less probable relations. (default: for each kind a limit above which 85 % were right on development data)',
      readProbability,
    )
    .option(
      '-a, --all',
      'Also write less certain relations, as many as serve F1 best on development data.',
      false,
    )
    .addOption(languageOption())
    .option('-r, --recursive', 'Read the documents in folders that are named.', false)
    .addOption(encodingOption())
    .addOption(modelOption('relation-extraction', models, { flags: modelFlags }))
    .addOption(modelOption(defaultTask, models))
    .option('-q, --quiet', 'No progress bar and no warnings.', false)
    .addHelpText('after', help)
    .action(async (files: string[], options: RelationsCommandOptions, command: Command) => {
      setExitCode(await runRelations(files, options, command));
    });
  for (const option of [...linkOptions(models), ...engineOptions()]) command.addOption(option);
}

const help = `
Formats:
  jsonl  One line a document, or for each 100 records of an export: {"document", "relations": [{"type", "subject",
         "object", "probability", "publication", "evidence", "negated", "speculated"}]}. Subject and object are {"start", "end", "text", "type", "probability"}, evidence is
         {"start", "end", "text"}; "subject_id" and "object_id" identify what they refer to; negated and speculated are false, or the cue {"start", "end", "text"}.
  tsv    One row a relation, with a header.
  bioc   A BioC collection in JSON, one document a publication, with the related mentions.
  Offsets of jsonl and tsv count UTF-16 code units of the file's text, without its byte order mark. Those of bioc count
  Unicode characters of the prose that it carries.

Examples:
  biobert relations abstract.txt
  biobert relations --format tsv --types inhibitor,antagonist --output found.tsv *.nbib
  biobert relations --recursive papers/ | jq '.relations[] | select(.negated == false)'
${engineHelp}
Exit codes: 0 done; 1 some documents failed, the others were written; 2 wrong use; 130 interrupted.`;

/** Runs `biobert relations`. @returns the exit code. @throws {CommanderError} if the arguments are wrong. */
export async function runRelations(
  files: readonly string[],
  options: RelationsCommandOptions,
  command: Command,
): Promise<number> {
  checkFiles(files, options.output, command);
  const modelPaths = { [defaultTask]: options.tagger, 'relation-extraction': options.model };
  const linking = await readLinking(options, command);
  const { terminologyPath } = linking;
  const setup = { modelPaths, terminologyPath, ...engineOf(options, options.quiet) };
  return withEngine(setup, async (engine, { signal }) => {
    const inputs = await findInputs(files.length > 0 ? files : [standardInput], options);
    const model = await loadModel(engine, 'relation-extraction', signal, '--model');
    const types = chooseTypes(options.types, model.types, command);
    const sink = new StreamSink(relationWriters[options.format](), options.output);
    const { minProbability, quiet, all } = options;
    const withTentative = all || minProbability !== undefined;
    const { types: known } = await engine.load(signal);
    const entityTypes = chooseEntityTypes(options.entityTypes, { known, option: 'tagger' }, command);
    const run = { engine, types, entityTypes, minProbability, withTentative, linking, quiet, signal };
    const work = (source: SourceDocument, report: ReportProgress) => relateDocument(source, run, report);
    return runDocuments({ inputs, options, sink, signal, work });
  });
}

interface RelateRun {
  readonly engine: RelationEngine & Pick<Engine, 'forget' | 'status'>;
  readonly types: readonly RelationType[] | undefined;
  readonly entityTypes: readonly EntityType[] | undefined;
  readonly minProbability: number | undefined;
  /** Whether relations that are less certain are written. */
  readonly withTentative: boolean;
  readonly linking: Linking;
  readonly quiet: boolean;
  readonly signal: AbortSignal;
}

/** A line for stderr about pairs that were not read. */
export function skippedPairsLine(name: string, skippedPairs: number): string {
  return `${shownName(name)}: ${skippedPairs} pairs in sentences of very many names were left out; the nearest were read.\n`;
}

async function relateDocument(
  source: SourceDocument,
  { engine, types, entityTypes, minProbability, withTentative, linking, quiet, signal }: RelateRun,
  report: ReportProgress,
): Promise<RelatedDocument> {
  const { name, text, format } = source;
  const request = {
    document: name,
    text,
    format,
    ...(types === undefined ? {} : { types }),
    ...(entityTypes === undefined ? {} : { entityTypes }),
    ...(minProbability === undefined ? {} : { minProbability }),
    ...linking.request,
  };
  try {
    const result = await engine.relations(request, { signal, onProgress: report });
    linking.warn(result);
    const { relations, skippedPairs, model, simplified, unread } = result;
    if (skippedPairs > 0 && !quiet) process.stderr.write(skippedPairsLine(name, skippedPairs));
    const written = withTentative ? relations : relations.filter(({ isTentative }) => isTentative !== true);
    return {
      ...source,
      relations: written,
      simplified,
      unread,
      models: modelsOf(engine.status.model, model),
    };
  } finally {
    engine.forget(name);
  }
}

/**
 * The models that annotated a document. Undefined if the tagger has not been loaded yet, which happens if the first
 * documents have no prose.
 */
function modelsOf(tagger: ModelInfo | undefined, model: ModelInfo): AnnotatingModels | undefined {
  if (tagger?.task !== defaultTask) return undefined;
  return { entities: modelAnnotator(tagger), relations: modelAnnotator(model) };
}
