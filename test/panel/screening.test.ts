import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { BioBertError, errorCodes } from '../../src/core/errors';
import { violations } from './axe';
import { closeBrowser, openScreening, type OpenOptions } from './page';
import {
  record,
  screeningHost,
  sendRecord,
  sendScreeningState,
  state,
  type ScreeningHostOptions,
} from './screeningHost';
import { themes, type ThemeName } from './themes';

afterAll(async () => {
  await closeBrowser();
});

const second = { ...record, id: 'pmid:2', title: 'Aspirin and colon cancer', abstract: 'Second abstract.' };

async function open(host: ScreeningHostOptions = {}, options: Partial<OpenOptions> = {}) {
  const fake = screeningHost(host);
  const screening = await openScreening({ ...options, host: fake.host });
  if (host.records?.length !== 0) await screening.page.locator('.record-title', { hasText: /./ }).waitFor();
  return { ...screening, calls: fake.calls };
}

/** The marks of the abstract: text and tooltip. */
function marksOf(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `[...document.querySelectorAll('.abstract .marked')].map((each) => each.textContent + '|' + each.title)`,
  );
}

/** The appearances of the buttons that stand in place of a record. */
function appearances(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `[...document.querySelectorAll('.empty vscode-button')].map((each) => each.getAttribute('appearance'))`,
  );
}

