import { InvalidArgumentError, Option } from 'commander';
import { defaultMinProbability } from '../core/entities/threshold';
import { allTypes, defaultTypes } from '../core/entities/entityTypes';
import { formatLanguages } from '../core/documents/format';
import { isEncoding } from '../core/text/decodeBytes';

/** Language ids for the formats that have a parser. */
export const languages = ['auto', ...formatLanguages];

export function readProbability(value: string): number {
  const probability = value.trim() === '' ? NaN : Number(value);
  if (probability >= 0 && probability <= 1) return probability;
  throw new InvalidArgumentError('It is a number from 0 to 1.');
}

export function readCount(value: string): number {
  const count = /^\d+$/.test(value) ? Number(value) : 0;
  if (count >= 1 && count <= 1000) return count;
  throw new InvalidArgumentError('It is a whole number from 1 to 1000.');
}

export function readTypes(value: string): readonly string[] {
  const types = value.split(',').map((type) => type.trim());
  if (types.every((type) => type !== '')) return types;
  throw new InvalidArgumentError('It is a list such as Gene,Disease.');
}

/** The entity types option of every command that tags. @param flags For example `-t, --types <list>`. */
export function entityTypesOption(flags: string): Option {
  return new Option(flags, `Only entities of these types, separated by commas; ${allTypes} for every type.`)
    .argParser(readTypes)
    .default(undefined, `${defaultTypes.join(',')}; of another model ${allTypes}`);
}

export function readEncoding(value: string): string {
  if (isEncoding(value)) return value;
  throw new InvalidArgumentError('It is a name such as utf-8, windows-1252 or gb18030.');
}

/** The option `--min-probability` of commands that write mentions. */
export function mentionThresholdOption(): Option {
  return new Option('-p, --min-probability <number>', 'Leave out less probable mentions.')
    .argParser(readProbability)
    .default(defaultMinProbability);
}

/** The option `--language` of commands that read documents. */
export function languageOption(): Option {
  return new Option('-l, --language <id>', 'What the documents are written in.')
    .choices(languages)
    .default('auto', 'by file name and beginning');
}

/** The option `--encoding` of commands that read documents. */
export function encodingOption(): Option {
  return new Option('--encoding <name>', 'Of files without a byte order mark.')
    .argParser(readEncoding)
    .default(undefined, 'utf-8');
}

/** The option `--take-over` of commands that write a file under a lock. */
export function takeOverOption(): Option {
  return new Option(
    '--take-over',
    'Take over the lock of a run on another machine, which must have ended.',
  ).default(false);
}
