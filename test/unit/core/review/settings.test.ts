import { describe, expect, it } from 'vitest';
import { emptySettings, readSettings, writeSettings } from '../../../../src/core/review/settings';
import type { ReviewSettings, ReviewSource } from '../../../../src/core/review/reviewData';

const source: ReviewSource = {
  id: 's1',
  file: 'a.ris',
  database: 'Embase',
  kind: 'database',
  records: 3,
  imported: '2026-11-01T00:00:00.000Z',
};
const full: ReviewSettings = {
  title: 'Statins',
  question: 'Do statins prevent dementia?',
  criteria: { include: ['People above 65'], exclude: ['Not in humans'] },
  keywords: [{ name: 'Population', words: ['elderly', 'old*'] }],
  phases: ['title', 'abstract'],
  sources: [source, { ...source, id: 's2', query: 'statins[ti]' }],
  form: [
    { id: 'dose', label: 'Dose', question: 'Which dose?' },
    { id: 'n', label: 'n' },
  ],
};
const parse = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe('review.json', () => {
  it.each([
    ['empty', emptySettings],
    ['full', full],
  ])('reads what was written: %s settings', (_name, settings) => {
    expect(readSettings(writeSettings(settings))).toEqual(settings);
  });

  it('has empty lists to fill when it is new', () => {
    expect(parse(writeSettings(emptySettings))).toEqual({ biobertReview: 1, ...emptySettings });
  });

  it.each([
    ['no JSON', '<<<<<<< ours'],
    ['another file', '{"title": "Statins"}'],
    ['a newer version', '{"biobertReview": 2}'],
  ])('is refused if it is %s', (_name, text) => {
    expect(readSettings(text)).toBeUndefined();
  });

  it('is read as far as it is valid', () => {
    const text = JSON.stringify({
      biobertReview: 1,
      title: 7,
      criteria: { include: ['a', 3], exclude: 'b' },
      keywords: [{ words: ['w'] }, { name: 'P' }],
      phases: ['fulltext', 'abstract', 'other'],
      sources: [{ id: 's1' }, { id: 's2', file: 'b.ris', kind: 'x', records: -1 }],
    });
    expect(readSettings(text)).toEqual({
      ...emptySettings,
      criteria: { include: ['a'], exclude: [] },
      keywords: [{ name: 'P', words: [] }],
      phases: ['abstract', 'fulltext'],
      sources: [{ id: 's2', file: 'b.ris', database: '', kind: 'database', records: 0, imported: '' }],
    });
  });

  it('keeps fields that it does not know, and entries that it cannot read', () => {
    const stated = {
      biobertReview: 1,
      registration: 'PROSPERO 1',
      title: 'Statins',
      criteria: { include: ['a', 3], note: 'agreed in May' },
      keywords: [{ words: ['lost?'] }],
      sources: [{ ...source, strategy: 'see appendix' }, 'draft'],
    };
    const before = JSON.stringify(stated);
    const settings = readSettings(before) ?? emptySettings;
    const added = { ...source, id: 's2' };
    const text = writeSettings({ ...settings, title: 'S', sources: [...settings.sources, added] }, before);
    expect(parse(text)).toEqual({
      ...emptySettings,
      ...stated,
      title: 'S',
      sources: [stated.sources[0], added, 'draft'],
    });
  });

  it('keeps the order of its fields, so that a change is a small difference', () => {
    const before = '{"title": "a", "mine": 1, "biobertReview": 1}';
    const keys = Object.keys(parse(writeSettings({ ...emptySettings, title: 'b' }, before)));
    expect(keys.indexOf('title')).toBeLessThan(keys.indexOf('mine'));
  });
});