describe('keys', () => {
  it('decide, move and undo', async () => {
    const { page, calls, problems, close } = await open({
      records: [record, second, record, second, record],
    });
    for (const [key, next] of [
      ['i', second.title],
      ['M', record.title],
      ['s', second.title],
    ] as const) {
      await page.keyboard.press(key);
      await page.locator('.record-title', { hasText: next }).waitFor();
    }
    for (const key of ['ArrowLeft', 'j', 'Escape', 'u', 'Control+z']) await page.keyboard.press(key);
    await expect
      .poll(() => calls.map(({ method, params }) => [method, params]))
      .toEqual([
        ['decide', { record: 'pmid:1', choice: 'include' }],
        ['decide', { record: 'pmid:2', choice: 'maybe' }],
        ['decide', { record: 'pmid:1', choice: 'skip' }],
        ['move', 'previous'],
        ['move', 'next'],
        ['move', 'queue'],
        ['undo', undefined],
        ['undo', undefined],
      ]);
    expect(problems).toEqual([]);
    await close();
  });

  it('decide once while they are held down', async () => {
    const { page, calls, close } = await open({ records: [record, second, record] });
    await page.keyboard.down('i');
    await page.locator('.record-title', { hasText: second.title }).waitFor();
    await page.keyboard.down('i');
    await page.keyboard.up('i');
    await page.keyboard.press('s');
    await expect
      .poll(() => calls.map(({ params }) => params))
      .toEqual([
        { record: 'pmid:1', choice: 'include' },
        { record: 'pmid:2', choice: 'skip' },
      ]);
    await close();
  });

  it('choose the reason of an exclusion by its number, in own words, or none', async () => {
    const { page, calls, close } = await open({ records: Array.from({ length: 6 }, () => record) });
    const exclude = async (...keys: readonly string[]): Promise<void> => {
      await page.keyboard.press('e');
      await page.getByRole('dialog', { name: 'Reason for the exclusion' }).waitFor();
      for (const key of keys) await page.keyboard.press(key);
    };
    await exclude('2');
    await exclude('0');
    await exclude('Enter');
    await exclude('i', 'n', ' ', '1', 'Enter');
    await exclude('9', 'Escape');
    await page.keyboard.press('i');
    await expect
      .poll(() => calls.map(({ params }) => params))
      .toEqual([
        { record: 'pmid:1', choice: 'exclude', reason: 'No control group' },
        { record: 'pmid:1', choice: 'exclude' },
        { record: 'pmid:1', choice: 'exclude' },
        { record: 'pmid:1', choice: 'exclude', reason: 'in 1' },
        { record: 'pmid:1', choice: 'include' },
      ]);
    await close();
  });

  it('choose reasons that were used before, after the criteria and in their spelling', async () => {
    const { page, calls, close } = await open({ records: Array.from({ length: 3 }, () => record) });
    for (const typed of ['5', 'wrong DOSE\n']) {
      await page.keyboard.press('e');
      const box = page.getByRole('dialog', { name: 'Reason for the exclusion' });
      await box.getByRole('button', { name: '4 Wrong dose' }).waitFor();
      await page.keyboard.type(typed);
    }
    await expect
      .poll(() => calls.map(({ params }) => params))
      .toEqual([
        { record: 'pmid:1', choice: 'exclude', reason: 'Letter to the editor' },
        { record: 'pmid:1', choice: 'exclude', reason: 'Wrong dose' },
      ]);
    await close();
  });

  it('are no reason where the list has no such number', async () => {
    const { page, calls, close } = await open({
      records: [record, record],
      state: { ...state, criteria: { include: [], exclude: [] }, reasons: [] },
    });
    await page.keyboard.press('e');
    const field = page.getByRole('textbox', { name: 'Reason for the exclusion' });
    const message = page.getByRole('alert').getByText('The list has no number 1.');
    await page.keyboard.press('1');
    await message.waitFor();
    expect(await field.inputValue()).toBe('');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await violations(page)).toEqual([]);
    // A pasted number is no reason either.
    await field.fill('12');
    expect(await message.isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The list has no number 12.').waitFor();
    expect(calls).toEqual([]);
    await field.fill('12 patients only');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => calls.map(({ params }) => params))
      .toEqual([{ record: 'pmid:1', choice: 'exclude', reason: '12 patients only' }]);
    await close();
  });

  it('type into fields while one has the focus', async () => {
    const { page, calls, close } = await open();
    await page.keyboard.press('n');
    await page.keyboard.type('item /');
    expect(await page.locator('#note').inputValue()).toBe('item /');
    expect(calls).toEqual([]);
    await page.keyboard.press('Escape');
    await expect
      .poll(() => calls)
      .toEqual([{ method: 'note', params: { record: 'pmid:1', note: 'item /' } }]);
    expect(await page.evaluate('document.activeElement.className')).toBe('record');
    await close();
  });

  it('are listed, and can be switched off for good', async () => {
    const { page, calls, saved, close } = await open();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.getByLabel('Single keys decide').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    await page.keyboard.press('Control+z');
    await expect.poll(() => calls.map(({ method }) => method)).toEqual(['undo']);
    expect(await saved()).toMatchObject({ withKeys: false });
    await close();
  });

  it('have buttons that do the same, with their names', async () => {
    const { page, calls, close } = await open({ records: [record, second] });
    await page.getByRole('button', { name: 'Include' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Previous decision' }).click();
    await expect.poll(() => calls.map(({ method }) => method)).toEqual(['decide', 'undo', 'move']);
    expect(await page.locator('[data-command="include"] kbd').innerText()).toBe('I');
    expect(await page.locator('[data-command="previous"]').getAttribute('aria-keyshortcuts')).toBe(
      'k ArrowLeft',
    );
    await close();
  });
});

describe('marks', () => {
  it('stand exactly on the keywords and names, also where they overlap', async () => {
    const text = 'EGFR-mutant lung cancer patients & <b>lung</b> cells';
    const { page, close } = await open({
      records: [{ ...record, title: 'T', abstract: text }],
      state: {
        ...state,
        keywords: [
          { name: 'Disease', words: ['lung cancer'] },
          { name: 'Population', words: ['cancer patients', 'lung'] },
        ],
      },
      names: {
        title: [],
        abstract: [
          { start: 0, end: 4, type: 'Gene', typeName: 'Gene' },
          { start: 12, end: 23, type: 'Disease', typeName: 'Disease' },
        ],
      },
    });
    await page.locator('.abstract .entity').first().waitFor();
    expect(await marksOf(page)).toEqual([
      'EGFR|Gene',
      'lung|Disease · Population · Disease',
      ' |Disease · Disease',
      'cancer|Disease · Population · Disease',
      ' patients|Population',
      'lung|Population',
    ]);
    expect(await page.locator('.abstract').innerText()).toBe(text);
    expect(await page.locator('.abstract b').count()).toBe(0);
    await close();
  });

  it('show text as text in every place', async () => {
    const evil = '<img src=x onerror="alert(1)">';
    const { page, problems, close } = await open({
      records: [
        {
          ...record,
          title: evil,
          abstract: evil,
          authors: [evil],
          journal: evil,
          note: evil,
          tags: [evil],
          doi: evil,
        },
      ],
      state: {
        ...state,
        question: evil,
        criteria: { include: [evil], exclude: [evil] },
        keywords: [{ name: evil, words: ['img'] }],
        notice: evil,
        tags: [evil],
      },
      names: { title: [], abstract: [] },
    });
    await page.keyboard.press('e');
    await page.getByRole('dialog').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('.record-title').innerText()).toBe(evil);
    expect(problems).toEqual([]);
    await close();
  });

  it('can be switched off by group, with the number of their places', async () => {
    const { page, saved, close } = await open();
    const chip = page.getByRole('button', { name: 'Population 3' });
    await page.locator('.abstract .entity').first().waitFor();
    expect((await marksOf(page)).filter((mark) => mark.endsWith('|Population'))).toEqual([
      'adults|Population',
      'patients|Population',
    ]);
    await chip.click();
    expect(await chip.getAttribute('aria-pressed')).toBe('false');
    expect((await marksOf(page)).filter((mark) => mark.includes('Population'))).toEqual([]);
    await page.getByRole('button', { name: 'Names' }).click();
    expect(await page.locator('.entity').count()).toBe(0);
    expect(await saved()).toMatchObject({ hiddenGroups: ['Population'], withNames: false });
    await close();
  });

  it('are added from the selected words, to a group by its number or to a new one', async () => {
    const { page, calls, close } = await open();
    await page.keyboard.press('h');
    await page.getByText('Select words in the text first.').waitFor();
    const select = (): Promise<void> =>
      page.evaluate(`{
        const range = document.createRange();
        range.selectNodeContents(document.querySelector('.record-title .marked'));
        getSelection().removeAllRanges();
        getSelection().addRange(range);
      }`);
    await select();
    await page.keyboard.press('h');
    await page.keyboard.press('2');
    await select();
    await page.keyboard.press('h');
    await page.keyboard.type('Drug');
    await page.keyboard.press('Enter');
    const word = (await page.locator('.record-title .marked').first().innerText()).trim();
    await expect
      .poll(() => calls.map(({ params }) => params))
      .toEqual([
        { group: 'Design', word },
        { group: 'Drug', word },
      ]);
    await close();
  });
});

