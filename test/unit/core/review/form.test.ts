import { describe, expect, it } from 'vitest';
import { addColumn, selectedValue } from '../../../../src/core/review/form';
import { emptySettings, readForm, readSettings, writeSettings } from '../../../../src/core/review/settings';
import type { Span, TextPassage } from '../../../../src/core/types';

describe('addColumn', () => {
  it('gives each column an identifier of its own', () => {
    let settings = addColumn(emptySettings, ' Dose (mg) ', ' Which dose? ');
    settings = addColumn(settings, 'dose mg');
    settings = addColumn(settings, '%');
    expect(settings.form).toEqual([
      { id: 'dose-mg', label: 'Dose (mg)', question: 'Which dose?' },
      { id: 'dose-mg-2', label: 'dose mg' },
      { id: 'column', label: '%' },
    ]);
    expect(readSettings(writeSettings(settings))?.form).toEqual(settings.form);
    expect(readForm(writeSettings(settings))).toEqual(settings.form);
  });

  it.each(['', '{}', '{"biobertReview":2,"form":[{"id":"a","label":"A"}]}'])(
    'is not seen in %j, which is no review of this version',
    (text) => {
      expect(readForm(text)).toEqual([]);
    },
  );
});

const text = '# Two trials\n\nAdults took **20 mg** daily. It helped.\n\nN: 120 patients\n';

/** A passage whose prose leaves out the asterisks. */
function passage(): TextPassage {
  const base = text.indexOf('Adults');
  const prose = 'Adults took 20 mg daily. It helped.';
  const end = base + prose.length + 4;
  return {
    start: base,
    end,
    text: prose,
    base,
    runs: [
      { start: 0, length: 12, documentStart: 0, documentLength: 12 },
      { start: 12, length: 5, documentStart: 14, documentLength: 5 },
      { start: 17, length: 18, documentStart: 21, documentLength: 18 },
    ],
    sentences: [
      { start: 0, end: 24 },
      { start: 25, end: 35 },
    ],
  };
}

const publications = [
  { start: 0, end: text.indexOf('N:'), name: 'Kaplan 2019, Two trials', id: '101' },
  { start: text.indexOf('N:'), end: text.length },
];

const spanOf = (part: string): Span => {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
};

const select = (part: string) => selectedValue({ text, passages: [passage()], publications }, spanOf(part));

describe('selectedValue', () => {
  it('has the prose of the selection and its sentence, with markup left out', () => {
    for (const part of ['20 mg', '**20 mg**', ' **20 mg** ', '*20 mg*']) {
      const found = select(part);
      expect(found).toMatchObject({
        value: '20 mg',
        sentence: 'Adults took 20 mg daily.',
        publication: { id: '101' },
      });
      expect(text.slice(found?.start, found?.end)).toBe('Adults took **20 mg** daily.');
    }
  });

  it('has all sentences of a selection that crosses their border', () => {
    const found = select('daily. It');
    expect(found).toMatchObject({ value: 'daily. It', sentence: 'Adults took 20 mg daily. It helped.' });
    expect(text.slice(found?.start, found?.end)).toBe('Adults took **20 mg** daily. It helped.');
  });

  it('keeps what is selected behind the passage', () => {
    expect(select('helped.\n\nN: 120')).toMatchObject({ value: 'helped. N: 120', sentence: 'It helped.' });
  });

  it('has the line as its sentence where there is no prose', () => {
    const found = select('120 patients');
    expect(found).toMatchObject({ value: '120 patients', sentence: 'N: 120 patients' });
    expect(found?.publication).toEqual(publications[1]);
    expect(select('# Two')).toMatchObject({ sentence: '# Two trials', publication: { id: '101' } });
  });

  it('belongs to the whole document if that has no publications', () => {
    const whole = selectedValue({ text, passages: [] }, spanOf('120'));
    expect(whole?.publication).toEqual({ start: 0, end: text.length });
  });

  it('is undefined for white space', () => {
    expect(select('\n\n')).toBeUndefined();
  });
});
