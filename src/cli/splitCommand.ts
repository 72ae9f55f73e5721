import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Command } from 'commander';
import { BioBertError, errorCodes, throwIfCancelled } from '../core/errors';
import { errorCode } from '../runtime/files/errorCode';
import { replaceWhole } from '../runtime/files/wholeFile';
import { exitCodes } from './exitCodes';
import { damagedGzip, nameInGzip } from '../runtime/documents/gzip';
import { fileError } from '../runtime/documents/fileErrors';
import { maxBytes } from '../runtime/documents/readFile';
import { withInterrupt } from './interrupt';
import { readCount } from './options';
import { errorLine } from './report';
import type { SetExitCode } from './runProgram';

interface SplitCommandOptions {
  readonly output: string;
  readonly records: number;
  readonly quiet: boolean;
}

/** Adds the command `biobert split`. */
export function addSplitCommand(program: Command, setExitCode: SetExitCode): void {
  program
    .command('split')
    .summary('Cut large files of PubMed into files that other commands read.')
    .description(
      'Cuts files of PubMed in XML, such as those of the yearly baseline, into files with a number of records each. Files that end with .gz are decompressed. Memory does not grow with their size.',
    )
    .argument('<files...>', 'Files in PubMed XML: pubmed25n0001.xml.gz …')
    .requiredOption('-o, --output <folder>', 'The folder of the new files, which is made if it is missing.')
    .option('--records <number>', 'Records in each new file, 1 to 1000.', readCount, 100)
    .option('-q, --quiet', 'No summary.', false)
    .addHelpText('after', help)
    .action(async (files: string[], options: SplitCommandOptions) => {
      setExitCode(await withInterrupt(({ signal }) => runSplit(files, options, signal)));
    });
}

const help = `
The new files are named after the old one: pubmed25n0001-00001.xml. The same file gives the same new files. A run that was
stopped is run again as a whole, which takes seconds for each file.

Examples:
  biobert split baseline/*.xml.gz --output papers/
  biobert index papers/ --output papers.jsonl

Exit codes: 0 done; 1 a file could not be cut; 2 wrong use; 130 interrupted.`;

/** @returns the exit code. */
async function runSplit(
  files: readonly string[],
  { output, records, quiet }: SplitCommandOptions,
  signal: AbortSignal,
): Promise<number> {
  await mkdir(output, { recursive: true }).catch((error: unknown) => {
    throw fileError(error, 'write');
  });
  let exitCode: number = exitCodes.ok;
  for (const file of files) {
    try {
      const count = await splitFile(file, { folder: output, records, signal });
      if (!quiet) process.stderr.write(`biobert: ${file}: ${count.toLocaleString('en')} records.\n`);
    } catch (error) {
      throwIfCancelled(signal);
      process.stderr.write(errorLine(error, file));
      exitCode = exitCodes.failed;
    }
  }
  return exitCode;
}

export interface SplitOptions {
  /** The folder of the new files. */
  readonly folder: string;
  /** Number of records in each of them. */
  readonly records: number;
  readonly signal: AbortSignal;
}

/**
 * Cuts a file of PubMed in XML.
 * @returns the number of records.
 * @throws {BioBertError} DOCUMENT_UNREADABLE, DOCUMENT_TOO_LARGE, OUTPUT_UNWRITABLE. {@link CancelledError} after the
 *   signal aborts.
 */
export async function splitFile(file: string, { folder, records, signal }: SplitOptions): Promise<number> {
  const name = path.parse(nameInGzip(file)).name;
  let part: string[] = [];
  let count = 0;
  const write = async () => {
    const number = String(Math.ceil(count / records)).padStart(5, '0');
    const text = `${lead}${part.join('\n')}\n</PubmedArticleSet>\n`;
    part = [];
    await replaceWhole(path.join(folder, `${name}-${number}.xml`), text).catch((error: unknown) => {
      throw fileError(error, 'write');
    });
  };
  for await (const record of recordsIn(textOf(file, signal))) {
    part.push(record);
    count += 1;
    if (part.length === records) await write();
  }
  if (part.length > 0) await write();
  if (count > 0) return count;
  throw new BioBertError(
    errorCodes.DOCUMENT_FORMAT_UNKNOWN,
    'It has no records of PubMed in XML.',
    'Name files such as pubmed25n0001.xml.gz.',
  );
}

const lead = '<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n';

/** The text of a file, in pieces. @throws {BioBertError} DOCUMENT_UNREADABLE. {@link CancelledError} after the signal aborts. */
async function* textOf(file: string, signal: AbortSignal): AsyncGenerator<string> {
  const content: NodeJS.ReadWriteStream & Readable =
    nameInGzip(file) === file ? new PassThrough() : createGunzip();
  // The error of either stream ends the loop, which throws it.
  const feeding = pipeline(createReadStream(file), content, { signal }).catch((error: unknown) => error);
  const decoder = new TextDecoder();
  try {
    for await (const bytes of content) yield decoder.decode(bytes as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throwIfCancelled(signal);
    const first = (await feeding) ?? error;
    throw errorCode(first)?.startsWith('Z_') === true ? damagedGzip(first) : fileError(first, 'read');
  }
}

/** The elements `PubmedArticle` of a text that comes in pieces. */
async function* recordsIn(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  const end = '</PubmedArticle>';
  let text = '';
  let searched = 0;
  for await (const piece of pieces) {
    text += piece;
    for (let at = text.indexOf(end, searched); at >= 0; at = text.indexOf(end, searched)) {
      const start = /<PubmedArticle[\s>]/u.exec(text)?.index ?? 0;
      yield text.slice(start, at + end.length);
      text = text.slice(at + end.length);
      searched = 0;
    }
    searched = Math.max(0, text.length - end.length);
    if (text.length > maxBytes) throw tooLong();
  }
}

function tooLong(): BioBertError {
  return new BioBertError(
    errorCodes.DOCUMENT_TOO_LARGE,
    `It has no record of PubMed within ${maxBytes / (1 << 20)} MB.`,
    'Name files such as pubmed25n0001.xml.gz.',
  );
}
