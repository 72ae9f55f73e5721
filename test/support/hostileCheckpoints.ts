/** Checkpoints that are damaged or made to do harm, each with how converting it must end. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type ErrorCode, errorCodes } from '../../src/core/errors';
import { operation, pickle, text } from './pickles';

export interface HostileCheckpoint {
  readonly what: string;
  /** Code of the error with which it is refused. Undefined: it is accepted, and its model is right. */
  readonly code: ErrorCode | undefined;
  /** Writes it into an empty folder. */
  readonly write: (place: HostilePlace) => void;
}

export interface HostilePlace {
  readonly folder: string;
  /** A sound checkpoint of a tiny tagger, `test/fixtures/checkpoints/tagger`. */
  readonly fixture: string;
  /** Chooses the tensor or the place. @returns numbers in [0, 1). */
  readonly random: () => number;
}

interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

type Header = Record<string, Entry>;

/** The header and the numbers of the fixture. */
function readFixture({ fixture }: HostilePlace): { header: Header; data: Buffer } {
  const bytes = fs.readFileSync(path.join(fixture, 'model.safetensors'));
  const end = 8 + Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.subarray(8, end).toString('utf8')) as Header;
  Reflect.deleteProperty(header, '__metadata__');
  return { header, data: Buffer.from(bytes.subarray(end)) };
}

function writeSafetensors(folder: string, header: Header | string, data: Buffer): void {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  fs.writeFileSync(path.join(folder, 'model.safetensors'), Buffer.concat([length, json, data]));
}

/** Copies the fixture, and its weights if they are not replaced. */
function copyFixture({ fixture, folder }: HostilePlace, names = ['config.json', 'vocab.txt']): void {
  for (const name of names) fs.copyFileSync(path.join(fixture, name), path.join(folder, name));
}

/** A tensor that is a part of every model, so that it is read. */
function pick(header: Header, random: () => number): [string, Entry] {
  const used = Object.entries(header).filter(([name]) => /encoder|word_embeddings|classifier/u.test(name));
  const chosen = used[Math.floor(random() * used.length)];
  if (!chosen) throw new Error('The fixture has no tensors.');
  return chosen;
}

/** Changes the header or the numbers of the fixture. */
function changed(
  change: (parts: { header: Header; data: Buffer }, random: () => number) => Header | string | undefined,
): HostileCheckpoint['write'] {
  return (place) => {
    copyFixture(place);
    const parts = readFixture(place);
    writeSafetensors(place.folder, change(parts, place.random) ?? parts.header, parts.data);
  };
}

/** Writes numbers over one element of a tensor. */
const withNumber = (number: number) =>
  changed(({ header, data }, random) => {
    const [, { data_offsets: at }] = pick(header, random);
    const elements = (at[1] - at[0]) / 4;
    data.writeFloatLE(number, at[0] + 4 * Math.floor(random() * elements));
    return undefined;
  });

/** Replaces the vocabulary by a tokenizer.json in which one token has this id. */
const withId = (id: unknown): HostileCheckpoint['write'] => {
  return (place) => {
    const { folder, fixture, random } = place;
    copyFixture(place, ['config.json', 'model.safetensors']);
    const tokens = fs.readFileSync(path.join(fixture, 'vocab.txt'), 'utf8').trimEnd().split('\n');
    const changedAt = Math.floor(random() * tokens.length);
    const vocab = Object.fromEntries(tokens.map((token, line) => [token, line === changedAt ? id : line]));
    const json = { model: { type: 'WordPiece', vocab } };
    fs.writeFileSync(path.join(folder, 'tokenizer.json'), JSON.stringify(json));
  };
};

const withPickle = (bytes: () => Buffer): HostileCheckpoint['write'] => {
  return (place) => {
    copyFixture(place);
    fs.writeFileSync(path.join(place.folder, 'pytorch_model.bin'), bytes());
  };
};

/** A list of two references to a list of two references …: as a text it would have 2^64 characters. */
function bombAsName(): Buffer {
  const put = (index: number) => operation(`q${String.fromCharCode(index)}`);
  const get = (index: number) => operation(`h${String.fromCharCode(index)}`);
  const lists = [operation(']'), put(0)];
  for (let level = 1; level < 64; level += 1) {
    lists.push(operation(']('), get(level - 1), get(level - 1), operation('e'), put(level));
  }
  return pickle(Buffer.concat([...lists, text('name'), operation('\u0093')]));
}

const megabyte = 1 << 20;

