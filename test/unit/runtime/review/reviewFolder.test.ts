import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { jsonLine } from '../../../../src/core/review/jsonLines';
import { recordLine } from '../../../../src/core/review/records';
import { emptySettings, writeSettings } from '../../../../src/core/review/settings';
import type { DuplicateLine, ReviewSource, ScreeningLine } from '../../../../src/core/review/reviewData';
import { tryLock } from '../../../../src/runtime/files/fileLock';
import { ReviewFolder } from '../../../../src/runtime/review/reviewFolder';
import { reviewLock, screeningFileName } from '../../../../src/runtime/review/reviewFiles';
import { record } from '../../core/review/support';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-review-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

const when = '2026-11-01T00:00:00.000Z';
const file = (name: string) => path.join(folder, '.biobert', name);
const read = (name: string) => fs.readFileSync(file(name), 'utf8');
const create = () => ReviewFolder.create(folder, { ...emptySettings, title: 'Statins' });
async function open(): Promise<ReviewFolder> {
  const review = await ReviewFolder.open(folder);
  if (!review) throw new Error('No review');
  return review;
}
const source = (id: string, records = 1): ReviewSource => ({
  id,
  file: `${id}.ris`,
  database: 'Embase',
  kind: 'database',
  records,
  imported: when,
});
const decision = (id: string, rest: Partial<ScreeningLine> = {}): ScreeningLine => ({
  record: id,
  phase: 'abstract',
  who: 'Anna',
  when,
  choice: 'include',
  ...rest,
});
const duplicate = (kept: string, other: string): DuplicateLine => ({
  kept,
  duplicate: other,
  reason: 'doi',
  when,
});
const importOf = (id: string, ...records: string[]) => ({
  source: source(id, records.length),
  records: records.map((each, index) => record(each, { source: id, index })),
});
const ids = ({ state }: ReviewFolder) => state.records.map(({ id }) => id);

describe('a folder', () => {
  it('has no review before one is made, and one after', async () => {
    expect(await ReviewFolder.open(folder)).toBeUndefined();
    const review = await create();
    expect(review.state.settings.title).toBe('Statins');
    expect((await open()).state.settings).toEqual(review.state.settings);
    expect(fs.readdirSync(path.join(folder, '.biobert'))).toEqual(['review.json']);
  });

  it('keeps the review that it has', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ code: errorCodes.OUTPUT_UNWRITABLE });
    expect((await open()).state.settings.title).toBe('Statins');
  });

  it.each(['', '<<<<<<< ours\n{}\n', '{"biobertReview": 2}'])(
    'keeps its review.json as it is: %j',
    async (text) => {
      await create();
      fs.writeFileSync(file('review.json'), text);
      if (text === '') expect(await ReviewFolder.open(folder)).toBeUndefined();
      else await expect(open()).rejects.toMatchObject({ code: errorCodes.DOCUMENT_UNREADABLE });
      expect(read('review.json')).toBe(text);
    },
  );
});

