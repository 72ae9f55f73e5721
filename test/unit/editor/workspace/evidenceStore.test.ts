import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEvidence, writeEvidence, type Evidence } from '../../../../src/core/curation/evidenceFile';
import { withValue } from '../../../../src/core/curation/formValues';
import { emptySettings, writeSettings } from '../../../../src/core/review/settings';
import type { FormColumn } from '../../../../src/core/review/reviewData';
import { EvidenceStore } from '../../../../src/editor/workspace/evidenceStore';
import { nullLogger } from '../../../../src/runtime/log';
import { openWorkspace } from '../../../support/diskWorkspace';
import { type EventEmitter, reset } from '../vscode';

const proposed: Evidence = {
  topic: { kind: 'form', column: 'dose', label: 'Old label' },
  document: 'a.md',
  start: 0,
  end: 20,
  line: 1,
  sentence: 'They took 20 mg daily.',
  answer: '20 mg',
  isProposed: true,
  probability: 0.4,
  isDenied: false,
  isSpeculative: false,
  citation: 'a',
  note: '',
};
const asked: Evidence = { ...proposed, topic: { kind: 'question', question: 'A question?' } };

describe('the extraction form in the table of evidence', () => {
  let folder = '';
  let changed: EventEmitter<void>;
  let store: EvidenceStore;
  const file = (name: string) => path.join(folder, '.biobert', name);
  const writeForm = (form: readonly FormColumn[]) =>
    fs.writeFileSync(file('review.json'), writeSettings({ ...emptySettings, form }));
  const stored = () => readEvidence(fs.readFileSync(file('evidence.json'), 'utf8'))?.evidence ?? [];

  beforeEach(() => {
    reset();
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-evidence-'));
    fs.mkdirSync(path.join(folder, '.biobert'));
    fs.writeFileSync(file('evidence.json'), writeEvidence([proposed, asked]));
    changed = openWorkspace(folder);
    store = new EvidenceStore(nullLogger);
  });
  afterEach(() => {
    store.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const nameOf = (): undefined => undefined;
  const labels = () => store.view([], nameOf).topics.map(({ label, source }) => `${source} ${label}`);

  it('has the columns and labels of the review, and follows its changes', async () => {
    writeForm([{ id: 'n', label: 'Patients' }]);
    await store.load();
    expect(labels()).toEqual(['form Patients', 'form Old label', 'answer A question?']);
    writeForm([
      { id: 'dose', label: 'Dose' },
      { id: 'n', label: 'Patients' },
    ]);
    changed.fire();
    await expect.poll(labels).toEqual(['form Dose', 'form Patients', 'answer A question?']);
    expect(store.view([], nameOf).cells[0]).toMatchObject({
      text: 'They took 20 mg daily.',
      value: '20 mg',
      isProposed: true,
    });
  });

  it('is empty without a review, and if the review cannot be read', async () => {
    await store.load();
    expect(labels()).toEqual(['form Old label', 'answer A question?']);
    fs.mkdirSync(file('review.json'));
    changed.fire();
    await store.load();
    expect(labels()).toEqual(['form Old label', 'answer A question?']);
  });

  it('confirms a value, then changes it', async () => {
    await store.load();
    const idOf = () => store.view([], nameOf).cells.find(({ value }) => value !== undefined)?.id ?? 0;
    await store.edit(idOf(), (each) => withValue(each, '20 mg'));
    expect(stored()[0]).toMatchObject({ answer: '20 mg', probability: 0.4 });
    expect(stored()[0]?.isProposed).toBeUndefined();
    await store.edit(idOf(), (each) => withValue(each, '25 mg'));
    expect(stored().map(({ answer, annotator }) => [answer, annotator])).toEqual([
      ['25 mg', 'person'],
      ['20 mg', undefined],
    ]);
  });
});
