import { describe, expect, it } from 'vitest';
import type { ConceptLink, Entity } from '../../../../src/core/types';
import type { NameNode } from '../../../../src/editor/entities/entityTree';
import { mentionItem, nameItem } from '../../../../src/editor/entities/treeItems';

const methotrexate: ConceptLink = {
  id: 'MESH:D008727',
  name: 'Methotrexate',
  source: 'MeSH 2024',
  method: 'abbreviation',
};

function node(change: Partial<NameNode>): NameNode {
  const entity: Entity = { start: 0, end: 3, text: 'MTX', name: 'MTX', type: 'Chemical', probability: 1 };
  return {
    kind: 'name',
    id: 'name:1',
    type: 'Chemical',
    name: 'MTX',
    spellings: [{ name: 'MTX', count: 1 }],
    concepts: undefined,
    isUnknown: false,
    mentions: Array.from({ length: 12 }, () => ({ document: 'file:///a.txt', entity })),
    ...change,
  };
}

describe('the row of a name', () => {
  it('shows the number of mentions', () => {
    const { description, tooltip } = nameItem(node({}));
    expect(description).toBe('12');
    expect(tooltip).toBe('MTX, Chemical, 12 mentions');
  });

  it('shows the concept, and all spellings with their counts in its tooltip', () => {
    const spellings = [
      { name: 'MTX', count: 4 },
      { name: 'methotrexate', count: 8 },
    ];
    const { label, description, tooltip, accessibilityInformation } = nameItem(
      node({ concepts: [methotrexate], spellings }),
    );
    expect([label, description]).toEqual(['MTX', '12 · Methotrexate · MeSH D008727']);
    expect(tooltip).toBe(
      [
        'MTX, Chemical, 12 mentions',
        'Methotrexate (MeSH D008727)',
        'Spellings: methotrexate (8), MTX (4)',
      ].join('\n'),
    );
    expect(accessibilityInformation?.label).toContain('Methotrexate (MeSH D008727)');
  });

  it('says in words that a name is not linked', () => {
    const { description, tooltip, accessibilityInformation } = nameItem(node({ isUnknown: true }));
    expect(description).toBe('12 · not linked');
    expect(tooltip).toContain('not linked');
    expect(accessibilityInformation?.label).toContain('not linked');
  });

  it('limits the spellings in the tooltip', () => {
    const spellings = Array.from({ length: 200 }, (_, i) => ({ name: `name ${i}`, count: i }));
    const { tooltip } = nameItem(node({ spellings }));
    expect(tooltip).toMatch(/^Spellings: name 199 \(199\), .* …$/m);
    expect(typeof tooltip === 'string' && tooltip.split('(').length).toBe(31);
  });
});

describe('the row of a mention', () => {
  const entity: Entity = { start: 0, end: 3, text: 'MTX', name: 'MTX', type: 'Chemical', probability: 1 };
  const mention = { kind: 'mention', id: 'm', mention: { document: 'file:///set.nbib', entity } } as const;
  const sentence = 'MTX was given to all patients of the trial.';
  const snippet = { line: 7, text: 'MTX was given …', sentence };

  it('has author, year and the beginning of the title', () => {
    const publication = 'Kaplan 2019, Methotrexate in the treatment of rheumatoid arthritis';
    const { label, tooltip } = mentionItem(mention as never, {
      snippet,
      hasSeveralDocuments: true,
      publication,
    });
    expect(label).toBe('Kaplan 2019, Methotrexate …');
    const text = (tooltip as { readonly value: string }).value;
    expect(text.split('\n\n')).toEqual([
      `**${publication}**`,
      'MTX was given to all patients of the trial.',
      'set.nbib:7 · MTX · Chemical · 100 %',
    ]);
  });

  it('has file and line if the document names no publication', () => {
    const options = { snippet, hasSeveralDocuments: true };
    expect(mentionItem(mention as never, options).label).toBe('set.nbib:7');
    expect(mentionItem(mention as never, { ...options, hasSeveralDocuments: false }).label).toBe('line 7');
  });
});
