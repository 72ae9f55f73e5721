import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import { fromBinary } from '@bufbuild/protobuf';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ModelProtoSchema } from '../../../../src/convert/proto/onnx_pb';
import { CancelledError, errorCodes } from '../../../../src/core/errors';
import { convertCheckpoint, type ConvertOptions } from '../../../../src/runtime/checkpoints/convert';
import { readTaggerFolder } from '../../../../src/runtime/modelFolders/taggerFolder';
import { call, dict, global, pickle, text } from '../../../support/pickles';
import { writeZip } from '../../../support/zipWriter';

/** One tagger, saved by PyTorch, safetensors and TensorFlow. */
const fixture = path.resolve(import.meta.dirname, '../../../fixtures/checkpoints/tagger');
const weights = ['model.safetensors', 'pytorch_model.bin', 'legacy.bin', 'transposed.bin'];

let scratch = '';
beforeEach(() => (scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-convert-'))));
afterEach(() => fs.rmSync(scratch, { recursive: true, force: true }));

const at = (...names: string[]) => path.join(scratch, ...names);
const convert = (source: string, options: Partial<ConvertOptions> = {}) =>
  convertCheckpoint({ source, output: at('output'), precision: 'fp32', ...options });

/** Copies the fixture with only one file of weights, which a test may change. */
function copyWith(name: string, change: (bytes: Buffer) => Buffer = (bytes) => bytes): string {
  const folder = at('source');
  fs.mkdirSync(folder);
  for (const file of ['config.json', 'vocab.txt'])
    fs.copyFileSync(path.join(fixture, file), at('source', file));
  const target = at('source', name === 'legacy.bin' ? 'pytorch_model.bin' : name);
  fs.writeFileSync(target, change(fs.readFileSync(path.join(fixture, name))));
  return folder;
}

function changeConfig(change: Readonly<Record<string, unknown>>): string {
  const folder = copyWith('model.safetensors');
  const config = JSON.parse(fs.readFileSync(at('source', 'config.json'), 'utf8')) as object;
  fs.writeFileSync(at('source', 'config.json'), JSON.stringify({ ...config, ...change }));
  return folder;
}

async function refused(source: string, code: string, options: Partial<ConvertOptions> = {}): Promise<void> {
  await expect(convert(source, options)).rejects.toMatchObject({ code });
  expect(fs.readdirSync(scratch).filter((name) => name.startsWith('output'))).toEqual([]);
}

describe('convertCheckpoint', () => {
  it.each(weights)('writes a model folder that can be read: %s', async (name) => {
    const converted = await convert(path.join(fixture, name));
    expect(converted).toMatchObject({ head: 'token-classification', precision: 'fp32' });
    const { config, info } = await readTaggerFolder(at('output'));
    expect(config.labels).toEqual(['O', 'B-Gene', 'I-Gene', 'B-Disease', 'I-Disease']);
    expect(info).toMatchObject({ name: 'output', types: ['Gene', 'Disease'] });
  });

  it('gives the same weights for every library that saved the checkpoint', async () => {
    const labels = ['O', 'B-Gene', 'I-Gene', 'B-Disease', 'I-Disease'];
    const head = 'token-classification' as const;
    const sources = [...weights, 'model.ckpt-1000', 'model.ckpt-1000.index', 'original.tar.gz'];
    const hashes = new Set<string>();
    for (const [place, name] of sources.entries()) {
      const output = at(`output-${place}`);
      await convert(path.join(fixture, name), { output, labels, head });
      hashes.add(fs.readFileSync(path.join(output, 'model.onnx.data')).toString('hex'));
    }
    expect(hashes.size).toBe(1);
  });

  it('writes an ONNX graph whose weights are within its data file', async () => {
    await convert(fixture, { precision: 'int8' });
    const { size } = fs.statSync(at('output', 'model.onnx.data'));
    const { graph } = fromBinary(ModelProtoSchema, fs.readFileSync(at('output', 'model.onnx')));
    const external = graph?.initializer.filter(({ externalData }) => externalData.length > 0) ?? [];
    expect(external.length).toBeGreaterThan(20);
    for (const { externalData } of external) {
      const place = Object.fromEntries(externalData.map(({ key, value }) => [key, value]));
      expect(place['location']).toBe('model.onnx.data');
      expect(Number(place['offset']) + Number(place['length'])).toBeLessThanOrEqual(size);
    }
  });

  it('takes the letter case from the vocabulary without a tokenizer_config.json', async () => {
    await convert(path.join(fixture, 'original.tar.gz'), { head: 'token-classification' });
    const settings = fs.readFileSync(at('output', 'tokenizer_config.json'), 'utf8');
    expect(JSON.parse(settings)).toMatchObject({ do_lower_case: true });
  });

  it('never replaces an existing folder', async () => {
    fs.mkdirSync(at('output'));
    await expect(convert(fixture)).rejects.toMatchObject({ code: errorCodes.OUTPUT_UNWRITABLE });
    expect(fs.readdirSync(at('output'))).toEqual([]);
  });

  it('leaves no files when it is cancelled', async () => {
    const controller = new AbortController();
    const onProgress = (share: number) => {
      if (share > 0.5) controller.abort();
    };
    await expect(convert(fixture, { signal: controller.signal, onProgress })).rejects.toThrow(CancelledError);
    expect(fs.readdirSync(scratch)).toEqual([]);
  });
});

describe('convertCheckpoint on an incomplete or inconsistent checkpoint', () => {
  it.each([
    ['another width', { hidden_size: 16 }, errorCodes.CHECKPOINT_SHAPE_MISMATCH],
    ['more words', { vocab_size: 16 }, errorCodes.CHECKPOINT_SHAPE_MISMATCH],
    ['more layers', { num_hidden_layers: 3 }, errorCodes.CHECKPOINT_UNSUPPORTED],
    ['fewer labels', { id2label: { 0: 'O', 1: 'B-Gene' } }, errorCodes.CHECKPOINT_SHAPE_MISMATCH],
    ['another head', { architectures: ['BertForQuestionAnswering'] }, errorCodes.CHECKPOINT_UNSUPPORTED],
    ['another architecture', { model_type: 'roberta' }, errorCodes.CHECKPOINT_UNSUPPORTED],
  ])('refuses a config.json with %s', async (_what, change, code) => {
    await refused(changeConfig(change), code);
  });

  it.each([
    ['vocabulary', 'vocab.txt'],
    ['configuration', 'config.json'],
    ['weights', 'model.safetensors'],
  ])('refuses a checkpoint without its %s', async (_what, name) => {
    const folder = copyWith('model.safetensors');
    fs.rmSync(path.join(folder, name));
    await refused(folder, errorCodes.CHECKPOINT_NOT_FOUND);
  });

  it('refuses a path that does not exist', async () => {
    await refused(at('nothing'), errorCodes.CHECKPOINT_NOT_FOUND);
    await refused(at('nothing.tar.gz'), errorCodes.CHECKPOINT_NOT_FOUND);
  });

  it.each([...weights.slice(0, 3)])('refuses a truncated %s', async (name) => {
    for (const part of [0.001, 0.3, 0.5, 0.9, 0.99]) {
      const folder = copyWith(name, (bytes) => bytes.subarray(0, Math.floor(bytes.length * part)));
      await refused(folder, errorCodes.CHECKPOINT_DAMAGED);
      fs.rmSync(folder, { recursive: true });
    }
  });

  it.each(['pytorch_model.bin', 'model.ckpt-1000.data-00000-of-00001'])(
    'refuses %s with a flipped bit, by its checksum',
    async (name) => {
      const flip = (bytes: Buffer) => {
        const middle = bytes.length >> 1;
        bytes[middle] = (bytes[middle] ?? 0) ^ 64;
        return bytes;
      };
      const folder = copyWith(name, flip);
      if (name.includes('ckpt')) {
        fs.copyFileSync(path.join(fixture, 'model.ckpt-1000.index'), at('source', 'model.ckpt-1000.index'));
      }
      await refused(folder, errorCodes.CHECKPOINT_DAMAGED);
    },
  );

  it.each([NaN, Infinity, -Infinity])('refuses weights with the number %d', async (number) => {
    const folder = copyWith('model.safetensors', (bytes) => {
      bytes.writeFloatLE(number, bytes.length - 4);
      return bytes;
    });
    await refused(folder, errorCodes.CHECKPOINT_DAMAGED);
  });

  it('refuses an archive whose entry lies outside the file', async () => {
    const folder = copyWith('pytorch_model.bin', (bytes) => {
      // The size of a storage in the directory at the end of the archive.
      const entry = bytes.lastIndexOf('PK\u0001\u0002', bytes.lastIndexOf('/data/0'), 'latin1');
      bytes.writeUInt32LE(80_000, entry + 20);
      bytes.writeUInt32LE(80_000, entry + 24);
      return bytes;
    });
    await refused(folder, errorCodes.CHECKPOINT_DAMAGED);
  });

  it('refuses a vocabulary of more lines than the model has rows', async () => {
    const folder = copyWith('model.safetensors');
    fs.appendFileSync(at('source', 'vocab.txt'), 'word\n'.repeat(1000));
    await refused(folder, errorCodes.MODEL_VOCABULARY_MISMATCH);
  });

  it('warns of a vocabulary that has a token twice', async () => {
    const folder = copyWith('model.safetensors');
    const tokens = fs.readFileSync(at('source', 'vocab.txt'), 'utf8').trimEnd().split('\n');
    const doubled = [...tokens.slice(0, -1), tokens.at(-2)].join('\n');
    fs.writeFileSync(at('source', 'vocab.txt'), doubled);
    const { warnings } = await convert(folder);
    expect(warnings).toEqual([expect.stringContaining('1 tokens twice')]);
  });

  it('refuses a pointer of Git LFS, and says so', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 433000000\n';
    const folder = copyWith('model.safetensors', () => Buffer.from(pointer));
    await expect(convert(folder)).rejects.toThrow(/Git LFS/);
  });

  it('refuses an index that names files outside the folder', async () => {
    const folder = copyWith('model.safetensors');
    fs.rmSync(path.join(folder, 'model.safetensors'));
    const map = { weight_map: { weight: '../../secret.safetensors' } };
    fs.writeFileSync(path.join(folder, 'model.safetensors.index.json'), JSON.stringify(map));
    await refused(folder, errorCodes.CHECKPOINT_DAMAGED);
  });
});

/** An entry without content has only a header. */
type TarEntry = readonly [
  header: Parameters<ReturnType<typeof pack>['entry']>[0],
  content: Buffer | undefined,
];

async function tarBytes(entries: readonly TarEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const [header, content] of entries) {
    if (content) archive.entry(header, content);
    else archive.entry(header);
  }
  if (entries.every(([, content]) => content)) archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    if (entries.some(([, content]) => !content)) break;
  }
  return Buffer.concat(chunks);
}

