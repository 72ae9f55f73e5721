/** The filters of the list of relations, and how the list fits into narrow side bars. */
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { PanelState, RelationRow } from '../../src/protocol/panel';
import { violations } from './axe';
import {
  fakeHost,
  readyState,
  relationRow,
  relationRows,
  sendRows,
  sendState,
  type HostOptions,
} from './host';
import { closeBrowser, openPanel, type OpenOptions } from './page';
import { themes, type ThemeName } from './themes';

afterAll(async () => {
  await closeBrowser();
});

async function open(host: HostOptions = {}, options: Partial<OpenOptions> = {}) {
  const fake = fakeHost(host);
  const panel = await openPanel({ ...options, host: fake.host });
  return { ...panel, calls: fake.calls };
}

const sorafenib = { id: 'MESH:D000077157', name: 'Sorafenib' };

/** A relation of sorafenib, which the papers call by several names, or of another drug. */
function drugRow(id: number, name: string, change: Partial<RelationRow> = {}): RelationRow {
  const isSorafenib = ['sorafenib', 'Nexavar', 'BAY 43-9006'].includes(name);
  const key = isSorafenib ? `Chemical\n${sorafenib.id}` : `Chemical\n${name}`;
  return relationRow(id, {
    subject: { name, type: 'Chemical', key, ...(isSorafenib && { concept: sorafenib }) },
    object: { name: 'BRAF', type: 'Gene', key: 'Gene\nbraf' },
    type: 'inhibitor',
    probability: 0.5,
    negated: undefined,
    speculated: undefined,
    isPinned: false,
    evidence: { text: `${name} acts on BRAF.`, marks: [] },
    ...change,
  });
}

const inFolder: PanelState = { ...readyState, scope: 'folder' };

const mouse = { name: 'mouse', type: 'Species', key: 'Species\nmouse' };

const drugs: readonly RelationRow[] = [
  drugRow(1, 'Nexavar', { year: 1998, document: 'a\nKaplan 1998, One', name: 'Kaplan 1998, One', file: 'a' }),
  drugRow(2, 'sorafenib', { year: 2004, document: 'b\nLee 2004, Two', name: 'Lee 2004, Two', file: 'b' }),
  drugRow(3, 'sorafenib', { negated: 'not', document: 'b\nLee 2004, Two', name: 'Lee 2004, Two', file: 'b' }),
  drugRow(4, 'aspirin', { speculated: 'may', isDraft: true, object: mouse }),
  drugRow(5, 'aspirin', { type: 'association', probability: 0.95 }),
];

const counted = (page: Page) => page.locator('.count').innerText();
const scrolled = (page: Page) => page.evaluate<number>("document.querySelector('.virtual-list').scrollTop");
const chips = (page: Page) => page.locator('.chip-label').allInnerTexts();
const openFilters = (page: Page) => page.getByRole('button', { name: 'Filters', exact: true }).click();

/** Chooses an entry of a drop-down list by keys: the list of the toolkit is out of sight of the pointer. */
async function choose(page: Page, name: string, steps: number): Promise<void> {
  await page.getByRole('combobox', { name, exact: true }).focus();
  for (let step = 0; step < steps; step++) await page.keyboard.press('ArrowDown');
}

