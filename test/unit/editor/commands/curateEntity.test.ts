import { beforeEach, describe, expect, it, vi } from 'vitest';
import { register } from '../../../../src/editor/commands/curateEntity';
import type { CommandParts } from '../../../../src/editor/commands/parts';
import type { DocumentEntities } from '../../../../src/runtime/folder/grouping';
import { createDocument, entity } from '../support';
import { commands, reset, window } from '../vscode';

const registered = new Map<string, (...args: readonly unknown[]) => Promise<void>>();
const executed: string[] = [];
const undo = vi.fn(() => Promise.resolve());
const judge = vi.fn(() => Promise.resolve(undo));
let documents: readonly DocumentEntities[] = [];

const text = 'Aspirin and aspirin. ';

/** A document in which each mention of `names` is marked. */
function tagged(document: string, publication?: string, types = ['Chemical', 'Chemical']): DocumentEntities {
  const content = createDocument(text).as.getText();
  const spots = [entity(content, 'Aspirin'), entity(content, 'aspirin')];
  const publications = publication === undefined ? [] : [{ start: 0, end: text.length, name: publication }];
  const entities = spots.map((each, index) => ({ ...each, type: types[index] ?? 'Chemical' }));
  return { document, entities, abbreviations: [], publications };
}

const link = { uri: 'file:/p/a.md', start: 0, end: 7, name: 'aspirin', type: 'Chemical' };

async function reject(...args: readonly unknown[]): Promise<string | undefined> {
  window.messages.length = 0;
  await registered.get('biobert.rejectEntity')?.(...args);
  return window.messages[0]?.[0];
}

beforeEach(() => {
  reset();
  executed.length = 0;
  undo.mockClear();
  judge.mockClear();
  Object.assign(commands, {
    registerCommand: (id: string, handle: (...args: readonly unknown[]) => Promise<void>) => {
      registered.set(id, handle);
      return { dispose: () => undefined };
    },
    // As in a version of VS Code that does not know the command.
    executeCommand: (id: string) => {
      executed.push(id);
      return Promise.reject(new Error('unknown command'));
    },
  });
  register({
    curation: { judgeEntity: judge },
    source: { all: () => documents },
    settings: { markableTypes: () => ['Gene', 'Chemical'] },
    log: { error: vi.fn() },
  } as unknown as CommandParts);
});

describe('Reject', () => {
  it('says in how many places of how many papers the name is no longer marked, copies of a paper once', async () => {
    documents = [
      tagged('a.nbib', 'Kaplan 2019, Low doses of aspirin and urate'),
      tagged('copy.ris', 'Kaplan 2019, Low doses of aspirin and urate'),
      tagged('b.nbib', 'Ito 2020, Ibuprofen', ['Chemical', 'Gene']),
      tagged('draft.md'),
    ];
    expect(await reject(link)).toBe(
      '“aspirin” is no longer marked as Chemical, in 5 places of 2 papers · 1 other document.',
    );
    documents = [tagged('a.md', undefined, ['Chemical', 'Gene'])];
    expect(await reject(link)).toBe('“aspirin” is no longer marked as Chemical, in 1 place of 1 document.');
    documents = [];
    expect(await reject(link)).toBe('“aspirin” is no longer marked as Chemical.');
  });

  it('closes the hover that it was chosen in, and takes the rejection back with Undo', async () => {
    window.picked = 'Undo';
    await reject(link);
    expect(judge).toHaveBeenCalledWith({ name: 'aspirin', type: 'Chemical' }, { verdict: 'rejected' });
    expect(executed).toEqual(['editor.action.hideHover']);
    expect(undo).toHaveBeenCalledOnce();
  });
});

describe('A link of a hover', () => {
  it.each([
    ['acceptEntity', { verdict: 'accepted' }, '“aspirin” is accepted.'],
    ['retypeEntity', { verdict: 'retyped', type: 'Gene' }, '“aspirin” is marked as Gene.'],
  ])('closes the hover after %s and says what is true now', async (command, judgement, words) => {
    const announced: string[] = [];
    Object.assign(window, { setStatusBarMessage: (message: string) => announced.push(message) });
    window.picked = 'Gene';
    await registered.get(`biobert.${command}`)?.(link);
    expect(judge).toHaveBeenCalledWith({ name: 'aspirin', type: 'Chemical' }, judgement);
    expect(executed).toEqual(['editor.action.hideHover']);
    expect(announced).toEqual([words]);
  });
});
