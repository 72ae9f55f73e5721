import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Uri } from 'vscode';
import type { ReviewRecord, ReviewSettings } from '../../../../../src/core/review/reviewData';
import { RecordNames } from '../../../../../src/editor/review/screening/recordNames';
import { RecordRanker, type RankingClient } from '../../../../../src/editor/review/screening/recordRanker';
import { ScreeningModel } from '../../../../../src/editor/review/screening/screeningModel';
import {
  ScreeningSession,
  type SessionParts,
} from '../../../../../src/editor/review/screening/screeningSession';
import { errorCodes } from '../../../../../src/core/errors';
import { notRetrievedReason } from '../../../../../src/core/review/prisma';
import { emptySettings } from '../../../../../src/core/review/settings';
import type { RecordView, ScreeningState } from '../../../../../src/protocol/screening';
import {
  addKeywordMethod,
  decideMethod,
  findMethod,
  fullTextMethod,
  marksMethod,
  noteMethod,
  phaseMethod,
  recordEvent,
  startMethod,
  stateEvent,
  undoMethod,
} from '../../../../../src/protocol/screeningMessages';
import { nullLogger } from '../../../../../src/runtime/log';
import { ReviewFolder } from '../../../../../src/runtime/review/reviewFolder';
import { reviewRecord, screeningLine } from '../../../../support/smallReview';
import { connectedRpcs } from '../../../protocol/ports';
import { entity, result } from '../../support';

const opened: { dispose(): unknown }[] = [];

afterEach(async () => {
  for (const part of opened.splice(0)) await part.dispose();
});

const source = {
  id: 's1',
  file: 'a.ris',
  database: 'PubMed',
  kind: 'database',
  records: 3,
  imported: '2025-01-01T00:00:00.000Z',
} as const;

/** A worker that does not start. */
const failingClient: RankingClient = {
  load: () => Promise.reject(new Error('no worker')),
  rank: () => Promise.reject(new Error('no worker')),
  dispose: () => undefined,
};

/** A review in a folder of its own, and a page that is connected to it. */
async function open(
  records: readonly ReviewRecord[],
  settings: Partial<ReviewSettings> = {},
  client: RankingClient = failingClient,
  fullTexts: SessionParts['fullTexts'] = fakeFullTexts().files,
) {
  const folder = await fs.mkdtemp(path.join(tmpdir(), 'screening-'));
  opened.push({ dispose: () => fs.rm(folder, { recursive: true, force: true }) });
  const review = await ReviewFolder.create(folder, { ...emptySettings, ...settings });
  await review.addImports([{ source, records }]);
  const model = new ScreeningModel(review, {
    reviewer: () => 'Anna',
    ranker: new RecordRanker(() => client, nullLogger),
    names: new RecordNames({
      engine: {
        tag: ({ text }) => Promise.resolve(result({ start: 0, end: text.length }, [entity(text, 'Title')])),
        forget: () => undefined,
      },
      isShown: () => true,
      minProbability: () => 0.5,
      typeName: (type) => type,
    }),
    onWritten: () => undefined,
  });
  const { a: page, b: host } = connectedRpcs();
  const session = new ScreeningSession(host, { model, fullTexts, log: nullLogger });
  opened.push(session, model);
  const seen: { record?: RecordView | undefined; state?: ScreeningState } = {};
  const shown: (RecordView | undefined)[] = [];
  page.on(recordEvent, ({ record }) => shown.push((seen.record = record)));
  page.on(stateEvent, (state) => (seen.state = state));
  const start = await page.request(startMethod, undefined);
  const file = path.join(folder, '.biobert', 'screening-anna.jsonl');
  return {
    ...{ folder, review, model, page, seen, shown, start, file },
    lines: () =>
      fs.readFile(file, 'utf8').then((text) =>
        text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as object),
      ),
  };
}

const three = ['a', 'b', 'c'].map((id) => reviewRecord(id));

