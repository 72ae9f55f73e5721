import { describe, expect, it } from 'vitest';
import { emptySettings } from '../../../../src/core/review/settings';
import { shortName } from '../../../../src/editor/review/recordText';
import { record } from '../../core/review/support';
import type * as vscode from 'vscode';
import { Uri } from '../vscode';
import { createReview, useReviewTools } from './support';

const setup = useReviewTools();
const uri = (id: string) =>
  Uri.file('/record').with({ scheme: 'biobert-review', query: id }) as unknown as vscode.Uri;

describe('the document of a record', () => {
  it('has one field a line, the same lines for every record', async () => {
    const review = await createReview(setup, emptySettings);
    const source = {
      id: 's1',
      file: 'a.ris',
      database: 'Embase',
      kind: 'database',
      records: 2,
      imported: '',
    } as const;
    const full = {
      authors: ['Zinc, Anna', 'Gold, Ben'],
      year: 2021,
      doi: '10.1/a',
      abstract: 'Niacin\nhelps.',
    };
    await review.addImports([{ source, records: [record('a', full), record('b', { index: 1 })] }]);
    const text = await setup.tools.documents.provideTextDocumentContent(uri('a'));
    expect(text).toContain('Authors: Zinc, Anna; Gold, Ben\nYear: 2021\n');
    expect(text).toContain('Imported from: Embase, a.ris\nAbstract: Niacin helps.\n');
    const other = await setup.tools.documents.provideTextDocumentContent(uri('b'));
    const labels = (each: string) => each.split('\n').map((line) => line.split(':')[0]);
    expect(labels(other)).toEqual(labels(text));
    expect(await setup.tools.documents.provideTextDocumentContent(uri('c'))).toMatch(/no longer/);
  });
});

describe('shortName', () => {
  it.each([
    [{ title: 'Zinc', authors: ['Gold, Ben'], year: 2021 }, 'Gold 2021, Zinc'],
    [{ title: undefined, doi: '10.1/a' }, '10.1/a'],
    [{ title: undefined }, 'a'],
  ])('of %j is %s', (fields, name) => {
    expect(shortName(record('a', fields))).toBe(name);
  });

  it('is cut off', () => {
    expect(shortName(record('a', { title: 'x'.repeat(200) }))).toHaveLength(58);
  });
});
