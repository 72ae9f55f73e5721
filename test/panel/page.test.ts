import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { AskResult, RelationRow } from '../../src/protocol/panel';
import { askEvent, evidenceEvent } from '../../src/protocol/panelMessages';
import { violations } from './axe';
import {
  fakeHost,
  readyState,
  relationRow,
  relationRows,
  sendRows,
  sendState,
  verdict,
  verdictAnswer,
  type HostOptions,
} from './host';
import { closeBrowser, openPanel, type OpenOptions } from './page';
import { themes, type ThemeName } from './themes';

afterAll(async () => {
  await closeBrowser();
});

/** An answer that does not fit into a side bar. */
const longAnswer: AskResult = {
  ...verdictAnswer,
  verdict: {
    ...verdict,
    sentences: [0, 1, 2, 3, 4, 5].flatMap((index) =>
      verdict.sentences.map((row) => ({ ...row, id: 100 * index + row.id })),
    ),
  },
  answers: [0, 1, 2, 3, 4, 5].flatMap((index) =>
    verdictAnswer.answers.map((row) => ({ ...row, id: 100 * index + row.id })),
  ),
};

/** How far the answers and the page are scrolled. */
function scrolling(page: Page) {
  const box = "document.querySelector('.answers')";
  return {
    scrolled: () => page.evaluate<number>(`${box}.scrollTop`),
    scroll: (to: number) => page.evaluate(`${box}.scrollTop = ${to}`),
    top: () => page.evaluate<number>('document.scrollingElement.scrollTop'),
  };
}

async function open(host: HostOptions = {}, options: Partial<OpenOptions> = {}) {
  const fake = fakeHost(host);
  const panel = await openPanel({ ...options, host: fake.host });
  return { ...panel, calls: fake.calls };
}

/** Shows each relation in a row of its own. */
async function ungroup(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Group by pair' }).uncheck();
  await page.keyboard.press('Escape');
}

describe('the place to search', () => {
  it('offers the included records while the folder has a review', async () => {
    const { page, rpc, calls, problems, close } = await open({ rows: relationRows(3) });
    const list = page.locator('vscode-dropdown').first();
    const choices = () => list.locator('vscode-option').allInnerTexts();
    await expect.poll(choices).toEqual(['This Document', 'Open Documents', 'Folder']);
    sendState(rpc, { ...readyState, scopes: ['document', 'open', 'folder', 'included'] });
    await expect.poll(choices).toEqual(['This Document', 'Open Documents', 'Folder', 'Included Records']);
    await list.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect.poll(() => calls.at(-1)).toEqual({ method: 'scope', params: 'included' });
    sendState(rpc, { ...readyState, scope: 'folder' });
    await expect.poll(choices).toEqual(['This Document', 'Open Documents', 'Folder']);
    const value = () => page.evaluate<string>("document.querySelector('vscode-dropdown').value");
    await expect.poll(value).toBe('folder');
    expect(problems).toEqual([]);
    await close();
  });
});