describe('the conversation with a page', () => {
  it('begins with the state and the first record, and says that records cannot be ranked', async () => {
    const { start, seen } = await open(three, { question: 'Why?' });
    expect(start.state).toMatchObject({ question: 'Why?', phase: 'abstract', canUndo: false });
    await expect.poll(() => seen.record?.id).toBe('a');
    await expect.poll(() => seen.state?.notice).toContain('cannot be ranked');
  });

  it('writes a decision, shows the next record and takes the decision back', async () => {
    const { page, seen, lines } = await open(three);
    await page.request(decideMethod, { record: 'a', choice: 'exclude', reason: 'Not in humans' });
    expect(await lines()).toMatchObject([
      { record: 'a', choice: 'exclude', reason: 'Not in humans', who: 'Anna' },
    ]);
    await expect.poll(() => [seen.record?.id, seen.state?.progress.excluded]).toEqual(['b', 1]);
    await page.request(undoMethod, undefined);
    await expect.poll(() => [seen.record?.id, seen.state?.progress.screened]).toEqual(['a', 0]);
    expect(await lines()).toHaveLength(2);
  });

  it('passes the failure of a write on, and shows the record again', async () => {
    const { page, seen, file } = await open(three);
    await fs.mkdir(file);
    const decided = page.request(decideMethod, { record: 'a', choice: 'include' });
    await expect(decided).rejects.toMatchObject({ code: errorCodes.OUTPUT_UNWRITABLE });
    await expect.poll(() => [seen.record?.id, seen.state?.progress.screened]).toEqual(['a', 0]);
  });

  it('picks up what a colleague decided', async () => {
    const { review, model, seen, folder, page } = await open(three);
    await page.request(decideMethod, { record: 'a', choice: 'include' });
    const line = screeningLine('a', 'exclude', { who: 'Ben' });
    await fs.writeFile(path.join(folder, '.biobert', 'screening-ben.jsonl'), JSON.stringify(line));
    expect(await review.isChangedOnDisk()).toBe(true);
    await review.reload();
    model.refresh(review);
    await expect.poll(() => seen.state?.progress.conflicts).toBe(1);
    expect(seen.record?.id).toBe('b');
  });

  it('stores notes and words, finds records and their names', async () => {
    const { page, review, seen } = await open(three);
    await page.request(noteMethod, { record: 'b', note: 'pilot study' });
    await page.request(addKeywordMethod, { group: 'Design', word: 'trial' });
    expect(review.state.settings.keywords).toEqual([{ name: 'Design', words: ['trial'] }]);
    await expect.poll(() => seen.state?.keywords.length).toBe(1);
    const { records } = await page.request(findMethod, { text: 'pilot', filter: 'all' });
    expect(records.map(({ id }) => id)).toEqual(['b']);
    expect((await page.request(marksMethod, 'a')).title).toMatchObject([{ start: 0, end: 5 }]);
    expect(await page.request(marksMethod, 'gone')).toEqual({ title: [], abstract: [] });
  });

  it('hides the abstract in the phase of the titles', async () => {
    const { page, seen } = await open(three, { phases: ['title', 'abstract'] });
    await expect.poll(() => seen.record).toMatchObject({ id: 'a', abstract: undefined });
    await page.request(decideMethod, { record: 'a', choice: 'include' });
    await page.request(phaseMethod, 'abstract');
    await expect.poll(() => seen.record).toMatchObject({ id: 'a', abstract: 'Abstract of a.' });
    await expect
      .poll(() => seen.state?.phases)
      .toEqual([
        { phase: 'title', left: 2 },
        { phase: 'abstract', left: 1 },
      ]);
  });

  it('begins with the first record of the ranking, and shows no other one before', async () => {
    let finish: (() => void) | undefined;
    const client: RankingClient = {
      load: () => Promise.resolve(),
      rank: () => new Promise((resolve) => (finish = () => resolve({ order: ['c', 'b', 'a'] }))),
      dispose: () => undefined,
    };
    const opening = open(three, {}, client);
    await expect.poll(() => finish).toBeDefined();
    finish?.();
    const { seen, shown, model, page } = await opening;
    await expect.poll(() => seen.record?.id).toBe('c');
    expect(new Set(shown.map((record) => record?.id))).toEqual(new Set(['c']));
    await page.request(decideMethod, { record: 'c', choice: 'include' });
    finish?.();
    model.screener.position.begin();
    await expect.poll(() => seen.record?.id).toBe('b');
  });

  it('takes the order and the estimate of the ranking when they come', async () => {
    const progress = { found: 1, left: { estimate: 1.6, low: 0, high: 2 }, confidence: 0.412 };
    const client: RankingClient = {
      load: () => Promise.resolve(),
      rank: () => Promise.resolve({ order: ['c', 'b', 'a'], progress }),
      dispose: () => undefined,
    };
    const { page, seen } = await open(three, {}, client);
    await expect.poll(() => seen.state?.progress.estimate).toMatchObject({ left: 2, low: 0, high: 2 });
    expect(seen.state?.progress.estimate?.hint).toContain('are found: 41 %');
    expect([seen.record?.id, seen.state?.notice]).toEqual(['c', undefined]);
    await page.request(decideMethod, { record: 'c', choice: 'maybe' });
    await expect.poll(() => seen.record?.id).toBe('b');
  });

  it('has no estimate of another phase until the records are ranked again', async () => {
    const progress = { found: 1, left: { estimate: 1.6, low: 0, high: 2 }, confidence: 0.412 };
    let isBusy = false;
    const client: RankingClient = {
      load: () => Promise.resolve(),
      rank: () => (isBusy ? new Promise(() => undefined) : Promise.resolve({ order: ['c'], progress })),
      dispose: () => undefined,
    };
    const { page, seen } = await open(three, {}, client);
    await expect.poll(() => seen.state?.progress.estimate?.left).toBe(2);
    isBusy = true;
    await page.request(phaseMethod, 'fulltext');
    await expect.poll(() => seen.state?.phase).toBe('fulltext');
    expect(seen.state?.progress.estimate).toBeUndefined();
  });
});

