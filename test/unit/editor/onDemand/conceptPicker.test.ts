import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CancelledError } from '../../../../src/core/errors';
import type { ConceptEntry, ConceptsRequest, ConceptsResult } from '../../../../src/protocol/engine';
import { nullLogger } from '../../../../src/runtime/log';
import {
  conceptItems,
  identifiersIn,
  pickConcept,
  type ConceptQuestion,
} from '../../../../src/editor/onDemand/conceptPicker';
import { reset, window } from '../vscode';

const terminology = { name: 'Terms', version: '1' };

function entry(id: string, name: string, change: Partial<ConceptEntry> = {}): ConceptEntry {
  return { id, name, source: 'MeSH 2024', type: 'Chemical', synonyms: [], ...change };
}

const methotrexate = entry('MESH:D008727', 'Methotrexate', { synonyms: ['amethopterin', 'mtx'] });
const mitoxantrone = entry('MESH:D008942', 'Mitoxantrone');

beforeEach(() => {
  reset();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

interface Asked {
  readonly request: ConceptsRequest;
  readonly signal: AbortSignal | undefined;
  answer(concepts: readonly ConceptEntry[], info?: ConceptsResult['terminology'] | null): Promise<unknown>;
  fail(error?: Error): Promise<unknown>;
}

function open(change: Partial<ConceptQuestion> = {}) {
  const asked: Asked[] = [];
  const engine: ConceptQuestion['engine'] = {
    concepts: (request, options) =>
      new Promise((resolve, reject) => {
        const settled = (settle: () => void) => {
          settle();
          return vi.advanceTimersByTimeAsync(0);
        };
        asked.push({
          request,
          signal: options?.signal,
          answer: (concepts, info = terminology) =>
            settled(() => resolve({ terminology: info ?? undefined, concepts })),
          fail: (error = new Error('broken')) => settled(() => reject(error)),
        });
      }),
  };
  const question = { title: 'Concept', name: 'MTX', type: 'Chemical', current: [], hasChoice: false };
  const choice = pickConcept({ ...question, engine, log: nullLogger, ...change });
  const list = window.quickPick;
  if (!list) throw new Error('No list was shown');
  const labels = () => list.items.map(({ label }) => label).filter((label) => label !== '');
  const last = (): Asked => {
    const request = asked.at(-1);
    if (!request) throw new Error('The engine got no request');
    return request;
  };
  return { asked, last, choice, list, labels };
}

const actions = ['$(circle-slash) No concept', '$(edit) Enter an identifier…'];

describe('pickConcept', () => {
  it('searches for the name first, among concepts of its type', async () => {
    const { last, choice, list, labels } = open();
    expect(last().request).toMatchObject({ text: 'MTX', match: 'name', type: 'Chemical' });
    expect([list.busy, labels()]).toEqual([true, actions]);
    await last().answer([methotrexate, mitoxantrone]);
    expect(list.busy).toBe(false);
    expect(labels()).toEqual(['Methotrexate', 'Mitoxantrone', ...actions]);
    list.pick('Methotrexate');
    await expect(choice).resolves.toEqual([
      { id: 'MESH:D008727', name: 'Methotrexate', source: 'MeSH 2024' },
    ]);
    expect(list.isDisposed).toBe(true);
  });

  it('searches for what the user types, once after a pause, and drops earlier answers', async () => {
    const { asked, last, list, labels } = open();
    const [first] = asked;
    for (const typed of ['m', 'mi', 'mito ']) list.type(typed);
    await vi.advanceTimersByTimeAsync(500);
    expect(asked.map(({ request }) => request.text)).toEqual(['MTX', 'mito']);
    expect(first?.signal?.aborted).toBe(true);
    await last().answer([mitoxantrone]);
    await first?.answer([methotrexate]);
    expect(labels()).toEqual(['Mitoxantrone', ...actions]);
    list.type('');
    await vi.advanceTimersByTimeAsync(500);
    expect(last().request.text).toBe('MTX');
  });

  it('returns no concept, or the wish to undo an earlier choice', async () => {
    const none = open();
    await none.last().answer([methotrexate]);
    none.list.pick('No concept');
    await expect(none.choice).resolves.toEqual([]);
    const undo = open({ hasChoice: true });
    await undo.last().answer([]);
    undo.list.pick('Undo my choice');
    await expect(undo.choice).resolves.toBe('undo');
  });

  it('does not take a row of an earlier search, as Enter right after a key press would', async () => {
    const { last, choice, list } = open();
    list.pick('No concept');
    await last().answer([methotrexate]);
    list.type('mitoxantrone');
    list.pick('Methotrexate');
    await vi.advanceTimersByTimeAsync(500);
    list.pick('Methotrexate');
    await last().answer([mitoxantrone]);
    list.pick('Mitoxantrone');
    await expect(choice).resolves.toMatchObject([{ id: 'MESH:D008942' }]);
  });

  it('returns nothing when the user closes the list, and stops the search', async () => {
    const { choice, list, last } = open();
    list.hide();
    await expect(choice).resolves.toBeUndefined();
    expect(last().signal?.aborted).toBe(true);
  });

  it('says that no terminology is installed, or that it cannot be searched', async () => {
    const { last, list, labels } = open();
    await last().answer([], null);
    expect(list.placeholder).toMatch(/^No terminology is installed/);
    list.type('x');
    await vi.advanceTimersByTimeAsync(500);
    await last().fail();
    expect(list.placeholder).toMatch(/cannot be searched/);
    expect([list.busy, labels()]).toEqual([false, actions]);
  });

  it('can still be answered after the engine was stopped', async () => {
    const { last, list, choice } = open();
    await last().fail(new CancelledError());
    expect(list.busy).toBe(false);
    list.pick('No concept');
    await expect(choice).resolves.toEqual([]);
  });

  it('accepts identifiers, with the names that the terminology has for them', async () => {
    window.typed = 'MESH:D008727, LAB:7';
    const { asked, choice, list } = open();
    list.pick('Enter an identifier…');
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.slice(1).map(({ request }) => request.text)).toEqual(['MESH:D008727', 'LAB:7']);
    await asked[1]?.answer([mitoxantrone, methotrexate]);
    await asked[2]?.fail();
    await expect(choice).resolves.toEqual([
      { id: 'MESH:D008727', name: 'Methotrexate', source: 'MeSH 2024' },
      { id: 'LAB:7', name: 'MTX', source: '' },
    ]);
  });
});

describe('conceptItems', () => {
  it('describes concepts by source, species and other names, and always shows them', () => {
    const synonyms = Array.from({ length: 9 }, (_, i) => `name ${i}`);
    const gene = entry('NCBIGene:672', 'BRCA1', { source: 'HGNC', species: 'human', synonyms });
    expect(conceptItems([gene, mitoxantrone], ['NCBIGene:672'])).toMatchObject([
      {
        label: 'BRCA1',
        description: 'NCBI Gene 672 (HGNC) · human · current',
        detail: 'name 0, name 1, name 2, name 3, name 4, name 5 …',
        alwaysShow: true,
        value: [{ id: 'NCBIGene:672', name: 'BRCA1', source: 'HGNC', species: 'human' }],
      },
      { label: 'Mitoxantrone', description: 'MeSH D008942', alwaysShow: true },
    ]);
  });
});

describe('identifiersIn', () => {
  it.each([
    ['MESH:D008727', ['MESH:D008727']],
    [' MESH:D1 | OMIM:2;LAB:3,LAB:3 ', ['MESH:D1', 'OMIM:2', 'LAB:3']],
    [' , ', undefined],
    ['', undefined],
    ['x'.repeat(101), undefined],
  ])('of %j', (text, expected) => {
    expect(identifiersIn(text)).toEqual(expected);
  });
});