describe('notes and tags', () => {
  it('are sent before the decision that leaves the record', async () => {
    const { page, calls, close } = await open({ records: [record, second] });
    await page.locator('#note').fill('Ask the authors');
    await page.locator('#tag').fill('pilot');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove the tag window trial' }).click();
    await page.getByRole('button', { name: 'Include' }).click();
    await expect
      .poll(() => calls.map(({ method, params }) => [method, params]))
      .toEqual([
        ['note', { record: 'pmid:1', note: 'Ask the authors' }],
        ['tags', { record: 'pmid:1', tags: ['window trial', 'pilot'] }],
        ['tags', { record: 'pmid:1', tags: ['pilot'] }],
        ['decide', { record: 'pmid:1', choice: 'include' }],
      ]);
    await page.locator('.record-title', { hasText: 'Aspirin' }).waitFor();
    expect(await page.locator('#note').inputValue()).toBe('');
    await close();
  });

  it('keep a note that is being written when the record is sent again', async () => {
    const { page, rpc, close } = await open();
    await page.locator('#note').focus();
    await page.keyboard.type('half');
    sendRecord(rpc, { ...record, tags: ['new tag'] });
    await page.getByText('new tag').waitFor();
    await page.keyboard.type(' done');
    expect(await page.locator('#note').inputValue()).toBe('half done');
    await close();
  });

  it('keep no draft of a note that is as before', async () => {
    const { page, saved, calls, close } = await open({ records: [{ ...record, note: 'pilot' }] });
    await page.locator('#note').fill('pilot study');
    await expect.poll(saved).toMatchObject({ draft: { record: 'pmid:1', note: 'pilot study' } });
    await page.locator('#note').fill('pilot');
    await page.keyboard.press('Escape');
    await expect.poll(async () => ((await saved()) as { draft?: unknown }).draft).toBeUndefined();
    expect(calls).toEqual([]);
    await close();
  });

  it('send a note that was typed when the page was hidden', async () => {
    const first = await open();
    await first.page.locator('#note').focus();
    await first.page.keyboard.type('half a no');
    const saved = await first.saved();
    await first.close();
    const { calls, close } = await open({}, { saved });
    await expect
      .poll(() => calls)
      .toEqual([{ method: 'note', params: { record: 'pmid:1', note: 'half a no' } }]);
    await close();
  });
});