describe('the beginning of the list', () => {
  const rows = relationRows(500).map((row, id) => ({
    ...row,
    subject: { name: `drug ${id}`, type: 'Chemical', key: `drug ${id}` },
  }));
  const openAtEnd = async () => {
    const panel = await open({ rows });
    await panel.page.locator('.row').first().waitFor();
    await panel.page.locator('.virtual-list').focus();
    await panel.page.keyboard.press('End');
    expect(await scrolled(panel.page)).toBeGreaterThan(10_000);
    return panel;
  };
  const active = (page: Page) => page.locator('.virtual-list').getAttribute('aria-activedescendant');

  it('is shown after the reader has typed, and the keys start there', async () => {
    const { page, calls, close } = await openAtEnd();
    await page.locator('.filter-line input').fill('glioblastoma');
    await page.locator('.found-in').first().waitFor();
    expect(await scrolled(page)).toBe(0);
    expect(await active(page)).toBeNull();
    await page.locator('.virtual-list').focus();
    // The first row is a heading.
    await expect.poll(() => active(page)).toBe('row-1');
    await page.keyboard.press('ArrowUp');
    expect([await active(page), await scrolled(page)]).toEqual(['row-1', 0]);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => calls.at(-1)?.method).toBe('reveal');
    await close();
  });

  it('is shown after another filter, another order and another scope', async () => {
    const { page, rpc, close } = await openAtEnd();
    const toEnd = async () => {
      await page.evaluate("document.querySelector('.virtual-list').scrollTop = 1e6");
      await expect.poll(() => scrolled(page)).toBeGreaterThan(1_000);
    };
    await openFilters(page);
    await choose(page, 'Probability', 1);
    await expect.poll(() => scrolled(page)).toBe(0);
    await toEnd();
    await choose(page, 'Sort by', 2);
    await expect.poll(() => scrolled(page)).toBe(0);
    await toEnd();
    // The ids of the rows of two scopes have nothing to do with each other.
    sendRows(rpc, rows, 2, 'folder');
    await expect.poll(() => scrolled(page)).toBe(0);
    expect(await active(page)).toBeNull();
    await toEnd();
    sendRows(rpc, rows, 3, 'folder');
    await page.waitForTimeout(100);
    expect(await scrolled(page)).toBeGreaterThan(1_000);
    await close();
  });

  it('is shown when another document is read', async () => {
    const { page, rpc, close } = await openAtEnd();
    sendRows(
      rpc,
      rows.map((row) => ({ ...row, id: row.id + 1_000 })),
      2,
    );
    await expect.poll(() => scrolled(page)).toBe(0);
    await close();
  });

  it('keeps the active row if it is still visible there', async () => {
    const { page, close } = await open({ rows: drugs });
    await page.locator('.virtual-list').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    const before = await page.locator('.row.active').getAttribute('aria-label');
    await page.locator('.filter-line input').fill('aspirin');
    await page.locator('.found-in').first().waitFor();
    expect(await page.locator('.row.active').getAttribute('aria-label')).toBe(before);
    await close();
  });
});

