import { describe, expect, it } from 'vitest';
import { excerpt, placeText } from '../../../../media/panel/excerpt';

const lead = 'Of the patients who were randomised to one of the five treatments in this trial, those on ';
const text = `${lead}enalapril had no cough.`;
const mark = { start: lead.length, end: lead.length + 9, role: 'subject' as const };

describe('the excerpt of a sentence', () => {
  it('is the whole sentence if its names are near the start', () => {
    const marked = { text, marks: [{ start: 3, end: 15, role: 'subject' as const }, mark] };
    expect(excerpt(marked)).toBe(marked);
    expect(excerpt({ text, marks: [] }).text).toBe(text);
  });

  it('begins at a word before the first name, with the marks on the same words', () => {
    const { text: shown, marks } = excerpt({ text, marks: [mark] });
    expect(shown.startsWith('… ')).toBe(true);
    expect(text.endsWith(shown.slice(2))).toBe(true);
    expect(marks.map(({ start, end }) => shown.slice(start, end))).toEqual(['enalapril']);
  });

  it('may cut off a cue, because a symbol shows the denial', () => {
    const cue = { start: 0, end: 2, role: 'cue' as const };
    expect(excerpt({ text, marks: [cue, mark] }).marks).toHaveLength(1);
  });
});

describe('a place', () => {
  it('includes the line if it is known', () => {
    expect(placeText({ name: 'a.md', line: 3 })).toBe('a.md:3');
    expect(placeText({ name: 'a.md', line: 0 })).toBe('a.md');
  });
});