export const hostileCheckpoints: readonly HostileCheckpoint[] = [
  {
    what: 'tensors at the same place',
    code: errorCodes.CHECKPOINT_DAMAGED,
    write: changed(({ header }, random) => {
      const [name, entry] = pick(header, random);
      const [begin, end] = entry.data_offsets;
      // One number of a neighbour becomes one of this tensor.
      const moved = begin === 0 ? 4 : -4;
      return { ...header, [name]: { ...entry, data_offsets: [begin + moved, end + moved] } };
    }),
  },
  {
    what: 'a name twice in the header',
    code: errorCodes.CHECKPOINT_DAMAGED,
    write: changed(({ header }, random) => {
      const [name, entry] = pick(header, random);
      const escaped = JSON.stringify(name).replace('e', String.raw`\u0065`);
      return `{${escaped}:${JSON.stringify(entry)},${JSON.stringify(header).slice(1)}`;
    }),
  },
  {
    what: 'two shapes of one tensor',
    code: errorCodes.CHECKPOINT_DAMAGED,
    write: changed(({ header }, random) => {
      const [name] = pick(header, random);
      const key = `${JSON.stringify(name)}:{`;
      return JSON.stringify(header).replace(key, `${key}"shape":[1],`);
    }),
  },
  { what: 'a weight that is NaN', code: errorCodes.CHECKPOINT_DAMAGED, write: withNumber(NaN) },
  { what: 'an infinite weight', code: errorCodes.CHECKPOINT_DAMAGED, write: withNumber(-Infinity) },
  {
    what: 'two tensors with one meaning',
    code: errorCodes.CHECKPOINT_UNSUPPORTED,
    write: changed((parts, random) => {
      const [name, entry] = pick(parts.header, random);
      const { length } = parts.data;
      const bytes = entry.data_offsets[1] - entry.data_offsets[0];
      parts.data = Buffer.concat([parts.data, Buffer.alloc(bytes)]);
      return { ...parts.header, [`module.${name}`]: { ...entry, data_offsets: [length, length + bytes] } };
    }),
  },
  {
    what: 'a header of 99 MB',
    code: errorCodes.CHECKPOINT_DAMAGED,
    write: (place) => {
      copyFixture(place);
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(99_000_000n);
      const file = path.join(place.folder, 'model.safetensors');
      fs.writeFileSync(file, length);
      // The rest is a hole, which takes no space on most disks.
      fs.truncateSync(file, 120_000_000);
    },
  },
  {
    what: 'a hundred thousand further tensors',
    code: undefined,
    write: changed(({ header }) => {
      const empty = { dtype: 'F32', shape: [0], data_offsets: [0, 0] as [number, number] };
      const further = Array.from({ length: 100_000 }, (_, i) => [`x${i}`, empty] as const);
      return { ...header, ...Object.fromEntries(further) };
    }),
  },
  {
    what: 'millions of empty lists',
    code: errorCodes.CHECKPOINT_UNSAFE,
    write: withPickle(() => pickle(Buffer.alloc(7 * megabyte, ']'))),
  },
  {
    what: 'millions of empty dicts',
    code: errorCodes.CHECKPOINT_UNSAFE,
    write: withPickle(() => pickle(Buffer.alloc(7 * megabyte, '}'))),
  },
  {
    what: 'a name that grows exponentially',
    code: errorCodes.CHECKPOINT_DAMAGED,
    write: withPickle(bombAsName),
  },
  {
    what: 'a vocabulary of six million lines',
    code: errorCodes.MODEL_VOCABULARY_MISMATCH,
    write: (place) => {
      copyFixture(place, ['config.json', 'model.safetensors']);
      fs.writeFileSync(path.join(place.folder, 'vocab.txt'), 'a\n'.repeat(6_000_000));
    },
  },
  {
    what: 'a vocabulary of 80 MB',
    code: errorCodes.CHECKPOINT_DAMAGED,
    write: (place) => {
      copyFixture(place, ['config.json', 'vocab.txt', 'model.safetensors']);
      fs.truncateSync(path.join(place.folder, 'vocab.txt'), 80 * megabyte);
    },
  },
  ...[-1, 1.5, 1e300, '7', null].map((id) => ({
    what: `the token id ${JSON.stringify(id)}`,
    code: errorCodes.MODEL_FILE_DAMAGED,
    write: withId(id),
  })),
  {
    what: 'labels that are keys of every object',
    code: undefined,
    write: (place) => {
      copyFixture(place, ['config.json', 'model.safetensors', 'vocab.txt']);
      const file = path.join(place.folder, 'config.json');
      const config = JSON.parse(fs.readFileSync(file, 'utf8')) as object;
      const labels = ['O', 'B-__proto__', 'I-__proto__', 'B-constructor', 'I-constructor'];
      const id2label = Object.fromEntries(labels.map((label, id) => [id, label]));
      fs.writeFileSync(file, JSON.stringify({ ...config, id2label }));
    },
  },
];