describe('the filters', () => {
  it('restrict the list, are shown as chips, and go one by one or all at once', async () => {
    const { page, problems, close } = await open({ rows: drugs, state: inFolder });
    await expect.poll(() => counted(page)).toBe('5 of 5 relations');
    await openFilters(page);
    await choose(page, 'Type of name', 1);
    await expect.poll(() => chips(page)).toEqual(['Chemical']);
    await choose(page, 'Statement', 2);
    await expect.poll(() => chips(page)).toEqual(['Chemical', 'Against']);
    await expect.poll(() => counted(page)).toBe('1 of 5 relations');
    await page.getByRole('button', { name: 'Remove the filter: Against' }).click();
    await expect.poll(() => counted(page)).toBe('5 of 5 relations');
    // The focus goes on to the next chip, and from the last one to the box.
    await page.keyboard.press('Enter');
    await expect.poll(() => chips(page)).toEqual([]);
    await page.keyboard.type('aspirin');
    await expect.poll(() => counted(page)).toBe('2 of 5 relations');
    const drafts = page.getByRole('group', { name: 'Filters' }).getByLabel('Without my drafts');
    await drafts.check();
    await expect.poll(() => counted(page)).toBe('1 of 5 relations');
    await choose(page, 'Relation', 1);
    await expect.poll(() => counted(page)).toBe('0 of 5 relations');
    await page.locator('.chip-line').getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => counted(page)).toBe('5 of 5 relations');
    expect(await page.locator('.filter-line input').inputValue()).toBe('');
    expect(await drafts.isChecked()).toBe(false);
    expect(problems).toEqual([]);
    await close();
  });

  it('pick a name with all its synonyms, and a paper, by keys and by a click', async () => {
    const { page, close } = await open({ rows: drugs });
    await openFilters(page);
    const name = page.getByRole('combobox', { name: 'Only with the name' });
    await name.fill('nexa');
    expect(await name.getAttribute('aria-expanded')).toBe('true');
    expect(await page.getByRole('option').allTextContents()).toEqual(['sorafenib Chemical · 3']);
    expect(await page.getByRole('option').getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    await expect.poll(() => counted(page)).toBe('3 of 5 relations');
    expect(await name.inputValue()).toBe('sorafenib');
    const paper = page.getByRole('combobox', { name: 'Only from the paper' });
    await paper.click();
    // Papers that the other filters exclude are not on offer.
    expect(await page.getByRole('option').allTextContents()).toEqual([
      'Kaplan 1998, One 1',
      'Lee 2004, Two 2',
    ]);
    await page.getByRole('option', { name: 'Lee' }).click();
    await expect.poll(() => chips(page)).toEqual(['sorafenib', 'Lee 2004, Two']);
    await expect.poll(() => counted(page)).toBe('2 of 5 relations');
    await name.fill('');
    await page.keyboard.press('Escape');
    expect(await name.inputValue()).toBe('sorafenib');
    await name.fill('');
    await page.keyboard.press('Enter');
    await expect.poll(() => chips(page)).toEqual(['Lee 2004, Two']);
    await name.fill('nothing like it');
    expect(await page.getByRole('option').allTextContents()).toEqual(['Nothing matches.']);
    await page.keyboard.press('Tab');
    expect(await name.inputValue()).toBe('');
    await close();
  });

  it('take years of publication', async () => {
    const { page, close } = await open({ rows: drugs });
    await openFilters(page);
    const from = page.getByRole('textbox', { name: 'From year' });
    await from.fill('20');
    await page.waitForTimeout(500);
    expect(await counted(page)).toBe('5 of 5 relations');
    await from.fill('2000');
    await expect.poll(() => counted(page)).toBe('1 of 5 relations');
    await page.getByRole('textbox', { name: 'To year' }).fill('1990');
    await expect.poll(() => chips(page)).toEqual(['1990–2000']);
    await expect.poll(() => counted(page)).toBe('1 of 5 relations');
    await close();
  });

  it('survive a reload of the view', async () => {
    const first = await open({ rows: drugs });
    await openFilters(first.page);
    await first.page.getByRole('combobox', { name: 'Only with the name' }).fill('sorafenib');
    await first.page.keyboard.press('Enter');
    await choose(first.page, 'Statement', 1);
    await expect.poll(() => counted(first.page)).toBe('2 of 5 relations');
    const saved = await first.saved();
    await first.close();
    const { page, close } = await open({ rows: drugs }, { saved });
    await expect.poll(() => counted(page)).toBe('2 of 5 relations');
    expect(await chips(page)).toEqual(['sorafenib', 'In favour']);
    await openFilters(page);
    expect(await page.getByRole('combobox', { name: 'Only with the name' }).inputValue()).toBe('sorafenib');
    await close();
  });

  it('close on Escape, which returns to the editor only after that', async () => {
    const { page, calls, close } = await open({ rows: drugs });
    await openFilters(page);
    const area = page.getByRole('group', { name: 'Filters' });
    const statement = page.getByRole('combobox', { name: 'Statement' });
    const isExpanded = () => statement.getAttribute('aria-expanded');
    await statement.click();
    // The toolkit writes the attribute in the next frame.
    await expect.poll(isExpanded).toBe('true');
    await page.keyboard.press('Escape');
    await expect.poll(isExpanded).toBe('false');
    expect(await area.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => area.isVisible()).toBe(false);
    expect(calls).toEqual([]);
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toBe('Filters');
    await page.keyboard.press('Escape');
    await expect.poll(() => calls.at(-1)).toEqual({ method: 'act', params: 'toText' });
    await close();
  });

  it('can all be reached by the tab key', async () => {
    const { page, close } = await open({ rows: drugs, state: inFolder });
    await page.locator('.filter-line input').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const names: string[] = [];
    for (let step = 0; step < 11; step++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate<string>(
          "document.activeElement.getAttribute('aria-label') ?? document.activeElement.parentElement.textContent",
        ),
      );
    }
    expect(names).toEqual([
      ...[
        'Only with the name',
        'Type of name',
        'Relation',
        'Statement',
        'Probability',
        'Only from the paper',
      ],
      ...['From year', 'To year', 'Without my drafts', 'Sort by', 'Group by pair'],
    ]);
    await close();
  });

  it('leave out drafts with one choice for answers, list and graph', async () => {
    const { page, rpc, calls, saved, close } = await open({ rows: drugs, state: inFolder });
    const choices = () => calls.filter(({ method }) => method === 'recordsOnly').map(({ params }) => params);
    const above = page.locator('.without-drafts input');
    const below = page.getByRole('group', { name: 'Filters' }).getByLabel('Without my drafts');
    await expect.poll(() => counted(page)).toBe('5 of 5 relations');
    await page.locator('#tab-graph').click();
    await page.locator('.graph-frame').waitFor();
    const nodes = () =>
      page.evaluate<boolean>("document.querySelector('#view-graph').textContent.includes('Species')");
    await expect.poll(nodes).toBe(true);
    await above.check();
    await expect.poll(choices).toEqual([true]);
    // The only species is named in the draft.
    await expect.poll(nodes).toBe(false);
    await page.locator('#tab-relations').click();
    expect(await counted(page)).toBe('4 of 5 relations');
    expect(await chips(page)).toEqual(['Without my drafts']);
    await openFilters(page);
    expect(await below.isChecked()).toBe(true);
    // A message that was sent before the setting was changed does not undo the choice.
    sendState(rpc, { ...inFolder, summary: 'still the old setting' });
    await page.getByText('still the old setting').waitFor();
    expect([await above.isChecked(), await counted(page)]).toEqual([true, '4 of 5 relations']);
    sendState(rpc, { ...inFolder, recordsOnly: true });
    await page.getByRole('button', { name: 'Remove the filter: Without my drafts' }).click();
    await expect.poll(choices).toEqual([true, false]);
    expect([await above.isChecked(), await counted(page)]).toEqual([false, '5 of 5 relations']);
    await below.check();
    await expect.poll(choices).toEqual([true, false, true]);
    expect([await above.isChecked(), await counted(page)]).toEqual([true, '4 of 5 relations']);
    await expect.poll(saved).toMatchObject({ options: { withoutDrafts: true } });
    // The setting, which may be changed elsewhere, counts more than what the page has saved.
    const stored = await saved();
    await close();
    const again = await open({ rows: drugs, state: inFolder }, { saved: stored });
    await expect.poll(() => counted(again.page)).toBe('5 of 5 relations');
    sendState(again.rpc, { ...inFolder, recordsOnly: true });
    await expect.poll(() => counted(again.page)).toBe('4 of 5 relations');
    expect(again.calls.filter(({ method }) => method === 'recordsOnly')).toEqual([]);
    await again.close();
  });

  it('keep the saved state of the page when drafts are left out from the start', async () => {
    const first = await open({ rows: drugs, state: inFolder });
    await first.page.locator('.filter-line input').fill('aspirin');
    await expect.poll(first.saved).toMatchObject({ options: { text: 'aspirin' } });
    const saved = await first.saved();
    await first.close();
    const state = { ...inFolder, recordsOnly: true };
    const { page, close } = await open({ rows: drugs, state }, { saved });
    await expect.poll(() => counted(page)).toBe('1 of 5 relations');
    expect(await page.locator('.filter-line input').inputValue()).toBe('aspirin');
    await close();
  });

  it('list the relations of one document even if it is a draft, as questions read it', async () => {
    const { page, close } = await open({ rows: drugs, state: { ...readyState, recordsOnly: true } });
    await expect.poll(() => counted(page)).toBe('5 of 5 relations');
    expect(await page.getByLabel('Without my drafts').locator('visible=true').count()).toBe(0);
    expect(await chips(page)).toEqual([]);
    await close();
  });

  it('name drafts as the switch for questions does', async () => {
    const { page, close } = await open({ rows: drugs, state: inFolder });
    await openFilters(page);
    const boxes = page.getByLabel('Without my drafts');
    await expect.poll(() => boxes.count()).toBe(2);
    const titleOf = (index: number): Promise<string | null> =>
      boxes.nth(index).locator('xpath=ancestor-or-self::*[@title][1]').getAttribute('title');
    expect(await titleOf(0)).toMatch(/^Leaves out your own drafts and notes/);
    expect(await titleOf(1)).toBe(await titleOf(0));
    await close();
  });

  it('show the result soon in a list of 5,000, and announce it', async () => {
    const rows = Array.from({ length: 5_000 }, (_, id) =>
      drugRow(id + 1, id % 50 === 0 ? 'sorafenib' : `drug ${id % 900}`),
    );
    const { page, close } = await open({ rows });
    await page.locator('.count', { hasText: '5,000 of 5,000' }).waitFor();
    const count = page.locator('.count');
    expect([await count.getAttribute('role'), await count.getAttribute('aria-live')]).toEqual([
      'status',
      'polite',
    ]);
    const duration = await page.evaluate<number>(`new Promise((resolve) => {
      const count = document.querySelector('.count');
      const input = document.querySelector('.filter-line input');
      const start = performance.now();
      new MutationObserver(() => resolve(performance.now() - start)).observe(count, { childList: true, subtree: true, characterData: true });
      input.value = 'sorafenib';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    })`);
    // 120 ms of it wait for the next key.
    expect(duration).toBeLessThan(1_000);
    await expect.poll(() => counted(page)).toBe('100 of 5,000 relations');
    await close();
  });
});