/** Files `a.pdf` and so on, named by the records but for `b`, and the searches for them. */
function fakeFullTexts() {
  const uri = (name: string) => Uri.file(`/papers/${name}`);
  const searched: string[] = [];
  const openedFiles: string[] = [];
  const missing = new Set(['b']);
  const listeners: (() => void)[] = [];
  const files: SessionParts['fullTexts'] = {
    find: ({ id }) => {
      searched.push(id);
      return Promise.resolve(missing.has(id) ? undefined : uri(`${id}.pdf`));
    },
    watch: (listener) => {
      listeners.push(listener);
      return { dispose: () => undefined };
    },
    open: (file) => Promise.resolve(void openedFiles.push(file.path)),
    choose: () => Promise.resolve(uri('chosen.pdf')),
  };
  /** A file comes into the folder. */
  const add = (...ids: readonly string[]) => {
    for (const id of ids) {
      missing.delete(id);
      for (const listener of listeners) listener();
    }
  };
  return { files, searched, openedFiles, add };
}

describe('the full text of a record', () => {
  const openPhase = async () => {
    const fake = fakeFullTexts();
    return { ...fake, ...(await open(three, { phases: ['fulltext'] }, failingClient, fake.files)) };
  };

  it('is looked for and opened once, and stays on the page from then on', async () => {
    const { page, seen, shown, searched, openedFiles } = await openPhase();
    await expect.poll(() => seen.record?.fullText).toBe('a.pdf');
    const before = shown.length;
    await page.request(noteMethod, { record: 'a', note: 'long' });
    await expect.poll(() => seen.record?.note).toBe('long');
    expect(shown.slice(before).map((record) => record?.fullText)).not.toContain(undefined);
    await page.request(decideMethod, { record: 'a', choice: 'include' });
    await page.request(decideMethod, { record: 'b', choice: 'include' });
    await expect.poll(() => seen.record?.fullText).toBe('c.pdf');
    expect(searched).toEqual(['a', 'b', 'c']);
    expect(openedFiles).toEqual(['/papers/a.pdf', '/papers/c.pdf']);
  });

  it('is the file that the reviewer chooses', async () => {
    const { page, seen, searched, openedFiles } = await openPhase();
    await page.request(decideMethod, { record: 'a', choice: 'include' });
    await page.request(fullTextMethod, { record: 'b', action: 'choose' });
    await expect.poll(() => seen.record).toMatchObject({ id: 'b', fullText: 'chosen.pdf' });
    expect(searched.filter((id) => id === 'b')).toHaveLength(1);
    expect(openedFiles.at(-1)).toBe('/papers/chosen.pdf');
  });

  it('is found when its file comes into the folder', async () => {
    const { page, seen, searched, openedFiles, add } = await openPhase();
    await expect.poll(() => searched).toEqual(['a']);
    await page.request(decideMethod, { record: 'a', choice: 'include' });
    await expect.poll(() => searched).toEqual(['a', 'b']);
    expect(seen.record?.fullText).toBeUndefined();
    add('x', 'b');
    await expect.poll(() => seen.record).toMatchObject({ id: 'b', fullText: 'b.pdf' });
    expect(searched).toEqual(['a', 'b', 'b']);
    expect(openedFiles.at(-1)).toBe('/papers/b.pdf');
  });

  it('that cannot be got excludes the record with the reason that the report counts', async () => {
    const { page, lines } = await openPhase();
    await page.request(fullTextMethod, { record: 'a', action: 'notRetrieved' });
    expect(await lines()).toMatchObject([{ record: 'a', choice: 'exclude', reason: notRetrievedReason }]);
  });
});
