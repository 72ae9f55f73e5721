import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeDone, writeDone } from '../../../src/cli/doneFile';
import { writeMergedFile } from '../../../src/cli/mergedFile';
import { MergedLines } from '../../../src/cli/mergedLines';
import { shardOf } from '../../../src/cli/shard';
import { checkShards } from '../../../src/cli/shardCheck';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-merge-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => path.join(folder, name);
const signal = new AbortController().signal;
const line = (document: string, change: Readonly<Record<string, unknown>> = {}) =>
  `${JSON.stringify({ document, stamp: 's', models: 'm', entities: [{ text: document }], ...change })}\n`;

function write(name: string, ...lines: readonly string[]): string {
  fs.writeFileSync(at(name), lines.join(''));
  return at(name);
}

async function merge(...files: readonly string[]): Promise<string> {
  const merged = await MergedLines.read(files);
  merged.checkConflicts();
  await writeMergedFile(merged.lines(), at('all.jsonl'), { signal });
  return fs.readFileSync(at('all.jsonl'), 'utf8');
}

const checked = async (files: readonly string[], options: { shards?: number; partial?: boolean } = {}) =>
  checkShards((await MergedLines.read(files)).files, { partial: false, ...options });

describe('MergedLines', () => {
  it('gives the same file for any number of shards, in any order', async () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(name, { maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        async (names, count) => {
          const lines = names.map((document) => line(document));
          const shards = Array.from({ length: count }, (_, index) =>
            write(
              `${index}.jsonl`,
              ...lines.filter((_line, at) => shardOf(names[at] ?? '', count) === index + 1),
            ),
          );
          const whole = await merge(write('whole.jsonl', ...lines));
          expect(await merge(...shards.reverse())).toBe(whole);
          expect(whole.split('\n').sort()).toEqual(lines.join('').split('\n').sort());
        },
      ),
      { numRuns: 30 },
    );
  });

  it.skipIf(process.platform === 'win32')('sorts as LC_ALL=C sort does', async () => {
    const file = write(
      'a.jsonl',
      ...['b', 'a b', 'a', 'a"', 'é', '😀', '\uff21', 'A'].map((name) => line(name)),
    );
    const sorted = execFileSync('sort', [file], { env: { ...process.env, LC_ALL: 'C' }, encoding: 'utf8' });
    expect(await merge(file)).toBe(sorted);
  });

  it('takes a document that is in several files once, whatever their order', async () => {
    const a = write('a.jsonl', line('x', { entities: [{ start: 1 }] }), line('y'));
    const b = write('b.jsonl', line('y'), line('x', { entities: [{ start: 0 }] }));
    expect(await merge(a, b)).toBe(line('x', { entities: [{ start: 0 }] }) + line('y'));
    expect(await merge(b, a)).toBe(line('x', { entities: [{ start: 0 }] }) + line('y'));
  });

  it('takes the last line of a document in a file whose run was stopped', async () => {
    const stopped = write(
      'a.jsonl',
      line('x', { stamp: 'old' }),
      line('y'),
      line('x'),
      '{"document":"z","sta',
    );
    expect(await merge(stopped)).toBe(line('x') + line('y'));
  });

  it('adds the line feed that the last line of a file lacks', async () => {
    expect(await merge(write('a.jsonl', line('x').trimEnd()), write('b.jsonl', line('a')))).toBe(
      line('a') + line('x'),
    );
  });

  it.each([
    ['content', { stamp: 'other' }],
    ['models', { models: 'other' }],
  ])('refuses a document with other %s, and names both files', async (what, change) => {
    const [a, b] = [write('a.jsonl', line('x'), line('y')), write('b.jsonl', line('y', change))];
    await expect(merge(a, b)).rejects.toMatchObject({
      code: 'BB501',
      message: `y has other ${what} in ${a} than in ${b}.`,
    });
    expect(fs.existsSync(at('all.jsonl'))).toBe(false);
  });

  it('names a file for each way in which lines were made', async () => {
    const merged = await MergedLines.read([
      write('a.jsonl', line('x'), line('y')),
      write('b.jsonl', line('z', { models: 'other' })),
    ]);
    expect([...merged.models].map(([models, file]) => [models, path.basename(file.path)])).toEqual([
      ['m', 'a.jsonl'],
      ['other', 'b.jsonl'],
    ]);
  });

  it('takes lines that another program wrote anew, with spaces', async () => {
    const spaced = `${JSON.stringify(JSON.parse(line('x')), undefined, ' ').replaceAll('\n', '')}\n`;
    expect(await merge(write('a.jsonl', spaced))).toBe(spaced);
  });

  it('reads more files than a process may have open', async () => {
    const files = Array.from({ length: 230 }, (_, index) =>
      write(`${index}.jsonl`, line(`${index}`), line(`${index}+`)),
    );
    expect((await merge(...files)).split('\n')).toHaveLength(461);
  });

  it('keeps the former output when a file changes meanwhile, and leaves nothing beside it', async () => {
    const file = write('a.jsonl', line('x'), line('y'));
    write('all.jsonl', line('former'));
    const merged = await MergedLines.read([file]);
    write('a.jsonl', line('yy'), line('xx'));
    const writing = writeMergedFile(merged.lines(), at('all.jsonl'), { signal });
    await expect(writing).rejects.toThrow('changed while it was read');
    expect(fs.readFileSync(at('all.jsonl'), 'utf8')).toBe(line('former'));
    expect(fs.readdirSync(folder).sort()).toEqual(['a.jsonl', 'all.jsonl']);
  });

  it('refuses files that are no index, and files that are missing', async () => {
    await expect(MergedLines.read([write('notes.txt', 'My notes.\n')])).rejects.toThrow('is no index');
    await expect(MergedLines.read([at('missing.jsonl')])).rejects.toThrow(
      /missing\.jsonl: There is no such file/u,
    );
  });
});

