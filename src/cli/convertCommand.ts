import * as path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { heads, type Head, supportedArchitectures } from '../core/checkpointHead';
import type { Precision } from '../convert/linearLayers';
import { convertCheckpoint, type Converted } from '../runtime/checkpoints/convert';
import { exitCodes } from './exitCodes';
import { withInterrupt } from './interrupt';
import { createProgress } from './progress';
import type { SetExitCode } from './runProgram';

interface ConvertCommandOptions {
  readonly output: string;
  readonly precision: Precision;
  readonly task?: Head;
  readonly labels?: readonly string[];
  readonly name?: string;
  readonly quiet: boolean;
}

export function addConvertCommand(program: Command, setExitCode: SetExitCode): void {
  program
    .command('convert')
    .summary('Make a model folder of a checkpoint.')
    .description(
      `Makes a model folder for BioBERT of a checkpoint that others trained: model.safetensors, pytorch_model.bin, or a TensorFlow checkpoint of the original release. Supported are ${supportedArchitectures}.`,
    )
    .argument('<source>', 'A folder, the file with the weights, or an archive (.tar.gz, .zip).')
    .requiredOption('-o, --output <folder>', 'The folder to make.')
    .addOption(
      new Option('--precision <precision>', 'Of the weights.').choices(['fp32', 'int8']).default('fp32'),
    )
    .addOption(
      new Option('--task <task>', 'What the last layer does. (default: as the checkpoint says)').choices(
        heads,
      ),
    )
    .option('--labels <list>', 'Its labels in order, separated by commas.', readLabels)
    .option('--name <name>', 'Of the model. (default: that of the folder)')
    .option('-q, --quiet', 'No progress bar.', false)
    .addHelpText('after', help)
    .action(async (source: string, options: ConvertCommandOptions) => {
      setExitCode(await runConvert(source, options));
    });
}

const help = `
  Weights come from model.safetensors, else pytorch_model.bin, else NAME.ckpt.index; with config.json (or
  bert_config.json) and vocab.txt (or tokenizer.json) beside them. Nothing in a checkpoint is run: a pickle that does
  more than hold weights is refused.
  int8 keeps matrices in 8 bits: a quarter of the size and faster, at a small loss.

Examples:
  biobert convert biobert-v1.1/ --output models/biobert
  biobert convert biobert_v1.1_pubmed.tar.gz --output models/biobert --precision int8
  biobert convert ner/model.ckpt-8000.index --task token-classification --labels O,B-Disease,I-Disease -o models/ner
  biobert tag --model models/ner abstract.txt`;

function readLabels(value: string): readonly string[] {
  const labels = value.split(',').map((label) => label.trim());
  if (labels.every((label) => label !== '')) return labels;
  throw new InvalidArgumentError('It is a list such as O,B-Disease,I-Disease.');
}

async function runConvert(source: string, options: ConvertCommandOptions): Promise<number> {
  const progress = createProgress({
    documents: 1,
    isShown: process.stderr.isTTY && !options.quiet,
    stream: process.stderr,
    verb: 'Converting',
  });
  return withInterrupt(async ({ signal }) => {
    try {
      const { output, precision, task: head, labels, name } = options;
      const onProgress = (share: number) => progress.update(share);
      const request = { source, output, precision, head, labels, name, signal, onProgress };
      const converted = await convertCheckpoint(request);
      progress.stop();
      if (!options.quiet) process.stdout.write(summary(converted));
      for (const warning of converted.warnings) process.stderr.write(`biobert: ${warning}\n`);
      return exitCodes.ok;
    } finally {
      progress.stop();
    }
  });
}

function summary({ folder, architecture, head, labels, precision, bytes }: Converted): string {
  const { family, layers, hidden } = architecture;
  const named = labels.length > 0 && labels.length <= 20 ? ` (${labels.join(', ')})` : '';
  return (
    `${path.relative('.', folder) || folder}: ${family}, ${layers} layers of ${hidden}, ${head}${named}, ` +
    `${precision}, ${(bytes / 1e6).toFixed(0)} MB\n`
  );
}