describe('the record', () => {
  it('stays with the reason if the decision cannot be written', async () => {
    const { page, close } = await open({
      records: [record, second],
      decide: () => {
        throw new BioBertError(errorCodes.OUTPUT_UNWRITABLE, 'The disk is full.', 'Free some space.');
      },
    });
    await page.keyboard.press('i');
    await page.getByRole('alert').getByText('The disk is full.').waitFor();
    expect(await page.locator('.record-title').innerText()).toBe(record.title);
    await close();
  });

  it('is read out, after what was done to the one before', async () => {
    const { page, close } = await open({ records: [record, second] });
    await page.keyboard.press('i');
    const spoken = page.locator('.spoken[aria-live]');
    await expect
      .poll(() => spoken.innerText())
      .toBe('Include. 141 of 2,041 screened. Aspirin and colon cancer');
    await close();
  });

  it('is read from the right if it is in such a script', async () => {
    const arabic = { ...record, title: 'الميتفورمين وسرطان الثدي', abstract: 'تجربة عشوائية' };
    const { page, close } = await open({
      records: [arabic],
      find: () => ({ records: [{ ...arabic, source: 'Kaplan 2019' }], total: 1 }),
    });
    await page.keyboard.press('/');
    await page.locator('.found-title').waitFor();
    const directions = await page.evaluate<string[]>(
      `['.record-title', '.abstract', '.found-title']
        .map((each) => getComputedStyle(document.querySelector(each)).direction)`,
    );
    expect(directions).toEqual(['rtl', 'rtl', 'rtl']);
    await close();
  });

  it('has no abstract while titles are screened, and says so if it has none', async () => {
    const { page, rpc, close } = await open({ records: [{ ...record, abstract: undefined }] });
    expect(await page.locator('.abstract').isVisible()).toBe(false);
    sendRecord(rpc, { ...record, abstract: '' });
    await page.getByText('The record has no abstract.').waitFor();
    await close();
  });

  it('that is decided shows the decisions, and the way back', async () => {
    const decided = {
      ...record,
      choice: 'exclude',
      reason: 'Not in humans',
      others: [{ who: 'Ben', choice: 'include', reason: undefined }],
    } as const;
    const { page, calls, close } = await open({ records: [decided] });
    await page.getByText('Your decision: Exclude (Not in humans)').waitFor();
    await page.getByText('Other reviewers: Ben: Include').waitFor();
    await page.getByRole('button', { name: 'Back to the next record' }).click();
    await expect.poll(() => calls).toEqual([{ method: 'move', params: 'queue' }]);
    await close();
  });

  it('has buttons for its full text in that phase', async () => {
    const fulltext = { ...state, phase: 'fulltext' } as const;
    const { page, rpc, calls, close } = await open({ state: fulltext });
    await page.getByText('No file in the folder has the name of this record.').waitFor();
    sendScreeningState(rpc, state);
    await expect.poll(() => page.locator('.full-text').isVisible()).toBe(false);
    sendScreeningState(rpc, fulltext);
    sendRecord(rpc, { ...record, fullText: 'kaplan2019.pdf' });
    await page.getByRole('button', { name: 'Open kaplan2019.pdf' }).click();
    await page.getByRole('button', { name: 'Not Retrieved' }).click();
    await expect
      .poll(() => calls.map(({ params }) => params))
      .toEqual([
        { record: 'pmid:1', action: 'open' },
        { record: 'pmid:1', action: 'notRetrieved' },
      ]);
    await close();
  });

  it('makes way for the next step when all are decided', async () => {
    const { page, rpc, calls, close } = await open({ records: [] });
    await page.getByText('No record is left to decide on here.').waitFor();
    const next = page.getByRole('button', { name: 'Full texts (23 left)' });
    const report = page.getByRole('button', { name: 'Write the Report' });
    expect(await appearances(page)).toEqual(['primary', 'secondary']);
    await next.click();
    sendScreeningState(rpc, {
      ...state,
      phases: [...state.phases.slice(0, 1), { phase: 'fulltext', left: 0 }],
    });
    await expect.poll(() => appearances(page)).toEqual(['primary']);
    await report.click();
    sendScreeningState(rpc, { ...state, progress: { ...state.progress, found: 0, total: 0 } });
    await page.getByRole('button', { name: 'Import Records' }).click();
    await page.keyboard.press('i');
    await expect.poll(() => calls.map(({ params }) => params)).toEqual(['fulltext', 'report', 'import']);
    await close();
  });
});

