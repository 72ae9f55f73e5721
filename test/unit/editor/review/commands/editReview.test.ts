import * as fs from 'node:fs';
import * as path from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { emptySettings, readSettings, writeSettings } from '../../../../../src/core/review/settings';
import { run } from '../../../../../src/editor/review/commands/editReview';
import { root } from '../../../sources';
import { createReview, useReviewTools } from '../support';

const setup = useReviewTools();
const schema = JSON.parse(fs.readFileSync(path.join(root, 'media/schemas/review.schema.json'), 'utf8')) as {
  readonly properties: Readonly<Record<string, unknown>>;
};
const isValid = new Ajv({ strict: false }).compile(schema);
const settings = {
  ...emptySettings,
  criteria: { include: ['a'], exclude: ['b'] },
  keywords: [{ name: 'P', words: ['old*'] }],
  sources: [
    {
      id: 's1',
      file: 'a.ris',
      database: 'Embase',
      kind: 'database',
      query: 'q',
      records: 1,
      imported: '2026',
    } as const,
  ],
  form: [{ id: 'n', label: 'n', question: 'How many?' }],
};

describe('Edit Criteria and Keywords', () => {
  it('opens review.json', async () => {
    await createReview(setup, emptySettings);
    await run(setup.tools, []);
    expect(setup.user.opened).toEqual([`file:${setup.folder}/.biobert/review.json`]);
  });

  it('needs a review', async () => {
    await expect(run(setup.tools, [])).rejects.toThrow('The open folder has no review.');
  });
});

describe('the schema of review.json', () => {
  it('describes every field that is written', () => {
    expect(Object.keys(schema.properties).sort()).toEqual(
      ['biobertReview', ...Object.keys(emptySettings)].sort(),
    );
  });

  it.each([
    ['empty', emptySettings],
    ['full', settings],
  ])('accepts %s settings as they are written', (_name, written) => {
    expect(isValid(JSON.parse(writeSettings(written)))).toBe(true);
  });

  it.each([
    ['a keyword group without a name', { keywords: [{ words: ['a'] }] }],
    ['an unknown phase', { phases: ['abstracts'] }],
    ['a criterion that is no text', { criteria: { exclude: [7] } }],
    ['a column without an id', { form: [{ label: 'Dose' }] }],
  ])('marks %s, which reading leaves out', (_what, wrong) => {
    const text = JSON.stringify({ biobertReview: 1, ...wrong });
    expect(isValid(JSON.parse(text))).toBe(false);
    expect(readSettings(text)).toEqual(emptySettings);
  });
});
