import { type Command, Option } from 'commander';
import type { EntityType } from '../core/types';
import type { Engine } from '../protocol/engine';
import { modelAnnotator } from '../protocol/modelName';
import { defaultTask } from '../protocol/tasks';
import { BratFolder } from './bratFolder';
import {
  type DocumentOptions,
  type ReportProgress,
  runDocuments,
  type SourceDocument,
  type TaggedDocument,
} from './documents';
import { withEngine } from './engine';
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
import { encodingOption, entityTypesOption, languageOption, mentionThresholdOption } from './options';
import type { SetExitCode } from './runProgram';
import { type DocumentWriter, type Sink, StreamSink } from './sink';
import { checkFiles, chooseEntityTypes } from './use';
import { biocWriter, jsonlWriter, pubtatorWriter, tsvWriter } from './writers';

const outputFormats = ['jsonl', 'pubtator', 'brat', 'bioc', 'tsv'] as const;
type OutputFormat = (typeof outputFormats)[number];

/** The options of `biobert tag`, read. */
interface TagCommandOptions extends DocumentOptions, EngineCommandOptions, LinkCommandOptions {
  readonly format: OutputFormat;
  /** Folder of the tagger. */
  readonly model: string;
  /** As the user named them; see {@link chooseEntityTypes}. */
  readonly types?: readonly string[];
  readonly minProbability: number;
  readonly consistency: boolean;
  readonly recursive: boolean;
  readonly force: boolean;
  readonly quiet: boolean;
}

/** `biobert tag`. @param models The folder of the models that ship. */
export function addTagCommand(program: Command, setExitCode: SetExitCode, models: string): void {
  const command = program
    .command('tag')
    .summary('Tag the entities of documents.')
    .description(
      'Tags the entities of documents: plain text, PDF, Word, Markdown, LaTeX, Typst, reStructuredText, AsciiDoc, Org, JATS, notebooks, and exports of databases and reference managers. Markup, code and citation keys are not tagged.',
    )
    .argument('[files...]', 'Documents; - is standard input, which is also read where no file is named.')
    .addOption(
      new Option('-f, --format <format>', 'What is written.').choices(outputFormats).default('jsonl'),
    )
    .option('-o, --output <path>', 'File to write; for brat a folder. (default: standard output)')
    .addOption(entityTypesOption('-t, --types <list>'))
    .addOption(mentionThresholdOption())
    .option(
      '--no-consistency',
      'Decide each sentence on its own: a repeat of a name may have no tag, or another type.',
    )
    .addOption(languageOption())
    .option('-r, --recursive', 'Tag the documents in folders that are named.', false)
    .addOption(encodingOption())
    .addOption(modelOption(defaultTask, models, { flags: modelFlags, help: 'Another model.' }))
    .option('--force', 'Replace brat files that exist.', false)
    .option('-q, --quiet', 'No progress bar and no warnings.', false)
    .addHelpText('after', help)
    .action(async (files: string[], options: TagCommandOptions, command: Command) => {
      setExitCode(await runTag(files, options, command));
    });
  for (const option of [...linkOptions(models), ...engineOptions()]) command.addOption(option);
}

const help = `
Formats:
  jsonl     One line a document: {"document", "entities": [{"start", "end", "text", "type", "probability"}]};
            "name" where what a reader sees differs from the text; "page" for a mention in a PDF; "concepts" for what
            it refers to: [{"id", "name", "source", "method"}], with the "species" of a gene.
            An export with more than 100 records has one line for each 100 of them.
  tsv       One row a mention, with a header.
  pubtator  Title, abstract and mentions of each publication, with identifiers as PubTator 3 writes them.
  bioc      A BioC collection in JSON, one document a publication.
  brat      NAME.txt and NAME.ann for each document in the folder of --output.
  Offsets of jsonl and tsv count UTF-16 code units of the file's text, without its byte order mark; for a PDF, Word or
  Excel file of the text that biobert text prints. The others count
  Unicode characters: of the file's text in brat, of the prose that they carry in pubtator and bioc.

Examples:
  biobert tag abstract.txt
  biobert tag --format tsv --types Gene,Variant --output genes.tsv *.nbib
  biobert tag --terms ours.tsv --format tsv notes.md
  biobert tag --recursive --format brat --output annotated papers/
  zcat pubmed.xml.gz | biobert tag --language xml - | jq .entities
${engineHelp}
Exit codes: 0 done; 1 some documents failed, the others were written; 2 wrong use; 4 all were written, but a large
share of some was not read, as a warning says; 130 interrupted.`;

/** Runs `biobert tag`. @returns the exit code. @throws {CommanderError} on wrong use. */
async function runTag(
  files: readonly string[],
  options: TagCommandOptions,
  command: Command,
): Promise<number> {
  const paths = files.length > 0 ? files : [standardInput];
  checkFiles(files, options.format === 'brat' ? undefined : options.output, command);
  if (options.format === 'brat' && options.output === undefined) {
    command.error('error: brat writes two files a document. Name their folder with --output.');
  }
  const linking = await readLinking(options, command);
  const { terminologyPath } = linking;
  const modelPaths = { [defaultTask]: options.model };
  const setup = { modelPaths, terminologyPath, ...engineOf(options, options.quiet) };
  return withEngine(setup, async (engine, { signal }) => {
    const inputs = await findInputs(paths, options);
    const model = await engine.load(signal);
    const types = chooseEntityTypes(options.types, { known: model.types, option: 'model' }, command);
    const sink = createSink(options, types ?? model.types);
    const run = { engine, options, types, linking, signal };
    const work = (source: SourceDocument, report: ReportProgress) => tagDocument(source, run, report);
    return runDocuments({ inputs, options, sink, signal, work });
  });
}

const writers: Readonly<Record<Exclude<OutputFormat, 'brat'>, () => DocumentWriter<TaggedDocument>>> = {
  jsonl: jsonlWriter,
  tsv: tsvWriter,
  pubtator: pubtatorWriter,
  bioc: biocWriter,
};

function createSink(
  { format, output, force, link, terms }: TagCommandOptions,
  types: readonly EntityType[],
): Sink<TaggedDocument> {
  return format === 'brat'
    ? new BratFolder({ folder: output ?? '.', types, force, hasReferences: link || terms !== undefined })
    : new StreamSink(writers[format](), output);
}

interface TagRun {
  readonly engine: Engine;
  readonly options: TagCommandOptions;
  readonly types: readonly EntityType[] | undefined;
  readonly linking: Linking;
  readonly signal: AbortSignal;
}

async function tagDocument(
  source: SourceDocument,
  { engine, options, types, linking, signal }: TagRun,
  report: ReportProgress,
): Promise<TaggedDocument> {
  const { name, text, format } = source;
  const { minProbability, consistency } = options;
  const wanted = { minProbability, consistency, ...(types === undefined ? {} : { types }) };
  const request = { document: name, text, format, ...wanted, ...linking.request };
  try {
    const result = await engine.tag(request, { signal, onProgress: report });
    linking.warn(result);
    const { entities, model, simplified, unread } = result;
    return { ...source, entities, simplified, unread, models: { entities: modelAnnotator(model) } };
  } finally {
    engine.forget(name);
  }
}
