import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { EvidenceCell, EvidenceView } from '../../src/protocol/panel';
import { evidenceEvent, stateEvent } from '../../src/protocol/panelMessages';
import { violations } from './axe';
import { fakeHost, readyState } from './host';
import { closeBrowser, openPanel, type OpenOptions } from './page';
import { themes, type ThemeName } from './themes';

afterAll(async () => {
  await closeBrowser();
});

function cell(id: number, name: string, topic: string, change: Partial<EvidenceCell> = {}): EvidenceCell {
  return {
    id,
    kind: change.isPinned === false ? 'relation' : 'evidence',
    isPinned: true,
    topic,
    document: `papers/${name}`,
    name,
    line: 3 + id,
    text: `Sentence ${id}: carriers of the mutation who took tamoxifen for five years had a lower risk than those who did not.`,
    note: '',
    probability: 0.92,
    isDenied: false,
    isSpeculative: false,
    ...change,
  };
}

const view: EvidenceView = {
  topics: [
    {
      id: 'pair',
      label: 'tamoxifen – breast cancer (negative correlation)',
      ids: 'MESH:D013629 – MESH:D001943',
      source: 'relation',
    },
    { id: 'question', label: 'Which drugs lower breast cancer risk?', source: 'answer' },
  ],
  cells: [
    cell(1, 'smith2019.md', 'pair', { note: 'randomised' }),
    cell(2, 'chen2021.nbib', 'question', { isDenied: true, isSpeculative: true }),
    cell(3, 'smith2019.md', 'question'),
    cell(40, 'a-rather-long-name-of-a-document-2020.md', 'pair', { isPinned: false }),
  ],
};

/** A form with a proposed value, one that a person has confirmed, and an empty column. */
const formView: EvidenceView = {
  topics: [
    { id: 'n', label: 'Patients', source: 'form' },
    { id: 'dose', label: 'Dose', source: 'form' },
    { id: 'outcome', label: 'Outcome', source: 'form' },
    ...view.topics,
  ],
  cells: [
    cell(11, 'smith2019.md', 'n', { value: '120', isProposed: true }),
    cell(12, 'smith2019.md', 'dose', { value: '20 mg' }),
    ...view.cells,
  ],
};

/** A question that every paper is asked, beside the pinned sentences. */
const askedView: EvidenceView = {
  topics: [...view.topics, { id: 'asked', label: 'How many patients?', source: 'answer', isAsked: true }],
  cells: [
    ...view.cells,
    cell(1, 'smith2019.md', 'asked', {
      kind: 'paperAnswer',
      isPinned: false,
      text: '120: We studied 120 women.',
    }),
    cell(2, 'chen2021.nbib', 'asked', {
      kind: 'paperAnswer',
      isPinned: false,
      isUnanswered: true,
      text: '',
      line: 0,
      probability: 0,
    }),
  ],
};

async function openTable(options: Partial<OpenOptions> = {}, shown = view) {
  const fake = fakeHost();
  const panel = await openPanel({ ...options, host: fake.host });
  panel.rpc.notify(evidenceEvent, shown);
  await panel.page.locator('#tab-evidence').click();
  await panel.page.locator('.evidence-tools').waitFor();
  if (!(await panel.page.locator('.evidence-table').isVisible()))
    await panel.page.getByRole('button', { name: 'As a table' }).click();
  await panel.page.locator('.evidence-table .go').first().waitFor();
  return { ...panel, calls: fake.calls };
}

function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.textContent');
}

