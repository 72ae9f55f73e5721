import { describe, expect, it } from 'vitest';
import { joinProteinParts, namesWithChemicals } from '../../../../src/core/entities/proteinParts';
import type { DecodedSpan } from '../../../../src/core/entities/spanCache';

/** The names after the stage, of those marked `[name|Type]` in a text. */
function joined(marked: string): string[] {
  const spans: DecodedSpan[] = [];
  let text = '';
  for (const part of marked.split(/(\[[^\]]+\])/)) {
    const [, name = part, type] = /^\[(.+)\|(.+)\]$/.exec(part) ?? [];
    if (type !== undefined)
      spans.push({
        start: text.length,
        end: text.length + name.length,
        type,
        probability: 0.5 + spans.length / 10,
      });
    text += name;
  }
  return joinProteinParts(spans, text).map(
    ({ start, end, type, probability }) => `${text.slice(start, end)} ${type} ${probability}`,
  );
}

describe('parts of names of proteins', () => {
  it('are one gene in a fusion, as probable as its most probable part', () => {
    expect(joined('[Imatinib|Chemical] inhibits [BCR|Gene]-[ABL|Gene] here')).toEqual([
      'Imatinib Chemical 0.5',
      'BCR-ABL Gene 0.7',
    ]);
    expect(joined('the BCR-[ABL|Gene] kinase')).toEqual(['BCR-ABL Gene 0.5']);
  });

  it('are left alone elsewhere, in a longer name, and where nothing was found', () => {
    expect(joined('a [SRC|Gene]/[ABL|Gene] inhibitor')).toEqual(['SRC Gene 0.5', 'ABL Gene 0.6']);
    expect(joined('[BCR-ABL positive leukaemia|Disease]')).toEqual([
      'BCR-ABL positive leukaemia Disease 0.5',
    ]);
    expect(joined('BCR-ABL was')).toEqual([]);
  });

  it.each([
    ['[aspartate|Chemical] transaminase rose', 'aspartate transaminase'],
    ['[alanine|Chemical] aminotransferase rose', 'alanine aminotransferase'],
    ['the inducible [prostaglandin|Chemical] H synthase (PGHS)', 'prostaglandin H synthase'],
    ['the mammalian target of [rapamycin|Chemical] (mTOR)', 'mammalian target of rapamycin'],
  ])('become the protein: %s', (marked, name) => {
    expect(joined(marked)).toEqual([`${name} Gene 0.5`]);
  });

  it.each([
    ['FLT3 tyrosine kinase and tyrosine kinases', ['tyrosine kinase', 'tyrosine kinases']],
    ['serine/threonine protein kinases', ['serine/threonine protein kinases']],
    ['dopamine receptors, imatinib-sensitive kinases, tyrosine was', []],
  ])('are no chemicals in: %s', (text, names) => {
    expect(namesWithChemicals(text).map(({ start, end }) => text.slice(start, end))).toEqual(names);
  });
});
