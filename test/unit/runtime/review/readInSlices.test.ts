import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { readLines } from '../../../../src/core/review/jsonLines';
import { LineFile } from '../../../../src/runtime/review/lineFile';
import { readInSlices } from '../../../../src/runtime/review/readInSlices';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-slices-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});
const read = (text: string) => readLines(text, ({ id }) => (typeof id === 'number' ? id : undefined));
function fileOf(text: string): LineFile {
  const file = path.join(folder, 'lines.jsonl');
  fs.writeFileSync(file, text);
  return new LineFile(file);
}

describe('readInSlices', () => {
  it('reads what reading at once gives, with the same numbers of lines', async () => {
    const line = fc.oneof(
      fc.nat().map((id) => `{"id":${id},"text":"${'µ€𝛼'.repeat(20_000)}"}`),
      fc.constantFrom('', '=======', '{"id":1', '{"id":2}\r'),
    );
    const property = fc.asyncProperty(fc.array(line, { maxLength: 15 }), async (lines) => {
      const text = lines.join('\n');
      expect(await readInSlices(fileOf(`\uFEFF${text}`), read)).toEqual(read(text));
    });
    await fc.assert(property, { numRuns: 30 });
  });

  it('lets other work run in between', async () => {
    const lines = Array.from({ length: 20 }, (_, id) => `{"id":${id},"text":"${'x'.repeat(100_000)}"}\n`);
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const { entries } = await readInSlices(fileOf(lines.join('')), read);
    isOver = true;
    expect(entries).toHaveLength(20);
    expect(turns).toBeGreaterThan(4);
  });

  it('reads nothing of a missing file, and refuses one that cannot be read', async () => {
    expect(await readInSlices(new LineFile(path.join(folder, 'none')), read)).toEqual({
      entries: [],
      unread: [],
    });
    await expect(readInSlices(new LineFile(folder), read)).rejects.toMatchObject({
      code: errorCodes.DOCUMENT_UNREADABLE,
    });
  });
});