describe('the list of relations', () => {
  it('draws only the visible rows of ten thousand, and reveals a clicked row', async () => {
    const { page, calls, problems, close } = await open({ rows: relationRows(10_000) });
    await page.locator('.count', { hasText: '10,000 of 10,000 relations' }).waitFor();
    await ungroup(page);
    await page.locator('.row .quote').first().waitFor();
    expect(await page.locator('.row').count()).toBeLessThan(40);
    await page.locator('.row .quote').first().click();
    await expect.poll(() => calls.at(-1)).toMatchObject({ method: 'reveal', params: { kind: 'relation' } });
    expect(problems).toEqual([]);
    await close();
  });

  it('can be used by keys: Down previews, Enter opens, P pins, A accepts and R rejects', async () => {
    const rows = [1, 2, 3].map((id) => relationRow(id, { probability: 1 - id / 10 }));
    const { page, calls, close } = await open({ rows });
    await page.locator('.row').nth(2).waitFor();
    await page.locator('.virtual-list').focus();
    for (const key of ['ArrowDown', 'Enter', 'p', 'a', 'r', 'End']) await page.keyboard.press(key);
    await expect
      .poll(() => calls.map(({ method, params }) => [method, params]))
      .toEqual([
        ['reveal', { kind: 'relation', id: 2, keepFocus: true }],
        ['reveal', { kind: 'relation', id: 2, keepFocus: false }],
        ['pin', { kind: 'relation', id: 2, pinned: true }],
        ['curate', { id: 2, verdict: 'accept' }],
        ['curate', { id: 2, verdict: 'reject' }],
        ['reveal', { kind: 'relation', id: 3, keepFocus: true }],
      ]);
    const active = await page.locator('.virtual-list').getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active ?? ''}`).getAttribute('aria-label')).toContain('inhibitor');
    await close();
  });

  it('previews on a click and keeps the focus; a double click opens', async () => {
    const { page, calls, close } = await open({ rows: [relationRow(1)] });
    await page.locator('.row .quote').click();
    await page.keyboard.press('p');
    await expect.poll(() => calls.map(({ method }) => method)).toEqual(['reveal', 'pin']);
    expect(calls[0]?.params).toMatchObject({ keepFocus: true });
    await page.locator('.row .quote').dblclick();
    await expect.poll(() => calls.at(-1)?.params).toMatchObject({ keepFocus: false });
    await close();
  });

  it('keeps the active row when rows are updated, and moves to the next one if it is removed', async () => {
    const rows = Array.from({ length: 1200 }, (_, index) =>
      relationRow(index + 1, {
        probability: 1 - index / 1200,
        subject: { name: `drug ${index}`, type: 'Chemical', key: `drug ${index}` },
      }),
    );
    const { page, rpc, close } = await open({ rows });
    await ungroup(page);
    await page.locator('.virtual-list').focus();
    await page.keyboard.press('End');
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowUp');
    const activeName = () => page.locator('.row.active .name').first().innerText();
    const scrolled = () => page.evaluate<number>("document.querySelector('.virtual-list').scrollTop");
    expect(await activeName()).toBe('drug 1196');
    const before = await scrolled();
    sendRows(rpc, rows, 2);
    await page.waitForTimeout(100);
    expect([await activeName(), await scrolled()]).toEqual(['drug 1196', before]);
    const others = rows.filter(({ subject }) => subject.name !== 'drug 1196');
    sendRows(rpc, others, 3);
    await expect.poll(activeName).toBe('drug 1197');
    await close();
  });

  it('returns to the editor on Escape', async () => {
    const { page, calls, close } = await open({ rows: relationRows(3) });
    await page.locator('.row').first().waitFor();
    await page.locator('.virtual-list').focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => calls.at(-1)).toEqual({ method: 'act', params: 'toText' });
    await close();
  });

  it('expands a pair, counts its sentences, and filters', async () => {
    const same = {
      subject: { name: 'a', type: 'Gene', key: 'a' },
      object: { name: 'b', type: 'Gene', key: 'b' },
      type: 't',
    };
    const rows: RelationRow[] = [1, 2, 3].map((id) =>
      relationRow(id, { ...same, negated: id === 3 ? 'no' : undefined, speculated: undefined }),
    );
    const { page, close } = await open({ rows });
    const pair = page.locator('.row[aria-expanded="false"]');
    await pair.waitFor();
    expect(await pair.getAttribute('aria-label')).toContain('2 sentences in favour, 1 against, in 3 papers');
    await pair.click();
    await expect.poll(() => page.locator('.row').count()).toBe(4);
    await page.locator('.relations input').first().fill('sample 2');
    await page.locator('.count', { hasText: '1 of 3' }).waitFor();
    await page.locator('.relations input').first().fill('nowhere');
    await page.locator('.notice').getByText('Clear filters').click();
    await page.locator('.count', { hasText: '3 of 3' }).waitFor();
    await close();
  });

  it('collapses and expands a pair on each click, and as a tree does on keys', async () => {
    const same = {
      subject: { name: 'a', type: 'Gene', key: 'a' },
      object: { name: 'b', type: 'Gene', key: 'b' },
      type: 't',
    };
    const { page, calls, close } = await open({
      rows: [relationRow(1, same), relationRow(2, same), relationRow(5)],
    });
    const pair = page.locator('.row[aria-expanded]');
    const expanded = () => pair.getAttribute('aria-expanded');
    const activeRow = () => page.locator('.row.active').getAttribute('aria-rowindex');
    await pair.waitFor();
    for (const state of ['true', 'false', 'true']) {
      await pair.click();
      await expect.poll(expanded).toBe(state);
      await page.waitForTimeout(600);
    }
    await pair.locator('.codicon-chevron-down').dblclick();
    await expect.poll(expanded).toBe('true');
    expect(calls).toEqual([]);
    const steps = [
      ['ArrowRight', 'true', 1],
      ['ArrowLeft', 'true', 0],
      ['ArrowLeft', 'false', 0],
      ['ArrowLeft', 'false', 0],
      ['ArrowRight', 'true', 0],
      ['Enter', 'false', 0],
      [' ', 'true', 0],
    ] as const;
    const top = Number(await activeRow());
    for (const [key, state, below] of steps) {
      await page.keyboard.press(key);
      await expect
        .poll(async () => [await expanded(), Number(await activeRow()) - top])
        .toEqual([state, below]);
    }
    expect(await page.locator('.row:not([aria-expanded])').count()).toBe(3);
    await close();
  });

  it('opens the row under the pointer, although the list was scrolled and has no active row', async () => {
    const { page, calls, close } = await open({ rows: relationRows(500) });
    await ungroup(page);
    await page.locator('.row .quote').first().waitFor();
    await page.evaluate("document.querySelector('.virtual-list').scrollTop = 4000");
    await page.waitForTimeout(100);
    const box = await page.locator('.virtual-list').boundingBox();
    const at = { x: (box?.x ?? 0) + 60, y: (box?.y ?? 0) + 90 };
    const label = await page.evaluate<string>(
      `document.elementFromPoint(${at.x}, ${at.y}).closest('.row').getAttribute('aria-label')`,
    );
    await page.mouse.click(at.x, at.y);
    await expect.poll(() => calls.at(-1)?.method).toBe('reveal');
    expect(await page.locator('.row.active').getAttribute('aria-label')).toBe(label);
    await close();
  });

  it('takes a click on a row that is drawn anew while the button is down', async () => {
    const rows = relationRows(3);
    const { page, calls, rpc, close } = await open({ rows });
    await ungroup(page);
    const quote = page.locator('.row .quote').first();
    const box = await quote.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 5);
    await page.mouse.down();
    sendRows(rpc, [...rows], 2);
    await page.waitForTimeout(100);
    await page.mouse.up();
    await expect.poll(() => calls.at(-1)?.method).toBe('reveal');
    await close();
  });

  it('says where the copies of a sentence are, and shows them', async () => {
    const copies = [
      { id: 71, document: 'title x', name: 'Kaplan 2019, Trial', file: 'embase.ris', line: 12 },
      { id: 72, document: 'title x', name: 'Kaplan 2019, Trial', file: 'more.ris', line: 3 },
    ];
    const { page, calls, problems, close } = await open({ rows: [relationRow(1, { copies })] });
    const row = page.locator('.row').first();
    await row.waitFor();
    expect(await row.getAttribute('aria-label')).toContain('also in embase.ris:12, also in more.ris:3');
    expect(await row.locator('.place').getAttribute('title')).toContain('also in embase.ris:12');
    await row.hover();
    await row.locator('vscode-button[title="also in embase.ris:12, also in more.ris:3"]').click();
    await expect.poll(() => calls.at(-1)?.params).toMatchObject({ kind: 'relation', id: 71 });
    await page.locator('.virtual-list').focus();
    await page.keyboard.press('c');
    await expect.poll(() => calls.at(-1)?.params).toMatchObject({ kind: 'relation', id: 72 });
    expect(problems).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await close();
  });

  it('shows less certain relations when it is asked to', async () => {
    const rows = [
      relationRow(1),
      relationRow(2, { isTentative: true }),
      relationRow(3, { isTentative: true }),
    ];
    const { page, close } = await open({ rows });
    await page.locator('.count', { hasText: '1 of 3' }).waitFor();
    await page.getByRole('button', { name: 'Show less certain relations, too' }).click();
    await page.locator('.count', { hasText: '3 of 3' }).waitFor();
    await close();
  });

  it('says that all relations are less certain, and shows them on demand', async () => {
    const { page, close } = await open({ rows: [relationRow(1, { isTentative: true })] });
    await page.getByText('The relations that were found here are less certain.').waitFor();
    await page.locator('.notice').getByText('Show less certain relations, too').click();
    await page.locator('.count', { hasText: '1 of 1' }).waitFor();
    await close();
  });

  it('has one row and one node for all names of a concept, and finds it by any name', async () => {
    const concept = { id: 'MESH:D000077157', name: 'Sorafenib' };
    const key = `Chemical\n${concept.id}`;
    const names = ['BAY 43-9006', 'sorafenib', 'Nexavar', 'sorafenib'];
    const object = { name: 'BRAF', type: 'Gene', key: 'Gene\nNCBIGene:673' };
    const rows = names.map((name, index) =>
      relationRow(index + 1, {
        subject: { name, type: 'Chemical', key, concept },
        object,
        type: 'inhibitor',
        negated: undefined,
        speculated: undefined,
        evidence: { text: `${name} acts on ${object.name}.`, marks: [] },
      }),
    );
    const other = relationRow(9, { subject: { name: 'EGF', type: 'Gene', key: 'Gene\negf' }, object });
    const namedConcepts = (text: string) => (text === 'sorafenibum' ? [concept.id] : []);
    const { page, problems, close } = await open({ rows: [...rows, other], namedConcepts });
    const pair = page.locator('.row[aria-expanded="false"]');
    await pair.waitFor();
    expect(await page.locator('.row').count()).toBe(2);
    expect(await pair.getAttribute('aria-label')).toBe(
      'sorafenib inhibitor BRAF, 4 sentences in favour, in 4 papers, ' +
        'sorafenib: Sorafenib · MESH:D000077157, also called BAY 43-9006, Nexavar',
    );
    expect(await pair.locator('.entity').first().getAttribute('title')).toBe(
      'sorafenib · Chemical\nSorafenib · MESH:D000077157\nalso called BAY 43-9006, Nexavar',
    );
    for (const text of ['nexavar', 'D000077157', 'sorafenibum']) {
      await page.locator('.relations input').first().fill(text);
      await page.locator('.count', { hasText: '4 of 5' }).waitFor();
    }
    await page.locator('#tab-graph').click();
    await page.locator('.graph-drawing .node').first().waitFor();
    await page.locator('.graph-frame').focus();
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => page.locator('.graph-said').innerText())
      .toBe('sorafenib (Chemical, Sorafenib · MESH:D000077157, also called BAY 43-9006, Nexavar): BRAF');
    expect(problems).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await close();
  });

  it('offers an action if the list is empty, and runs it', async () => {
    const notice = {
      kind: 'empty',
      message: 'No relations yet.',
      action: { id: 'find', label: 'Find them' },
      alternative: { id: 'openSample', label: 'Open the Sample' },
    } as const;
    const { page, calls, rpc, close } = await open({ state: { ...readyState, relationsNotice: notice } });
    await page.getByText('Open the Sample').click();
    await expect.poll(() => calls.at(-1)).toEqual({ method: 'act', params: 'openSample' });
    await page.getByText('Find them').click();
    await expect.poll(() => calls.at(-1)).toEqual({ method: 'act', params: 'find' });
    sendState(rpc, { ...readyState, relationsWork: { label: 'Finding relations …', fraction: 0.41 } });
    await page.locator('.work-line', { hasText: '41 %' }).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => calls.at(-1)).toEqual({ method: 'stop', params: 'relations' });
    await close();
  });
});

const hostile = `<img src=x onerror="document.title='broken'"> ]]> <script>document.title='broken'</script> javascript:alert(1)`;

describe('hostile text', () => {
  it('is shown as text everywhere', async () => {
    const name = { name: hostile, type: hostile, key: hostile };
    const row = relationRow(1, {
      subject: name,
      object: name,
      type: hostile,
      name: hostile,
      evidence: { text: hostile, marks: [{ start: 0, end: 9, role: 'subject' }] },
    });
    const [first] = verdictAnswer.answers;
    const answer = {
      ...verdictAnswer,
      verdict: undefined,
      answers: first
        ? [{ ...first, answer: hostile, name: hostile, sentence: { text: hostile, marks: [] } }]
        : [],
    };
    const { page, rpc, problems, close } = await open({ rows: [row], ask: () => Promise.resolve(answer) });
    rpc.notify(evidenceEvent, {
      topics: [{ id: 't', label: hostile, ids: hostile, source: 'answer' }],
      cells: [
        {
          id: 1,
          kind: 'evidence',
          isPinned: true,
          topic: 't',
          document: 'd',
          name: hostile,
          line: 1,
          text: hostile,
          note: hostile,
          probability: 1,
          isDenied: false,
          isSpeculative: false,
        },
      ],
    });
    rpc.notify(askEvent, hostile);
    await page.locator('.answer-list').waitFor();
    await page.locator('#tab-evidence').click();
    await page.locator('.evidence-list').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('Panel');
    expect(await page.locator('.row .quote').innerText()).toContain('<img src=x');
    expect(problems).toEqual([]);
    await close();
  });
});

describe('a question', () => {
  it('shows a verdict and ranked answers that open their places', async () => {
    const { page, calls, close } = await open();
    await page.locator('.question-box input').fill('Does tamoxifen lower the risk?');
    await page.keyboard.press('Enter');
    await page.getByText('The papers say yes (91 %)').waitFor();
    // A draft of the user is no paper.
    expect(await page.locator('.verdict-papers').innerText()).toMatch(
      /^Papers for: 4, drafts: 1\s+Papers against: 1$/u,
    );
    const listOf = (name: string) => page.getByRole('list', { name }).locator('.quote').allInnerTexts();
    expect(await listOf('Supports it')).toEqual([
      'Carriers who took tamoxifen had a lower risk of breast cancer.',
    ]);
    expect(await listOf('Contradicts it')).toEqual([
      'Tamoxifen did not lower the risk in carriers of BRCA1.',
    ]);
    expect(await page.locator('.answer-list mark').allInnerTexts()).toEqual(['tamoxifen', 'Raloxifene']);
    await page.locator('#answer-13').click();
    await expect
      .poll(() => calls.at(-1))
      .toEqual({ method: 'reveal', params: { kind: 'answer', id: 13, keepFocus: true } });
    await close();
  });

  it('pins the sentences for and against as it pins answers', async () => {
    const { page, calls, saved, close } = await open();
    await page.locator('.question-box input').fill('Does tamoxifen lower the risk?');
    await page.keyboard.press('Enter');
    const sideOf = (name: string) => page.getByRole('list', { name });
    const supports = sideOf('Supports it');
    const pinned = sideOf('Contradicts it').getByRole('button', { name: 'Remove from evidence' });
    await pinned.waitFor();
    const lastPin = () => calls.filter(({ method }) => method === 'pin').at(-1)?.params;
    await supports.getByRole('button', { name: 'Pin as evidence' }).click();
    await expect.poll(lastPin).toEqual({ kind: 'answer', id: 21, pinned: true });
    await supports.getByRole('button', { name: 'Remove from evidence' }).waitFor();
    // The button keeps the focus although it is drawn again.
    expect(await page.evaluate('document.activeElement.id')).toBe('pin-21');
    await expect
      .poll(saved)
      .toMatchObject({ result: { verdict: { sentences: [{ isPinned: true }, { isPinned: true }] } } });
    await page.locator('#answer-22').focus();
    await page.keyboard.press('p');
    await expect.poll(lastPin).toEqual({ kind: 'answer', id: 22, pinned: false });
    expect(await page.evaluate('document.activeElement.id')).toBe('answer-22');
    await close();
  });

  it('shows that there are sentences against it, and leads to them', async () => {
    const [supports, contradicts] = verdict.sentences;
    if (!supports || !contradicts) throw new Error('The verdict has no sentences.');
    const many = Array.from({ length: 10 }, (_, index) => ({ ...supports, id: 101 + index }));
    const long = { ...verdict, sentences: [...many, contradicts] };
    const { page, close } = await open(
      { ask: () => Promise.resolve({ ...verdictAnswer, verdict: long }) },
      { width: 340, height: 680 },
    );
    await page.locator('.question-box input').fill('Does tamoxifen lower the risk?');
    await page.keyboard.press('Enter');
    const box = page.locator('.answers');
    /** Whether all of an element is in the visible part of the answers. */
    const isInSight = async (selector: string): Promise<boolean> => {
      const [outer, inner] = [await box.boundingBox(), await page.locator(selector).boundingBox()];
      if (!outer || !inner) return false;
      return inner.y >= outer.y - 1 && inner.y + inner.height <= outer.y + outer.height + 1;
    };
    await page.locator('#answer-22').waitFor();
    expect(await isInSight('#answer-22')).toBe(false);
    expect(await isInSight('.stance.contradicts')).toBe(true);
    await page.getByRole('button', { name: 'Papers against: 1' }).click();
    await expect.poll(() => isInSight('#answer-22')).toBe(true);
    expect(await isInSight('.stance.contradicts')).toBe(true);
    expect(await page.evaluate('document.activeElement.id')).toBe('answer-22');
    const lowerEdge = "document.querySelector('.stance.contradicts').getBoundingClientRect().bottom";
    const upperEdge = "document.querySelector('#answer-22').getBoundingClientRect().top";
    expect(await page.evaluate<number>(`${upperEdge} - ${lowerEdge}`)).toBeGreaterThanOrEqual(-1);
    await close();
  });

  it('keeps its box in sight in a low side bar when a count leads to the sentences', async () => {
    const { page, close } = await open({ ask: () => Promise.resolve(longAnswer) }, { height: 240 });
    await page.locator('.question-box input').fill('Does tamoxifen lower the risk?');
    await page.keyboard.press('Enter');
    const { scrolled, top } = scrolling(page);
    await page.getByRole('button', { name: 'Papers against: 1' }).click();
    await expect.poll(scrolled).toBeGreaterThan(0);
    expect(await top()).toBe(0);
    await close();
  });

  it('is answered from the beginning although the answers before were scrolled', async () => {
    const later: ((result: AskResult) => void)[] = [];
    const { page, close } = await open({
      ask: (_question, _signal, progress) => {
        progress({ read: 1, total: 2, answers: longAnswer.answers });
        return new Promise((resolve) => later.push(resolve));
      },
    });
    const { scrolled, scroll } = scrolling(page);
    for (const result of [longAnswer, { ...longAnswer, verdict: undefined }]) {
      await page.locator('.question-box input').fill('Does tamoxifen lower the risk?');
      await page.keyboard.press('Enter');
      await expect.poll(() => later.length).toBe(1);
      await scroll(200);
      expect(await scrolled()).toBeGreaterThan(0);
      later.pop()?.(result);
      await page.getByText('31 papers').waitFor();
      expect(await scrolled()).toBe(0);
    }
    // A pin is no new answer.
    await scroll(150);
    const before = await scrolled();
    await page.locator('.answer-pin').last().click();
    await page.getByRole('button', { name: 'Remove from evidence' }).last().waitFor();
    expect(await scrolled()).toBeGreaterThanOrEqual(before);
    await close();
  });

  it('is asked again when drafts are left out, and keeps what is typed meanwhile', async () => {
    const folder = { ...readyState, scope: 'folder' as const };
    const { page, rpc, calls, saved, close } = await open({ state: folder });
    const asked = () => calls.filter(({ method }) => method === 'ask').map(({ params }) => params);
    const first = { question: 'Does tamoxifen lower the risk?' };
    const box = page.locator('.question-box input');
    sendState(rpc, { ...folder, recordsOnly: true });
    await expect.poll(() => page.locator('.without-drafts input').isChecked()).toBe(true);
    expect(asked()).toEqual([]);
    await box.fill(first.question);
    await page.keyboard.press('Enter');
    await page.locator('.verdict').waitFor();
    await box.fill('What else');
    sendState(rpc, { ...folder, recordsOnly: true, summary: 'the same setting' });
    await page.getByText('the same setting').waitFor();
    expect(asked()).toEqual([first]);
    sendState(rpc, folder);
    await expect.poll(asked).toEqual([first, first]);
    expect(await box.inputValue()).toBe('What else');
    await page.locator('.verdict').waitFor();
    await expect.poll(saved).toMatchObject({ question: 'What else', asked: first.question });
    const stored = await saved();
    await close();
    const again = await open({ state: folder }, { saved: stored });
    await again.page.locator('.verdict').waitFor();
    sendState(again.rpc, { ...folder, recordsOnly: true });
    await expect.poll(() => again.calls.at(-1)?.params).toEqual(first);
    // One document is read in any case, and answers that were closed are not wanted.
    const { length } = again.calls;
    sendState(again.rpc, { ...readyState, recordsOnly: false });
    await again.page.getByRole('button', { name: 'Close the answers' }).click();
    sendState(again.rpc, { ...folder, recordsOnly: true, summary: 'the last state' });
    await again.page.getByText('the last state').waitFor();
    expect(again.calls.length).toBe(length);
    await again.close();
  });

  it('shows the sentences of a question that the papers do not settle', async () => {
    const unsettled = { ...verdict, answer: 'open' as const, yes: 0.5, no: 0.1, open: 0.4 };
    const asked = { ...verdictAnswer, answers: [], verdict: unsettled };
    const { page, close } = await open({ ask: () => Promise.resolve(asked) });
    await page.locator('.question-box input').fill('Does tamoxifen lower the risk?');
    await page.keyboard.press('Enter');
    await page.getByText('The papers do not settle it').waitFor();
    expect(await page.locator('.stances li').count()).toBe(2);
    await close();
  });

  it('does not call a question unsettled that no paper speaks about', async () => {
    const silent = {
      ...verdict,
      answer: 'open' as const,
      sentences: [],
      papers: { supports: 0, contradicts: 0 },
      drafts: { supports: 0, contradicts: 0 },
    };
    const asked = { ...verdictAnswer, answers: [], verdict: { ...silent, yes: 0, no: 0, open: 1 } };
    const { page, close } = await open({ ask: () => Promise.resolve(asked) });
    await page.locator('.question-box input').fill('Does tamoxifen lower the risk?');
    await page.keyboard.press('Enter');
    await page.getByText('No paper says whether it is so').waitFor();
    await close();
  });

  it('is shown from its beginning once it was asked', async () => {
    const { page, close } = await open({}, { width: 340 });
    const box = page.locator('.question-box input');
    await box.focus();
    await page.keyboard.type('Does tamoxifen lower the risk of breast cancer in carriers of BRCA1?');
    const scrolled = () => page.evaluate<number>("document.querySelector('.question-box input').scrollLeft");
    await expect.poll(scrolled).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    await page.locator('.verdict').waitFor();
    expect(await scrolled()).toBe(0);
    // The question can be changed at once.
    await page.keyboard.type('!');
    expect(await box.inputValue()).toMatch(/BRCA1\?!$/u);
    await page.keyboard.press('Tab');
    expect(await scrolled()).toBe(0);
    await close();
  });

  it('shows a message if there is no answer', async () => {
    const nothing = { ...verdictAnswer, answers: [], verdict: undefined, noAnswer: 0.99, read: 48 };
    const { page, close } = await open({ ask: () => Promise.resolve(nothing) });
    await page.locator('.question-box input').fill('What is the colour of hope?');
    await page.keyboard.press('Enter');
    await page.getByText('No answer was found in 48 passages.').waitFor();
    await close();
    const one = await open({ ask: () => Promise.resolve({ ...nothing, read: 1 }) });
    await one.page.locator('.question-box input').fill('What is the colour of hope?');
    await one.page.keyboard.press('Enter');
    await one.page.getByText('No answer was found in 1 passage.').waitFor();
    await one.close();
  });

  it('can be cancelled, and shows an error with its next step', async () => {
    let isCancelled = false;
    const { page, close } = await open({
      ask: (question, signal) =>
        question === 'fail'
          ? Promise.reject(new Error('never shown'))
          : new Promise((_, reject) => {
              signal.addEventListener('abort', () => {
                isCancelled = true;
                reject(new Error('cancelled'));
              });
            }),
    });
    const box = page.locator('.question-box input');
    await box.fill('Why?');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => isCancelled).toBe(true);
    expect(await page.locator('.answers').isHidden()).toBe(true);
    await box.fill('fail');
    await page.keyboard.press('Enter');
    await page.locator('.answers [role=alert]', { hasText: 'Report Issue' }).waitFor();
    await close();
  });

  it('can be recalled by arrow keys and from the history', async () => {
    const { page, calls, close } = await open();
    const box = page.locator('.question-box input');
    await box.focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => box.inputValue()).toBe('What causes cystic fibrosis?');
    await page.getByRole('button', { name: 'Earlier questions' }).click();
    await page.getByRole('option', { name: 'Which drugs lower' }).click();
    await expect
      .poll(() => calls.find(({ method }) => method === 'ask')?.params)
      .toEqual({
        question: 'Which drugs lower breast cancer risk?',
      });
    await close();
  });
});

describe('the page', () => {
  it('restores its state', async () => {
    const first = await open({ rows: relationRows(50) });
    await first.page.locator('.question-box input').fill('Does it help?');
    await first.page.keyboard.press('Enter');
    await first.page.locator('.verdict').waitFor();
    await first.page.locator('.relations input').first().fill('EGFR');
    await first.page.locator('#tab-evidence').click();
    await expect.poll(() => first.saved()).toMatchObject({ tab: 'evidence', options: { text: 'EGFR' } });
    const saved = await first.saved();
    await first.close();
    const again = await open({ rows: relationRows(50) }, { saved });
    await again.page.locator('.verdict').waitFor();
    expect(await again.page.locator('#tab-evidence').getAttribute('aria-selected')).toBe('true');
    expect(await again.page.locator('.relations input').first().inputValue()).toBe('EGFR');
    await again.close();
    const other = await open({ session: 'two' }, { saved });
    expect(await other.page.locator('.verdict').count()).toBe(0);
    expect(await other.page.locator('.question-box input').inputValue()).toBe('Does it help?');
    await other.close();
  });

  it('shows a graph that can be used by keys and saved', async () => {
    const { page, calls, problems, close } = await open({ rows: relationRows(100) });
    await page.locator('#tab-graph').click();
    await page.locator('.graph-drawing .node').first().waitFor();
    await page.locator('.graph-frame').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator('.graph-said').innerText()).toMatch(/\(.+\): /);
    await page.getByRole('button', { name: 'Save SVG' }).click();
    await expect.poll(() => calls.at(-1)?.method).toBe('save');
    const { content } = calls.at(-1)?.params as { readonly content: string };
    expect(content).toContain('>gefitinib</text>');
    await page.getByRole('button', { name: 'Save PNG' }).click();
    await expect.poll(() => (calls.at(-1)?.params as { readonly encoding: string }).encoding).toBe('base64');
    const png = Buffer.from((calls.at(-1)?.params as { readonly content: string }).content, 'base64');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    await page.locator('.graph-frame').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Show all').waitFor();
    await page.getByRole('button', { name: 'Open Graph in Editor' }).click();
    await expect.poll(() => calls.at(-1)?.method).toBe('openGraph');
    expect(problems).toEqual([]);
    await close();
  });

  it.each(Object.keys(themes) as ThemeName[])('passes the accessibility checks: %s', async (theme) => {
    const { page, rpc, close } = await open({ rows: relationRows(60) }, { theme, width: 240 });
    rpc.notify(evidenceEvent, {
      topics: [{ id: 't', label: 'tamoxifen – breast cancer', source: 'relation' }],
      cells: [
        {
          id: 1,
          kind: 'evidence',
          isPinned: true,
          topic: 't',
          document: 'd',
          name: 'a.md',
          line: 1,
          text: 'It helps.',
          note: '',
          probability: 1,
          isDenied: true,
          isSpeculative: false,
        },
      ],
    });
    rpc.notify(askEvent, 'Does it help?');
    await page.locator('.verdict').waitFor();
    await page.locator('.row').first().click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    expect(await violations(page)).toEqual([]);
    for (const tab of ['graph', 'evidence']) {
      await page.locator(`#tab-${tab}`).click();
      expect(await violations(page)).toEqual([]);
    }
    await close();
  });

  it('keeps its Stop button under the pointer while progress is reported', async () => {
    const { page, rpc, calls, close } = await open();
    const label = (done: number) => `Reading papers: ${done} of 1,000`;
    sendState(rpc, { ...readyState, indexWork: { label: label(1), fraction: 0.001 } });
    const stop = page.getByRole('button', { name: 'Stop' });
    await stop.hover();
    await page.mouse.down();
    sendState(rpc, { ...readyState, indexWork: { label: label(2), fraction: 0.002 } });
    await page.getByText(label(2)).waitFor();
    await page.mouse.up();
    await expect.poll(() => calls.at(-1)).toEqual({ method: 'stop', params: 'index' });
    sendState(rpc, readyState);
    await stop.waitFor({ state: 'hidden' });
    await close();
  });

  it('fits its content into 240 pixels at a zoom of 200 %', async () => {
    const { page, close } = await open({ rows: relationRows(60) }, { width: 480, zoom: 2 });
    await page.locator('.row').first().waitFor();
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await close();
  });
});
