import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { addAskCommand } from './askCommand';
import { addBenchCommand } from './bench/benchCommand';
import { addConvertCommand } from './convertCommand';
import { addDownloadCommand } from './downloadCommand';
import { engineHelp, engineOptions } from './engineOptions';
import { exitCodes } from './exitCodes';
import {
  encodingOption,
  entityTypesOption,
  languageOption,
  outputFormats,
  mentionThresholdOption,
  type TagCommandOptions,
} from './options';
import { addIndexCommand } from './indexCommand';
import { addRelationsCommand } from './relationsCommand';
import { errorLine } from './report';
import { runTag } from './tagCommand';

/** The folder of the installed package, which holds `dist/` and `models/`. */
const packageFolder = path.join(__dirname, '..');

/** Runs the command line. @returns the exit code. Never rejects. */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has written its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    process.stderr.write(errorLine(error));
    return exitCodes.failed;
  }
}

function createProgram(setExitCode: (code: number) => void): Command {
  const program = new Command('biobert')
    .description('Finds genes, diseases and chemicals in biomedical text, on this machine.')
    .version(readVersion(), '-V, --version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .showHelpAfterError('Run it with --help to see what it takes.')
    .configureOutput({
      outputError: (message, write) => write(`biobert: ${message.replace(/^error: /, '')}`),
    })
    .exitOverride();
  addTagCommand(program, setExitCode);
  addRelationsCommand(program, setExitCode, path.join(packageFolder, 'models'));
  addAskCommand(program, setExitCode, path.join(packageFolder, 'models'));
  addIndexCommand(program, setExitCode, path.join(packageFolder, 'models'));
  addBenchCommand(program, setExitCode, path.join(packageFolder, 'models'));
  addConvertCommand(program, setExitCode);
  addDownloadCommand(program, setExitCode);
  return program;
}

function addTagCommand(program: Command, setExitCode: (code: number) => void): void {
  const command = program
    .command('tag')
    .summary('Tag the entities of documents.')
    .description(
      'Tags the entities of documents: plain text, Markdown, LaTeX, BibTeX, MEDLINE, RIS, JATS and PubMed XML, notebooks. Markup, code and citation keys are not tagged.',
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
    .option('-m, --model <folder>', 'Another model.', path.join(packageFolder, 'models', 'tagger'))
    .option('--force', 'Replace brat files that exist.', false)
    .option('-q, --quiet', 'No progress bar and no warnings.', false)
    .addHelpText('after', tagHelp)
    .action(async (files: string[], options: TagCommandOptions, command: Command) => {
      setExitCode(await runTag(files, options, command));
    });
  for (const option of engineOptions()) command.addOption(option);
}

const tagHelp = `
Formats:
  jsonl     One line a document: {"document", "entities": [{"start", "end", "text", "type", "probability"}]};
            "name" where what a reader sees differs from the text.
  tsv       One row a mention, with a header.
  pubtator  Title, abstract and mentions of each publication.
  bioc      A BioC collection in JSON, one document a publication.
  brat      NAME.txt and NAME.ann for each document in the folder of --output.
  Offsets of jsonl and tsv count UTF-16 code units of the file's text, without its byte order mark. The others count
  Unicode characters: of the file's text in brat, of the prose that they carry in pubtator and bioc.

Examples:
  biobert tag abstract.txt
  biobert tag --format tsv --types Gene,Variant --output genes.tsv *.nbib
  biobert tag --recursive --format brat --output annotated papers/
  zcat pubmed.xml.gz | biobert tag --language xml - | jq .entities
${engineHelp}
Exit codes: 0 done; 1 some documents failed, the others were written; 2 wrong use; 130 interrupted.`;

function readVersion(): string {
  const json: unknown = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
  const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