describe('a search for a name', () => {
  it('lists relations of the name and its synonyms first, and says what was found elsewhere', async () => {
    const rows = [
      drugRow(1, 'aspirin', {
        probability: 0.99,
        evidence: { text: 'Unlike sorafenib, aspirin acts.', marks: [] },
      }),
      drugRow(2, 'Nexavar', { probability: 0.4, type: 'association' }),
      drugRow(3, 'sorafenib', { probability: 0.3 }),
    ];
    const { page, close } = await open({ rows });
    await page.locator('.filter-line input').fill('Sorafenib');
    await page.locator('.found-in').first().waitFor();
    const labels = await page.evaluate<readonly string[]>(
      "[...document.querySelectorAll('.row')].map((row) => row.getAttribute('aria-label').split(/, \\d/)[0])",
    );
    expect(labels).toEqual([
      'Found in the names: 2',
      'sorafenib association BRAF',
      'sorafenib inhibitor BRAF',
      'No name matches, but the sentence, the verb or the paper does: 1',
      'aspirin inhibitor BRAF',
    ]);
    await close();
  });
});

/** The accessible names of all controls of a kind, as a screen reader gets them. */
async function namesOf(page: Page, role: string): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  return nodes
    .filter((node) => !node.ignored && node.role?.value === role)
    .map(({ name }) => String(name?.value ?? ''));
}