async function tarGz(entries: readonly TarEntry[]): Promise<string> {
  const file = at('hostile.tar.gz');
  fs.writeFileSync(file, gzipSync(await tarBytes(entries)));
  return file;
}

describe('convertCheckpoint on a hostile checkpoint', () => {
  it.each([
    '../../escaped/vocab.txt',
    '/tmp/vocab.txt',
    'a/../../vocab.txt',
    'C:\\vocab.txt',
    '..\\vocab.txt',
  ])('refuses a file %s in the archive', async (name) => {
    await refused(await tarGz([[{ name }, Buffer.from('harm')]]), errorCodes.CHECKPOINT_UNSAFE);
  });

  it.each(['symlink', 'link'] as const)('refuses a %s in the archive', async (type) => {
    const entry: TarEntry = [{ name: 'vocab.txt', type, linkname: '/etc/passwd' }, Buffer.alloc(0)];
    await refused(await tarGz([entry]), errorCodes.CHECKPOINT_UNSAFE);
  });

  it('refuses a decompression bomb before it fills the disk', async () => {
    const size = 160 << 20;
    const head = (await tarBytes([[{ name: 'model.ckpt.data-00000-of-00001', size }, undefined]])).subarray(
      0,
      512,
    );
    // The members of a gzip file unpack to one stream, so the zeros are compressed only once.
    const zeros = gzipSync(Buffer.alloc(16 << 20));
    fs.writeFileSync(at('bomb.tar.gz'), Buffer.concat([gzipSync(head), ...Array<Buffer>(11).fill(zeros)]));
    expect(fs.statSync(at('bomb.tar.gz')).size).toBeLessThan(1 << 20);
    await refused(at('bomb.tar.gz'), errorCodes.CHECKPOINT_UNSAFE);
  });

  it('refuses a ZIP bomb, whether it states its true size or not', async () => {
    const content = Buffer.alloc(96 << 20);
    const name = 'model.safetensors';
    fs.writeFileSync(at('bomb.zip'), writeZip([{ name, content, deflated: true }]));
    expect(fs.statSync(at('bomb.zip')).size).toBeLessThan(1 << 20);
    await refused(at('bomb.zip'), errorCodes.CHECKPOINT_UNSAFE);
    fs.writeFileSync(at('bomb.zip'), writeZip([{ name, content, deflated: true, saidBytes: 1000 }]));
    await refused(at('bomb.zip'), errorCodes.CHECKPOINT_DAMAGED);
  });

  it.each(['../vocab.txt', '/tmp/vocab.txt', 'a/../../vocab.txt'])(
    'refuses a file %s in the ZIP archive',
    async (name) => {
      fs.writeFileSync(at('hostile.zip'), writeZip([{ name, content: Buffer.from('harm') }]));
      await expect(convert(at('hostile.zip'))).rejects.toMatchObject({
        code: expect.stringMatching(/^BB60[23]$/u) as string,
      });
      expect(fs.existsSync(at('vocab.txt'))).toBe(false);
    },
  );

  it('refuses an archive with two checkpoints', async () => {
    const twice: TarEntry[] = [
      [{ name: 'a/vocab.txt' }, Buffer.from('a')],
      [{ name: 'b/vocab.txt' }, Buffer.from('b')],
    ];
    await refused(await tarGz(twice), errorCodes.CHECKPOINT_DAMAGED);
  });

  it('refuses a file that is not an archive, and an empty archive', async () => {
    fs.writeFileSync(at('hostile.tar.gz'), 'no archive');
    await refused(at('hostile.tar.gz'), errorCodes.CHECKPOINT_DAMAGED);
    fs.writeFileSync(at('hostile.zip'), 'no archive');
    await refused(at('hostile.zip'), errorCodes.CHECKPOINT_DAMAGED);
    fs.writeFileSync(at('empty.tar.gz'), gzipSync(Buffer.alloc(1024)));
    await refused(at('empty.tar.gz'), errorCodes.CHECKPOINT_DAMAGED);
  });

  it('refuses a pickle that calls os.system, and runs nothing', async () => {
    const harmed = at('harmed');
    const attack = pickle(dict(['weight', call(global('posix', 'system'), text(`touch ${harmed}`))]));
    // The older format, in which the state dict follows three plain pickles.
    const good = fs.readFileSync(path.join(fixture, 'legacy.bin'));
    const third = good.indexOf('.', good.indexOf('little_endian')) + 1;
    const folder = copyWith('legacy.bin', (bytes) => Buffer.concat([bytes.subarray(0, third), attack]));
    await refused(folder, errorCodes.CHECKPOINT_UNSAFE);
    expect(fs.existsSync(harmed)).toBe(false);
  });

  it('refuses a pickle in the newer format that calls os.system, and runs nothing', async () => {
    const harmed = at('harmed');
    const attack = pickle(dict(['weight', call(global('os', 'system'), text(`touch ${harmed}`))]));
    const folder = copyWith('pytorch_model.bin', () =>
      writeZip([{ name: 'archive/data.pkl', content: attack }]),
    );
    await refused(folder, errorCodes.CHECKPOINT_UNSAFE);
    expect(fs.existsSync(harmed)).toBe(false);
  });

  it('refuses compressed weights in a PyTorch archive', async () => {
    const content = Buffer.alloc(96 << 20);
    const folder = copyWith('pytorch_model.bin', () =>
      writeZip([{ name: 'archive/data.pkl', content, deflated: true }]),
    );
    await expect(convert(folder)).rejects.toMatchObject({
      code: expect.stringMatching(/^BB60[23]$/u) as string,
    });
  });

  it('refuses a header of 10 GB', async () => {
    const header = Buffer.alloc(64);
    header.writeBigUInt64LE(10_000_000_000n);
    const folder = copyWith('model.safetensors', () => header);
    await refused(folder, errorCodes.CHECKPOINT_DAMAGED);
  });
});
