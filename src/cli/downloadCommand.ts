import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { type Command, Option } from 'commander';
import { heads, type Head } from '../core/checkpointHead';
import type { Precision } from '../convert/linearLayers';
import { convertCheckpoint } from '../runtime/checkpoints/convert';
import { downloadModel } from '../runtime/hub/download';
import { type HubModel, listModel } from '../runtime/hub/hubListing';
import { defaultEndpoint } from '../runtime/hub/hubRequest';
import { exitCodes } from './exitCodes';
import { withInterrupt } from './interrupt';
import { createProgress } from './progress';
import { proxiedFetch } from './proxy';
import type { SetExitCode } from './runProgram';

interface DownloadCommandOptions {
  readonly output: string;
  readonly revision?: string;
  readonly precision: Precision;
  readonly task?: Head;
  readonly endpoint: string;
  readonly cache?: string;
  readonly quiet: boolean;
}

export function addDownloadCommand(program: Command, setExitCode: SetExitCode): void {
  program
    .command('download')
    .summary('Download a checkpoint from a model hub and make a model folder of it.')
    .description(
      'Downloads the checkpoint of a BERT or DistilBERT from a hub with the interface of Hugging Face, checks its sums, and makes a model folder of it.',
    )
    .argument('<repository>', 'OWNER/NAME, as on the page of the model.')
    .requiredOption('-o, --output <folder>', 'The folder to make.')
    .option('--revision <name>', 'A branch, tag or commit.')
    .addOption(
      new Option('--precision <precision>', 'Of the weights.').choices(['fp32', 'int8']).default('fp32'),
    )
    .addOption(new Option('--task <task>', 'What the last layer does.').choices(heads))
    .addOption(new Option('--endpoint <url>', 'The hub.').env('HF_ENDPOINT').default(defaultEndpoint))
    .option('--cache <folder>', 'Where what has arrived is kept for another attempt. (default: nowhere)')
    .option('-q, --quiet', 'No progress bar.', false)
    .addHelpText(
      'after',
      '\nA token for models that are not open to everybody is read from HF_TOKEN, a proxy from HTTPS_PROXY and NO_PROXY.',
    )
    .action(async (repository: string, options: DownloadCommandOptions) => {
      setExitCode(await runDownload(repository, options));
    });
}

function runDownload(repository: string, options: DownloadCommandOptions): Promise<number> {
  return withInterrupt(async ({ signal }) => {
    const scratch =
      options.cache === undefined ? await mkdtemp(path.join(tmpdir(), 'biobert-hub-')) : undefined;
    try {
      const { endpoint, revision, output, precision, task: head } = options;
      const ask = await proxiedFetch(process.env);
      const hub = { endpoint, token: process.env['HF_TOKEN'], signal, fetch: ask };
      const model = await listModel(repository, { ...hub, revision });
      if (!options.quiet) process.stdout.write(describe(model));
      const folder = path.join(scratch ?? options.cache ?? '', model.commit);
      await withBar('Downloading', options.quiet, (onShare) =>
        downloadModel(model, { ...hub, folder, onProgress: (bytes, total) => onShare(bytes / total) }),
      );
      const name = path.basename(repository);
      await withBar('Converting', options.quiet, (onProgress) =>
        convertCheckpoint({ source: folder, output, precision, head, name, signal, onProgress }),
      );
      return exitCodes.ok;
    } finally {
      if (scratch !== undefined) await rm(scratch, { recursive: true, force: true });
    }
  });
}

function describe({ repository, commit, license, files }: HubModel): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const terms = license === '' ? 'licence unknown' : license;
  return `${repository} ${commit.slice(0, 12)}: ${(bytes / 1e6).toFixed(1)} MB, ${terms}\n`;
}

async function withBar(
  verb: string,
  quiet: boolean,
  work: (onShare: (share: number) => void) => Promise<unknown>,
): Promise<void> {
  const isShown = process.stderr.isTTY && !quiet;
  const progress = createProgress({ documents: 1, isShown, stream: process.stderr, verb });
  try {
    await work((share) => progress.update(share));
  } finally {
    progress.stop();
  }
}