describe('the evidence table', () => {
  it('has documents as rows and topics as columns, with each sentence in its cell', async () => {
    const { page, problems, close } = await openTable({ width: 640 });
    expect(await page.getByRole('columnheader').allInnerTexts()).toEqual([
      'Document',
      ...view.topics.map(({ label, ids }) => (ids === undefined ? label : `${label}\n${ids}`)),
    ]);
    expect(await page.getByRole('rowheader').allInnerTexts()).toEqual([
      'a-rather-long-name-of-a-document-2020.md',
      'chen2021.nbib',
      'smith2019.md',
    ]);
    const smith = page.getByRole('row', { name: 'smith2019.md' }).getByRole('gridcell');
    expect(await smith.nth(0).innerText()).toContain('Sentence 1');
    expect(await smith.nth(1).innerText()).toContain('Sentence 3');
    expect(problems).toEqual([]);
    await close();
  });

  it("is a table or a list, depending on the width and on the user's choice", async () => {
    const { page, saved, rpc, close } = await openTable({ width: 640 });
    await page.setViewportSize({ width: 300, height: 700 });
    await page.locator('.evidence-list').first().waitFor();
    await page.getByRole('button', { name: 'As a table' }).click();
    await page.locator('.evidence-table').waitFor();
    expect(await saved()).toMatchObject({ evidence: { isTable: true, withUnpinned: true } });
    await page.getByRole('button', { name: 'Show sentences that are not pinned' }).click();
    await expect.poll(() => page.locator('.evidence-table .go').count()).toBe(3);
    rpc.notify(evidenceEvent, { topics: [], cells: [] });
    await page.getByText('Nothing is pinned yet.').waitFor();
    await page.getByRole('button', { name: 'Show Relations' }).click();
    await page.locator('.relations').waitFor();
    await close();
  });

  it('supports keys to move, open, pin, write notes and unpin', async () => {
    const { page, calls, rpc, close } = await openTable({ width: 640 });
    await page.locator('.evidence-table .go[tabindex="0"]').focus();
    expect(await focused(page)).toContain('not pinned');
    await page.keyboard.press('p');
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({
        method: 'pin',
        params: { kind: 'relation', id: 40, pinned: true },
      });
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toMatch(/^Sentence 1.*randomised$/);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({
        method: 'reveal',
        params: { kind: 'evidence', id: 3, keepFocus: false },
      });
    await page.keyboard.press('n');
    await page.keyboard.type('see table 2');
    // An update from the host does not discard the note.
    rpc.notify(evidenceEvent, { ...view, cells: [...view.cells, cell(5, 'z.md', 'pair')] });
    await page.getByText('z.md').waitFor();
    await page.keyboard.type('!');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({
        method: 'note',
        params: { id: 3, note: 'see table 2!' },
      });
    expect(await focused(page)).toContain('Sentence 3');
    await page.keyboard.press('Delete');
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({ params: { kind: 'evidence', id: 3, pinned: false } });
    rpc.notify(evidenceEvent, { ...view, cells: view.cells.filter(({ id }) => id !== 3) });
    await expect.poll(() => focused(page)).toContain('Sentence 1');
    await close();
  });

  it('shows values of the form with a badge if they are proposed, and confirms them with Enter', async () => {
    const { page, calls, rpc, problems, close } = await openTable({ width: 900 }, formView);
    const heads = await page.getByRole('columnheader').allInnerTexts();
    expect(heads.slice(0, 4)).toEqual(['Document', 'Patients', 'Dose', 'Outcome']);
    const [proposed, confirmed] = await page.locator('.evidence-table .value-line').allInnerTexts();
    expect([proposed?.trim(), confirmed?.trim()]).toEqual([
      expect.stringMatching(/^proposed\s+120$/),
      '20 mg',
    ]);
    const go = page.locator('.evidence-table .entry', { hasText: '120' }).locator('.go');
    await go.focus();
    await page.keyboard.press('Enter');
    const value = (id: number, text: string) => ({ method: 'value', params: { id, value: text } });
    await expect.poll(() => calls.at(-1)).toMatchObject(value(11, '120'));
    await page.keyboard.press('Space');
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({ method: 'reveal', params: { kind: 'evidence', id: 11 } });
    const cells = formView.cells.map((each) => (each.id === 11 ? { ...each, isProposed: false } : each));
    rpc.notify(evidenceEvent, { ...formView, cells });
    await expect.poll(() => page.locator('.evidence-table .value-line .badge').count()).toBe(0);
    expect(await focused(page)).toContain('120');
    await page.keyboard.press('Enter');
    await expect.poll(() => calls.filter(({ method }) => method === 'reveal')).toHaveLength(2);
    expect(problems).toEqual([]);
    await close();
  });

  it('edits a value in place, keeps it through updates, and leaves it with Escape', async () => {
    const { page, calls, rpc, close } = await openTable({ width: 900 }, formView);
    await page.locator('.evidence-table .entry', { hasText: '20 mg' }).locator('.go').focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('25');
    rpc.notify(evidenceEvent, {
      ...formView,
      cells: [...formView.cells, cell(13, 'z.md', 'n', { value: '7' })],
    });
    await page.getByText('z.md').waitFor();
    await page.keyboard.type(' mg');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({ method: 'value', params: { id: 12, value: '25 mg' } });
    expect(await focused(page)).toContain('20 mg');
    const before = calls.length;
    await page.keyboard.press('F2');
    await page.keyboard.type('99');
    await page.keyboard.press('Escape');
    expect(await focused(page)).toContain('20 mg');
    await page.keyboard.press('F2');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Delete');
    await expect
      .poll(() => calls.slice(before))
      .toEqual([{ method: 'pin', params: { kind: 'evidence', id: 12, pinned: false } }]);
    await close();
  });

  it('confirms and edits values in the list of a narrow side bar, too', async () => {
    const { page, calls, rpc, close } = await openTable({ width: 300 }, formView);
    await page.getByRole('button', { name: 'As a table' }).click();
    await page.locator('.evidence-list').first().waitFor();
    await page.getByRole('button', { name: 'Confirm the value' }).click();
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({ method: 'value', params: { id: 11, value: '120' } });
    const cells = formView.cells.map((each) => (each.id === 11 ? { ...each, isProposed: false } : each));
    rpc.notify(evidenceEvent, { ...formView, cells });
    await expect.poll(() => page.locator('.evidence-list .value-line .badge').count()).toBe(0);
    expect(await focused(page)).toContain('120');
    await page.getByRole('button', { name: 'Edit the value' }).nth(1).click();
    await page.keyboard.type('30 mg');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({ method: 'value', params: { id: 12, value: '30 mg' } });
    await close();
  });

  it('shows the answer of every paper to a question; P pins it, a click opens it', async () => {
    const { page, calls, rpc, problems, close } = await openTable({ width: 900 }, askedView);
    const rows = page.getByRole('row');
    expect(await rows.count()).toBe(4);
    const answer = page.locator('.evidence-table .unpinned', { hasText: '120 women' });
    expect(
      await page.evaluate(
        "getComputedStyle(document.querySelector('.evidence-table .unpinned .quote')).fontStyle",
      ),
    ).toBe('italic');
    await answer.locator('.go').click();
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({ method: 'reveal', params: { kind: 'paperAnswer', id: 1 } });
    await answer.locator('.go').focus();
    await page.keyboard.press('p');
    await expect
      .poll(() => calls.at(-1))
      .toMatchObject({ method: 'pin', params: { kind: 'paperAnswer', id: 1, pinned: true } });
    const none = page.locator('.evidence-table .unanswered');
    expect(await none.locator('.quote').innerText()).toBe('no answer found');
    expect(await none.getByRole('button', { name: 'Pin as evidence' }).count()).toBe(0);
    const before = calls.length;
    await none.locator('.go').focus();
    await page.keyboard.press('p');
    await page.getByRole('button', { name: 'Ask new and changed papers: How many' }).click();
    await page.getByRole('button', { name: 'Remove the answers that are not pinned: How many' }).click();
    await page.getByRole('button', { name: 'Ask every paper: Which drugs' }).click();
    await page.getByRole('button', { name: 'Add Question…' }).click();
    const column = (topic: string, action: string) => ({ method: 'column', params: { topic, action } });
    await expect
      .poll(() => calls.slice(before).filter(({ method }) => method !== 'reveal'))
      .toEqual([
        column('asked', 'ask'),
        column('asked', 'remove'),
        column('question', 'ask'),
        { method: 'addColumn', params: undefined },
      ]);
    rpc.notify(stateEvent, { ...readyState, columnsWork: { label: '37 of 220 papers', fraction: 0.17 } });
    await page.locator('.evidence .work-line').waitFor();
    await page.locator('.evidence .work-line vscode-button').click();
    await expect.poll(() => calls.at(-1)).toEqual({ method: 'stop', params: 'columns' });
    expect(problems).toEqual([]);
    await close();
  });

  it('draws a long table in parts', async () => {
    const papers = Array.from({ length: 450 }, (_, id) =>
      cell(id, `p${id}.md`, 'asked', { kind: 'paperAnswer', isPinned: false }),
    );
    const { page, close } = await openTable({ width: 900 }, { ...askedView, cells: papers });
    const rows = page.locator('.evidence-table tbody tr');
    expect(await rows.count()).toBe(200);
    await page.getByRole('button', { name: 'Show more papers (250)' }).click();
    await expect.poll(() => rows.count()).toBe(400);
    await close();
  });

  it('shows answers of papers in the list of a narrow side bar, too', async () => {
    const { page, calls, close } = await openTable({ width: 300 }, askedView);
    await page.getByRole('button', { name: 'As a table' }).click();
    const entry = page.locator('.evidence-list .unpinned', { hasText: '120 women' });
    await entry.getByRole('button', { name: 'Pin as evidence' }).click();
    await expect.poll(() => calls.at(-1)).toMatchObject({ params: { kind: 'paperAnswer', id: 1 } });
    await page.getByText('papers without an answer: 1').waitFor();
    expect(await violations(page)).toEqual([]);
    await close();
  });

  it('cuts off a long name of a paper in the list, but never the probability', async () => {
    const fake = fakeHost();
    const { page, rpc, close } = await openPanel({ width: 240, host: fake.host });
    const name = 'Kaplan 2019, Survival of patients with tumours of the thyroid gland after treatment';
    const long = cell(1, name, 'pair', { file: 'export.nbib' });
    rpc.notify(evidenceEvent, { topics: view.topics, cells: [long] });
    await page.locator('#tab-evidence').click();
    const place = page.locator('.evidence-list .place');
    await place.waitFor();
    expect(await place.innerText()).toMatch(/^Kaplan 2019, .+\s+· 92 %$/u);
    const cut = await page.evaluate<boolean>(`(() => {
      const name = document.querySelector('.evidence-list .place-name');
      return getComputedStyle(name).textOverflow === 'ellipsis' && name.scrollWidth > name.clientWidth;
    })()`);
    expect(cut).toBe(true);
    const [row, percent] = [
      await page.locator('.evidence-list .go').boundingBox(),
      await page.locator('.place-percent').boundingBox(),
    ];
    if (!row || !percent) throw new Error('The list is not visible.');
    expect(percent.width).toBeGreaterThan(20);
    expect(percent.x + percent.width).toBeLessThanOrEqual(row.x + row.width);
    await close();
  });

  it('has one button for all exports', async () => {
    const { page, calls, close } = await openTable({ width: 640 }, formView);
    await page.getByRole('button', { name: 'Export…' }).click();
    await expect.poll(() => calls.at(-1)).toEqual({ method: 'exportEvidence', params: undefined });
    await close();
  });

  it.each([640, 300])(
    'shows whether a sentence is negated or speculative at a width of %i',
    async (width) => {
      const { page, close } = await openTable({ width });
      if (width === 300) await page.getByRole('button', { name: 'As a table' }).click();
      const entry = page.locator('.entry:visible', { hasText: 'Sentence 2' });
      expect(await entry.locator('.badge').allInnerTexts()).toEqual(['negated', 'speculative']);
      expect(await page.locator('.entry:visible', { hasText: 'Sentence 3' }).locator('.badge').count()).toBe(
        0,
      );
      await close();
    },
  );

  it.each(Object.keys(themes) as ThemeName[])('passes the accessibility checks: %s', async (theme) => {
    for (const options of [{ width: 240 }, { width: 480, zoom: 2 }, { width: 640 }]) {
      const { page, close } = await openTable(
        { theme, ...options },
        {
          topics: [...formView.topics, ...askedView.topics.slice(2)],
          cells: [...formView.cells, ...askedView.cells.slice(4)],
        },
      );
      await page.locator('.evidence-table .go[tabindex="0"]').focus();
      expect(await violations(page)).toEqual([]);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
      const pictures = process.env['BIOBERT_PANEL_PICTURES'];
      const name = `evidence-${theme}-${options.width}.png`;
      if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}` });
      await close();
    }
  });
});