describe('the names of the controls', () => {
  it('say what each box and list is for', async () => {
    const { page, close } = await open({ rows: drugs });
    await page.locator('.row').first().waitFor();
    await openFilters(page);
    expect(await namesOf(page, 'textbox')).toEqual([
      'Question',
      'Filter relations by name or sentence',
      'From year',
      'To year',
    ]);
    const lists = ['Search in', 'Type of name', 'Relation', 'Statement', 'Probability', 'Sort by'];
    const pickers = ['Only with the name', 'Only from the paper'];
    expect(
      [
        ...(await namesOf(page, 'combobox')),
        ...(await namesOf(page, 'ComboBoxGrouping')),
        ...(await namesOf(page, 'ComboBoxMenuButton')),
      ].sort(),
    ).toEqual([...lists, ...pickers].sort());
    expect((await namesOf(page, 'button')).filter((name) => name === '')).toEqual([]);
    expect((await namesOf(page, 'checkbox')).filter((name) => name === '')).toEqual([]);
    await close();
  });
});

/** Finds parts that must be seen whole but stick out of the page or of their row, or are shortened. */
const cutParts = `(() => {
  const whole = '.probability, .share, .count-part, .badge, .count, .found-in, .chip, .text-box, .check-box, vscode-panel-tab, vscode-button, vscode-dropdown';
  const cut = [];
  for (const part of document.querySelectorAll(whole)) {
    const box = part.getBoundingClientRect();
    if (box.width === 0) continue;
    const row = part.closest('.row')?.getBoundingClientRect();
    const isOutside = box.left < 0 || box.right > innerWidth + 0.5;
    const isBelow = row !== undefined && (box.bottom > row.bottom + 0.5 || box.right > row.right + 0.5);
    const isShortened = part.matches('.probability, .share, .count-part, .badge, .count, .found-in, vscode-panel-tab') && part.scrollWidth > part.clientWidth + 1;
    if (isOutside || isBelow || isShortened) cut.push(part.className + ' ' + part.textContent);
  }
  for (const row of document.querySelectorAll('.row'))
    if (row.scrollHeight > row.clientHeight + 1) cut.push('row ' + row.textContent);
  if (document.documentElement.scrollWidth > innerWidth) cut.push('page');
  return cut;
})()`;