describe('checkShards', () => {
  const done = (shard: string, documents = 1, failed = 0) => ({
    shard,
    models: 'm',
    documents,
    failed,
    made: {},
  });
  async function shard(number: number, count: number, failed?: number): Promise<string> {
    const file = write(`${number}.jsonl`, line(`${number}`));
    await writeDone(file, done(`${number}/${count}`, 1, failed));
    return file;
  }

  it('takes complete shards, and files without shards', async () => {
    expect(await checked([await shard(2, 2), await shard(1, 2)])).toEqual([]);
    expect(await checked([write('a.jsonl', line('a')), write('b.jsonl', line('b'))])).toEqual([]);
  });

  it('notices shards that are missing', async () => {
    const files = [await shard(1, 20), await shard(3, 20)];
    const message = 'Of 20 shards, 18 are missing: 2, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 8 more.';
    await expect(checked(files)).rejects.toMatchObject({ code: 'BB501', message });
    expect(await checked(files, { partial: true })).toEqual([message]);
    await expect(checked([await shard(1, 2)])).rejects.toThrow('Of 2 shards, one is missing: 2.');
    await expect(checked([write('a.jsonl', line('a'))], { shards: 1 })).rejects.toThrow(
      'not a complete shard',
    );
    expect(await checked([await shard(1, 1)], { shards: 1 })).toEqual([]);
  });

  it('notices shards that are not complete, truncated or of another run', async () => {
    const files = [await shard(1, 2), await shard(2, 2)];
    await removeDone(at('2.jsonl'));
    await expect(checked(files)).rejects.toThrow('2.jsonl is not a complete shard');
    await writeDone(at('2.jsonl'), done('2/2', 5));
    await expect(checked(files)).rejects.toThrow('2.jsonl has 1 lines and had 5');
    await writeDone(at('2.jsonl'), done('2/3'));
    await expect(checked(files)).rejects.toThrow('2.jsonl is shard 2/3 and not one of 2');
    write('2.jsonl.done', '{"shard":"2 of 2"}');
    await expect(checked(files)).rejects.toThrow('2.jsonl is not a complete shard');
  });

  it('notices damaged lines, and says which documents could not be read', async () => {
    const damaged = write('a.jsonl', line('x'), '{"document":"y"}\n', line('z'));
    await expect(checked([damaged])).rejects.toThrow('a.jsonl has 1 damaged lines');
    expect(await checked([await shard(1, 1, 2)])).toEqual([
      expect.stringContaining('2 documents of the shard could not be read') as string,
    ]);
  });
});
