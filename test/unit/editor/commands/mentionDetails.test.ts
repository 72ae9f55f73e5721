import { beforeEach, describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import type { ConceptLink } from '../../../../src/core/types';
import { detailItems } from '../../../../src/editor/commands/mentionDetails';
import type { HoverFacts } from '../../../../src/editor/hover/hoverContent';
import { createDocument, entity, model } from '../support';
import { reset } from '../vscode';

const text = 'Loss of BRCA1.';
const brca1: ConceptLink = {
  id: 'NCBIGene:672',
  name: 'BRCA1 DNA repair associated',
  source: 'HGNC',
  species: 'human',
  method: 'spelling',
};

beforeEach(reset);

function facts(change: Partial<HoverFacts> = {}): HoverFacts {
  return {
    entity: { ...entity(text, 'BRCA1'), concepts: [brca1] },
    abbreviation: undefined,
    mentions: [],
    synonyms: [],
    document: createDocument(text).as,
    model,
    decision: undefined,
    isChosen: false,
    isFileOfPapers: false,
    linking: 'sought',
    related: [],
    elsewhere: undefined,
    ...change,
  };
}

/** Only separators have a kind. */
const isRow = ({ kind }: vscode.QuickPickItem): boolean => kind === undefined;

describe('the details of a mention', () => {
  it('are the model with its figures, the concept with the way to it, and searches in the literature', () => {
    expect(detailItems(facts()).filter(isRow)).toEqual([
      { label: 'Test tagger 1.0 (000000000000)', description: '97 %', detail: 'F1 on BC2GM test: 84' },
      {
        label: 'BRCA1 DNA repair associated',
        description: 'NCBI Gene 672 (HGNC) · human',
        detail: 'Other spelling',
        url: 'https://www.ncbi.nlm.nih.gov/gene/672',
      },
      expect.objectContaining({ label: 'PubTator 3', url: expect.stringMatching(/BRCA1%20DNA/) as unknown }),
      expect.objectContaining({ label: 'Europe PMC' }),
    ]);
  });

  it.each([
    ['abbreviation', 'Abbreviation'],
    ['context', 'From the context'],
    ['name', 'As written'],
    ['user', 'Your term'],
  ] as const)('say in words that a link was found by %s', (method, words) => {
    const items = detailItems(
      facts({ entity: { ...entity(text, 'BRCA1'), concepts: [{ ...brca1, method }] } }),
    );
    expect(items.map(({ detail }) => detail)).toContain(words);
  });

  it('search the databases for a name that is not linked', () => {
    const items = detailItems(facts({ entity: entity(text, 'BRCA1') }));
    expect(items.filter(isRow).map(({ label }) => label)).toEqual([
      'Test tagger 1.0 (000000000000)',
      'NCBI Gene',
      'PubTator 3',
      'Europe PMC',
    ]);
    expect(items.map(({ label }) => label)).not.toContain('Linked to');
  });

  it('name the person who checked the name, and not the model', () => {
    const [, first] = detailItems(facts({ decision: { by: 'Ada' } }));
    expect(first).toEqual({ label: 'Checked by Ada' });
  });
});