describe('a narrow side bar', () => {
  const same = {
    subject: { name: 'sorafenib', type: 'Chemical', key: 'sorafenib' },
    object: { name: 'B-Raf', type: 'Gene', key: 'braf' },
    type: 'inhibitor',
    probability: 0.99,
  };
  const rows = [
    relationRow(101, same),
    relationRow(102, { ...same, negated: 'not' }),
    relationRow(103, { ...same, speculated: 'may', negated: undefined }),
    relationRow(104, {
      probability: 1,
      negated: 'not',
      speculated: 'may',
      curated: 'accepted',
      isPinned: true,
    }),
    ...relationRows(40).map((row) => ({ ...row, isDraft: row.id % 2 === 0, year: 1990 + row.id })),
  ];

  for (const theme of Object.keys(themes) as ThemeName[])
    it.each([180, 240, 300, 700])(
      `cuts nothing, and passes the accessibility checks: ${theme}, %i pixels`,
      async (width) => {
        const { page, problems, close } = await open(
          { rows, state: inFolder },
          { theme, width, height: 1000 },
        );
        await page.locator('.row').first().waitFor();
        await page.locator('.row[aria-expanded="false"]').first().click();
        expect(await page.evaluate(cutParts)).toEqual([]);
        // The buttons of a row are shown while it is active.
        await page.locator('.row .quote').first().click();
        expect(await page.evaluate(cutParts)).toEqual([]);
        await openFilters(page);
        await choose(page, 'Statement', 1);
        await page.getByRole('textbox', { name: 'From year' }).fill('1991');
        await page.keyboard.press('Enter');
        await page.getByRole('combobox', { name: 'Only with the name' }).click();
        await page.getByRole('option').first().waitFor();
        expect(await page.evaluate(cutParts)).toEqual([]);
        expect(await violations(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.locator('.filter-line input').fill('sample');
        await page.locator('.found-in').first().waitFor();
        expect(await page.evaluate(cutParts)).toEqual([]);
        expect(problems).toEqual([]);
        await close();
      },
    );

  it('lays the rows out anew when its width changes, with the same row at the top', async () => {
    const { page, close } = await open({ rows: relationRows(300) }, { width: 700 });
    await ungroupAndScroll(page);
    const first = () =>
      page.evaluate<string>(`(() => {
        const top = document.querySelector('.virtual-list').getBoundingClientRect().top;
        const rows = [...document.querySelectorAll('.row')].filter((row) => row.getBoundingClientRect().bottom > top + 1);
        return rows[0].getAttribute('aria-label');
      })()`);
    expect(await scrolled(page)).toBe(4321);
    const before = await first();
    await page.setViewportSize({ width: 180, height: 720 });
    await page.waitForTimeout(200);
    expect(await page.evaluate(cutParts)).toEqual([]);
    expect(await first()).toBe(before);
    await close();
  });
});

async function ungroupAndScroll(page: Page): Promise<void> {
  await openFilters(page);
  await page.getByRole('checkbox', { name: 'Group by pair' }).uncheck();
  await page.keyboard.press('Escape');
  await page.evaluate("document.querySelector('.virtual-list').scrollTop = 4321");
  await page.waitForTimeout(100);
}