describe('an import', () => {
  it('is there with its records and duplicates, now and after opening again', async () => {
    const review = await create();
    await review.addImports([importOf('s1', 'a', 'b'), importOf('s2', 'c')], [duplicate('a', 'b')]);
    for (const each of [review, await open()]) {
      expect(ids(each)).toEqual(['a', 'b', 'c']);
      expect(each.state.duplicates.isDuplicate('b')).toBe(true);
      expect(each.state.settings.sources).toEqual([source('s1', 2), source('s2')]);
    }
    expect(await review.isChangedOnDisk()).toBe(false);
    expect(await review.nextSourceIds(2)).toEqual(['s3', 's4']);
  });

  it('that was interrupted leaves nothing that is seen, wherever it ended', async () => {
    const review = await create();
    await review.addImports([importOf('s1', 'a', 'b')]);
    const before = { records: read('records.jsonl'), settings: read('review.json') };
    await review.addImports([importOf('s2', 'c', 'd')], [duplicate('c', 'a'), duplicate('c', 'd')]);
    const after = { records: read('records.jsonl'), duplicates: read('duplicates.jsonl') };
    fs.writeFileSync(file('review.json'), before.settings);
    for (let length = before.records.length; length <= after.records.length; length += 7) {
      fs.writeFileSync(file('records.jsonl'), after.records.slice(0, length));
      fs.rmSync(file('duplicates.jsonl'), { force: true });
      expect(ids(await open())).toEqual(['a', 'b']);
    }
    fs.writeFileSync(file('records.jsonl'), after.records);
    for (let length = 0; length <= after.duplicates.length; length += 7) {
      fs.writeFileSync(file('duplicates.jsonl'), after.duplicates.slice(0, length));
      const reopened = await open();
      expect(ids(reopened)).toEqual(['a', 'b']);
      expect([...reopened.state.duplicates.keptOf]).toEqual([]);
    }
    // It can be repeated, with other names for its sources.
    const again = await open();
    expect(await again.nextSourceIds(1)).toEqual(['s3']);
    await again.addImports([importOf('s3', 'c', 'd')], [duplicate('c', 'd')]);
    expect(ids(await open())).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is refused if another window has imported since, and possible after reading again', async () => {
    const first = await create();
    const second = await open();
    await first.addImports([importOf('s1', 'a')]);
    await expect(second.addImports([importOf('s1', 'a')])).rejects.toMatchObject({
      code: errorCodes.FILE_BUSY,
    });
    await second.reload();
    await second.addImports([importOf('s2', 'b')]);
    expect(ids(await open())).toEqual(['a', 'b']);
  });

  it('is written once the window that holds the lock releases it', async () => {
    const review = await create();
    const attempt = await tryLock(reviewLock(folder));
    if (!('lock' in attempt)) throw new Error('The lock is held.');
    let isWritten = false;
    const writing = review.addImports([importOf('s1', 'a')]).then(() => (isWritten = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isWritten).toBe(false);
    await attempt.lock.release();
    await writing;
    expect(ids(await open())).toEqual(['a']);
  });
});

describe('decisions', () => {
  it('are in the file of their reviewer when they are made', async () => {
    const review = await create();
    await review.decide(decision('a'));
    await review.decide(decision('a', { who: 'Ben Müller', choice: 'exclude', reason: 'mice' }));
    expect(read('screening-anna.jsonl')).toBe(jsonLine(decision('a')));
    expect(screeningFileName('Ben Müller')).toBe('screening-ben-muller.jsonl');
    for (const each of [review, await open()]) {
      expect(each.state.screening.isConflict('a', 'abstract')).toBe(true);
      expect(each.state.screening.reviewers).toEqual(['Anna', 'Ben Müller']);
    }
  });

  it('are lost by a kill only if they were being written, and never those before', async () => {
    const review = await create();
    await review.decide(decision('a'));
    const first = read('screening-anna.jsonl');
    await review.decide(decision('b', { note: 'größer als 1 µg' }));
    const all = fs.readFileSync(file('screening-anna.jsonl'));
    for (let length = first.length; length < all.length; length += length + 9 < all.length ? 9 : 1) {
      fs.writeFileSync(file('screening-anna.jsonl'), all.subarray(0, length));
      const reopened = await open();
      expect(reopened.state.screening.decisionOf('a', 'abstract', 'Anna')).toBeDefined();
      await reopened.decide(decision('c'));
      const { state, problems } = await open();
      expect(state.screening.decisionOf('a', 'abstract', 'Anna')).toBeDefined();
      expect(state.screening.decisionOf('c', 'abstract', 'Anna')).toBeDefined();
      // Only the line break may be missing.
      const isWhole = state.screening.decisionOf('b', 'abstract', 'Anna') !== undefined;
      expect(problems.length).toBe(isWhole || length === first.length ? 0 : 1);
    }
  });

  it('of a merge that is not finished are read, and its marks are reported', async () => {
    await create();
    const lines = [decision('a'), decision('b')].map(jsonLine);
    const text = `<<<<<<< ours\n${lines[0] ?? ''}=======\n${lines[1] ?? ''}>>>>>>> theirs\n`;
    fs.writeFileSync(file('screening-anna.jsonl'), text);
    const review = await open();
    expect(review.state.screening.decisionOf('b', 'abstract', 'Anna')?.choice).toBe('include');
    expect(review.problems).toEqual(['screening-anna.jsonl: 3 unreadable lines (1, 3, 5)']);
    await review.decide(decision('c'));
    expect(read('screening-anna.jsonl')).toBe(text + jsonLine(decision('c')));
  });
});

describe('two windows', () => {
  it('keep all decisions that both make at the same time', async () => {
    const windows = [await create(), await open()] as const;
    const records = Array.from({ length: 40 }, (_, index) => `r${index}`);
    await Promise.all(records.map((id, index) => windows[index % 2 === 0 ? 0 : 1].decide(decision(id))));
    const { state, problems } = await open();
    expect(problems).toEqual([]);
    for (const id of records) expect(state.screening.decisionOf(id, 'abstract', 'Anna')).toBeDefined();
  });

  it('see the changes of the other one, also if their own came later', async () => {
    const [one, other] = [await create(), await open()];
    await one.decide(decision('a'));
    await other.decide(decision('b'));
    expect(await other.isChangedOnDisk()).toBe(true);
    await other.reload();
    expect(await other.isChangedOnDisk()).toBe(false);
    expect(other.state.screening.decisionOf('a', 'abstract', 'Anna')).toBeDefined();
    await one.addDuplicates([duplicate('a', 'b')]);
    await other.decide(decision('c'));
    await other.changeSettings((settings) => ({ ...settings, question: 'Why?' }));
    expect(await other.isChangedOnDisk()).toBe(true);
    expect(await one.isChangedOnDisk()).toBe(true);
  });

  it('take their own changes for known', async () => {
    const review = await create();
    await review.addImports([importOf('s1', 'a')], []);
    await review.decide(decision('a'));
    await review.addDuplicates([duplicate('a', 'b')]);
    await review.changeSettings((settings) => ({ ...settings, title: 'New' }));
    await review.addDuplicates([]);
    expect(await review.isChangedOnDisk()).toBe(false);
  });

  it('lose no decision that is made while the files are read again', async () => {
    const review = await create();
    // Ben's file, which takes long to read, is read after Anna's.
    const note = 'x'.repeat(10_000);
    const long = Array.from({ length: 200 }, () => jsonLine(decision('b', { who: 'Ben', note })));
    fs.writeFileSync(file('screening-ben.jsonl'), long.join(''));
    const records = Array.from({ length: 40 }, (_, index) => `r${index}`);
    for (const [turns, id] of records.entries()) {
      const reading = review.reload();
      for (let turn = 0; turn < turns; turn++) await setImmediate();
      await Promise.all([reading, review.decide(decision(id))]);
      // The state may lack a decision until the next reading, which is why each is checked at once.
      expect(review.state.screening.decisionOf(id, 'abstract', 'Anna')).toBeDefined();
    }
    for (const id of records) expect(review.state.screening.decisionOf(id, 'abstract', 'Anna')).toBeDefined();
    expect(await review.isChangedOnDisk()).toBe(false);
  });

  it('change review.json one after the other, each from what the other wrote', async () => {
    const [one, other] = [await create(), await open()];
    await Promise.all([
      one.changeSettings((settings) => ({ ...settings, question: 'Why?' })),
      other.changeSettings((settings) => ({ ...settings, keywords: [{ name: 'P', words: [] }] })),
    ]);
    expect((await open()).state.settings).toMatchObject({ question: 'Why?', keywords: [{ name: 'P' }] });
  });
});

describe('what others wrote into the files', () => {
  it('stays in review.json', async () => {
    const review = await create();
    const stated = JSON.parse(read('review.json')) as object;
    fs.writeFileSync(file('review.json'), JSON.stringify({ ...stated, registration: 'PROSPERO 1' }));
    await review.changeSettings((settings) => ({ ...settings, title: 'New' }));
    expect(JSON.parse(read('review.json'))).toMatchObject({ registration: 'PROSPERO 1', title: 'New' });
  });

  it('is reported if a merge has added a record twice', async () => {
    await create();
    fs.writeFileSync(
      file('review.json'),
      writeSettings({ ...emptySettings, sources: [source('s1'), source('s2')] }),
    );
    const twice = recordLine(record('a')) + recordLine(record('a', { source: 's2' }));
    fs.writeFileSync(file('records.jsonl'), twice);
    const review = await open();
    expect(ids(review)).toEqual(['a']);
    expect(review.problems).toEqual([
      'records.jsonl: left out because their identifier is that of an earlier record: 1',
    ]);
  });

  it('may be a deleted review', async () => {
    const review = await create();
    fs.rmSync(path.join(folder, '.biobert'), { recursive: true });
    expect(await review.isChangedOnDisk()).toBe(true);
    await review.reload();
    expect(() => review.state).toThrow('The file review.json cannot be read.');
  });
});
