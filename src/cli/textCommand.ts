import type { Command } from 'commander';
import { type DocumentOptions, readSource } from './documents';
import { exitCodes } from './exitCodes';
import { withInterrupt } from './interrupt';
import { encodingOption } from './options';
import { createProgress } from './progress';
import { errorLine } from './report';
import type { SetExitCode } from './runProgram';
import { type Sink, StreamSink } from './sink';

type TextCommandOptions = Pick<DocumentOptions, 'encoding' | 'output' | 'quiet'>;

/** Adds the command `biobert text`. */
export function addTextCommand(program: Command, setExitCode: SetExitCode): void {
  program
    .command('text')
    .summary('Print the text that is read of a PDF, Word or Excel file.')
    .description(
      'Prints the text of a document as the other commands read it. Of a PDF, Word or Excel file it is extracted; the offsets that they write count in this text.',
    )
    .argument('<file>', 'A document; - is standard input.')
    .option('-o, --output <path>', 'File to write, in UTF-8. (default: standard output)')
    .addOption(encodingOption())
    .option('-q, --quiet', 'No warnings.', false)
    .addHelpText('after', help)
    .action(async (file: string, options: TextCommandOptions) => {
      setExitCode(await runText(file, options));
    });
}

const help = `
  PDF    Paragraphs in reading order, a blank line between two. A line [Page 3] stands where a page begins. Running heads
         and page numbers are left out, words broken at line ends are joined.
  Word   Paragraphs, with inserted and without deleted revisions; comments are left out.
  Excel  The sheets with a column of titles, as CSV.
  A line that begins with # is a heading, one with " | " a row of a table, and one with > is about the authors and is not
  tagged; nor are the references, acknowledgements and funding.

Examples:
  biobert text paper.pdf | less
  biobert tag paper.pdf | jq -r '.entities[] | [.page, .start, .text] | @tsv'`;

async function runText(file: string, options: TextCommandOptions): Promise<number> {
  const progress = createProgress({ documents: 1, isShown: false, stream: process.stderr });
  return withInterrupt(async ({ signal }) => {
    const sink: Sink<string> = new StreamSink(
      { start: () => '', document: (text) => text, end: () => '' },
      options.output,
    );
    try {
      const { source, warn } = await readSource(file, { ...options, language: 'auto' }, { signal, progress });
      await sink.open();
      await sink.write(source.text);
      await sink.close();
      warn();
      return exitCodes.ok;
    } catch (error) {
      if (signal.aborted) throw error;
      process.stderr.write(errorLine(error, file));
      return exitCodes.failed;
    }
  });
}
