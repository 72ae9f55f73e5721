import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Evidence } from '../../../../../src/core/curation/evidenceFile';
import { run } from '../../../../../src/editor/review/commands/fillForm';
import { changeEvidence } from '../../../../../src/editor/workspace/evidenceAccess';
import { EvidenceStore } from '../../../../../src/editor/workspace/evidenceStore';
import { nullLogger } from '../../../../../src/runtime/log';
import { openFormReview, records, type FormReview } from '../form/formReview';
import { window } from '../../vscode';

const form = [
  { id: 'n', label: 'Patients' },
  { id: 'dose', label: 'Dose' },
];

type List = NonNullable<typeof window.quickPick>;

function shownList(): List {
  if (!window.quickPick) throw new Error('No list is shown yet.');
  return window.quickPick;
}

describe('fillForm', () => {
  let opened: FormReview;
  beforeEach(async () => {
    opened = await openFormReview(form);
  });
  afterEach(() => {
    opened.dispose();
  });

  /** Runs the command, and types or picks in its list. */
  async function fill(part: string, choose: (list: List) => void): Promise<List> {
    opened.select(part);
    window.quickPick = undefined;
    const done = run(opened.tools, []);
    const list = await vi.waitFor(shownList);
    choose(list);
    await done;
    return list;
  }

  it('stores the selection with its sentence under the record that it is from', async () => {
    await fill('5 mg', (list) => list.type('2'));
    const [value] = opened.evidence();
    expect(value).toMatchObject({
      topic: { kind: 'form', column: 'dose', label: 'Dose' },
      document: 'records.ris',
      sentence: 'They took 5 mg daily.',
      answer: '5 mg',
      line: 14,
      citation: '102',
      publication: 'Lee 2020, Fibrates and the liver in children',
      annotator: 'person',
      probability: 1,
    });
    expect(records.slice(value?.start, value?.end)).toBe(value?.sentence);
    expect(opened.messages).toEqual(['Dose: 5 mg']);
    expect(opened.reached).toEqual(['pin']);
  });

  it('shows the values that this record has already, and not those of others', async () => {
    await fill('20 mg', (list) => list.type('d'));
    const own = await fill('120 adults', (list) => list.hide());
    expect(own.items).toMatchObject([{ description: '' }, { description: '20 mg' }, {}, {}]);
    const other = await fill('80 children', (list) => list.hide());
    expect(other.items).toMatchObject([{ description: '' }, { description: '' }, {}, {}]);
    expect(opened.evidence()).toHaveLength(1);
  });

  it('adds a new column to the review', async () => {
    window.typed = 'Which adults?';
    await fill('120 adults', (list) => list.pick('New Column…'));
    await opened.review.reload();
    expect(opened.review.state.settings.form).toEqual([
      ...form,
      { id: 'which-adults', label: 'Which adults?', question: 'Which adults?' },
    ]);
    expect(opened.evidence()[0]?.topic).toMatchObject({ column: 'which-adults' });
  });

  it('says what to do if nothing is selected', async () => {
    opened.select('');
    await expect(run(opened.tools, [])).rejects.toMatchObject({ code: 'BB501' });
  });

  it('loses nothing that the panel of this window stores meanwhile', async () => {
    const store = new EvidenceStore(nullLogger);
    await store.load();
    const pinned = (id: number): Evidence => ({
      topic: { kind: 'question', question: 'Which?' },
      document: 'a.md',
      start: id,
      end: id + 1,
      line: id,
      sentence: `Sentence ${id}.`,
      probability: 1,
      isDenied: false,
      isSpeculative: false,
      citation: '',
      note: '',
    });
    const ids = Array.from({ length: 20 }, (_, id) => id);
    await Promise.all(
      ids.map((id) =>
        id % 2 === 0 ? store.pin(pinned(id)) : changeEvidence(nullLogger, (all) => [...all, pinned(id)]),
      ),
    );
    store.dispose();
    expect(opened.evidence().map(({ start }) => start)).toEqual(ids);
  });
});