it('finds a record by keys and goes to it', async () => {
  const { page, calls, close } = await open({
    find: ({ text }) => ({
      records:
        text === '' ? [] : [record, second].map(({ id, title }) => ({ id, title, source: 'Kaplan 2019' })),
      total: text === '' ? 0 : 2,
    }),
  });
  await page.keyboard.press('/');
  await page.getByText('No record matches.').waitFor();
  await page.keyboard.type('cancer');
  await page.getByText('2 of 2 records').waitFor();
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await expect.poll(() => calls.at(-1)).toEqual({ method: 'show', params: 'pmid:2' });
  expect(await page.locator('.finder').isVisible()).toBe(false);
  expect(await page.evaluate('document.activeElement.className')).toBe('record');
  await close();
});

it('says what is left, first only at most, and chooses phase and order', async () => {
  const { page, rpc, calls, close } = await open();
  await page.getByText('At most 12 relevant records are left, by a first estimate.').waitFor();
  sendScreeningState(rpc, { ...state, progress: { ...state.progress, screened: 1000 } });
  await page
    .getByText('About 4 relevant records are left (0 to 12). Probability that 95 % of them are found: 41 %.')
    .waitFor();
  sendScreeningState(rpc, state);
  await page.getByRole('img', { name: '23 of 140 screened records are relevant so far' }).waitFor();
  await page.getByRole('combobox', { name: 'Phase' }).click();
  await page.getByRole('option', { name: 'Full texts (23 left)' }).click();
  await page.getByRole('combobox', { name: 'Order of the records' }).click();
  await page.getByRole('option', { name: 'In random order' }).click();
  await page.getByRole('button', { name: '2 conflicts' }).click();
  await expect
    .poll(() => calls.map(({ method, params }) => [method, params]))
    .toEqual([
      ['phase', 'fulltext'],
      ['order', 'random'],
      ['act', 'conflicts'],
    ]);
  await close();
});

describe('the layout', () => {
  it.each(Object.keys(themes) as ThemeName[])('has no findings of axe: %s', async (theme) => {
    const decided = { ...record, choice: 'include', others: [{ who: 'Ben', choice: 'maybe' }] } as const;
    const { page, rpc, close } = await open({}, { theme });
    await page.locator('.abstract .entity').first().waitFor();
    expect(await violations(page)).toEqual([]);
    sendRecord(rpc, decided);
    await page.keyboard.press('/');
    await page.locator('.result-count', { hasText: /./ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByRole('dialog').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    expect(await violations(page)).toEqual([]);
    await close();
  });

  it.each([
    [800, 600],
    [1200, 900],
    [700, 500],
    [420, 700],
    [300, 600],
  ])('shows title and abstract beside or above the reasons: %i × %i', async (width, height) => {
    const { page, close } = await open(
      { state: { ...state, reasons: Array.from({ length: 20 }, (_, index) => `Reason ${index}`) } },
      { width, height },
    );
    await page.keyboard.press('e');
    const box = await page.getByRole('dialog').boundingBox();
    const title = await page.locator('.record-title').boundingBox();
    const abstract = await page.locator('.abstract').boundingBox();
    if (!box || !title || !abstract) throw new Error('Something is not shown');
    const isBeside = box.x >= Math.max(title.x + title.width, abstract.x + abstract.width);
    // A narrow view is scrolled from the title to the abstract.
    const columns = await page.locator('.columns').boundingBox();
    const isBelow = columns !== null && box.y >= columns.y + columns.height - 1;
    expect(isBeside || isBelow).toBe(true);
    // Enough of the text to read, and the field with its button.
    expect(columns?.height).toBeGreaterThan(120);
    expect(title.y + title.height).toBeLessThan((columns?.y ?? 0) + (columns?.height ?? 0));
    expect(box.y).toBeGreaterThanOrEqual(0);
    for (const part of [page.locator('.choice-line input'), page.getByRole('button', { name: 'Cancel' })]) {
      const { y = 0, height: tall = 0 } = (await part.boundingBox()) ?? {};
      expect(y + tall).toBeLessThanOrEqual(box.y + box.height);
    }
    await close();
  });

  it.each([
    [300, 1],
    [1000, 2],
  ])('fits into %i pixels at zoom %i', async (width, zoom) => {
    const { page, close } = await open({}, { width, zoom });
    const overflow = await page.evaluate<string[]>(
      `[...document.querySelectorAll('#screening *')]
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.spoken, [hidden]'))
        .map((each) => each.className || each.tagName)`,
    );
    expect(overflow).toEqual([]);
    await page.getByRole('button', { name: 'Edit the review' }).scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Exclude' }).click();
    await page.getByRole('dialog', { name: 'Reason for the exclusion' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await close();
  });
});
