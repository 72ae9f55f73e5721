import { describe, expect, it } from 'vitest';
import { nameKey } from '../../../../src/core/text/mentions';
import type { Abbreviation, ConceptLink, Entity } from '../../../../src/core/types';
import { groupMentions, type DocumentEntities } from '../../../../src/runtime/folder/grouping';

function document(
  name: string,
  text: string,
  words: readonly (readonly [string, string])[],
): DocumentEntities {
  let from = 0;
  const entities = words.map(([word, type]): Entity => {
    const start = text.indexOf(word, from);
    from = start + word.length;
    return { start, end: from, text: word, name: word, type, probability: 0.9 };
  });
  return { document: name, entities, abbreviations: [] };
}

const one = document('file:///one.txt', 'TP53, BRCA1, tp53; olaparib and TP53', [
  ['TP53', 'Gene'],
  ['BRCA1', 'Gene'],
  ['tp53', 'Gene'],
  ['olaparib', 'Chemical'],
  ['TP53', 'Gene'],
]);
const two = document('file:///two.txt', 'brca1; brca1; brca1', [
  ['brca1', 'Gene'],
  ['brca1', 'Gene'],
  ['brca1', 'Gene'],
]);

function concept(id: string): ConceptLink {
  return { id, name: id, source: 'Terms', method: 'name' };
}

const names = (name: string, count: number) => Array.from({ length: count }, () => [name, 'Gene'] as const);

/** A document of names of one concept, separated by semicolons. */
function linkedDocument(name: string, text: string): DocumentEntities {
  const words = text.split('; ').map((word) => [word, 'Chemical'] as const);
  const own = document(name, text, words);
  const concepts = [concept('MESH:D000077157')];
  const terminology = { name: 'Terms', version: '1' };
  return { ...own, entities: own.entities.map((each) => ({ ...each, concepts })), terminology };
}

const options = { keyOf: nameKey, pace: () => undefined };

describe('groupMentions', () => {
  it('joins spellings of one name and keeps the order of the text', async () => {
    const groups = await groupMentions([one], options);
    const shape = groups.map(({ name, type, spellings, mentions }) => ({
      name,
      type,
      spellings: spellings.map((spelling) => `${spelling.name} ${spelling.count}`),
      starts: mentions.map(({ entity }) => entity.start),
    }));
    expect(shape).toEqual([
      { name: 'TP53', type: 'Gene', spellings: ['TP53 2', 'tp53 1'], starts: [0, 13, 32] },
      { name: 'BRCA1', type: 'Gene', spellings: ['BRCA1 1'], starts: [6] },
      { name: 'olaparib', type: 'Chemical', spellings: ['olaparib 1'], starts: [19] },
    ]);
  });

  it('joins documents and shows the most frequent spelling of all', async () => {
    const groups = await groupMentions([one, two], options);
    const brca1 = groups.find(({ spellings }) => spellings.some(({ name }) => name === 'BRCA1'));
    expect(brca1?.name).toBe('brca1');
    expect(brca1?.mentions.map(({ document: name }) => name)).toEqual([
      'file:///one.txt',
      ...Array.from({ length: 3 }, () => 'file:///two.txt'),
    ]);
  });

  it('joins an abbreviation with its long form', async () => {
    const text = 'triple-negative breast cancer (TNBC); TNBC';
    const long = 'triple-negative breast cancer';
    const tnbc: Abbreviation = {
      short: { start: 31, end: 35 },
      long: { start: 0, end: long.length },
      shortText: 'TNBC',
      longText: long,
    };
    const words = [long, 'TNBC', 'TNBC'].map((word) => [word, 'Disease'] as const);
    const groups = await groupMentions(
      [{ ...document('file:///a.txt', text, words), abbreviations: [tnbc] }],
      options,
    );
    expect(groups).toHaveLength(1);
    expect(groups[0]?.mentions).toHaveLength(3);
  });

  it('splits a short form that is defined twice by place', async () => {
    const text = 'motor memory (MM) MM; malignant melanoma (MM) MM';
    const define = (longText: string, at: number): Abbreviation => ({
      short: { start: at, end: at + 2 },
      long: { start: at - 2 - longText.length, end: at - 2 },
      shortText: 'MM',
      longText,
    });
    const words = Array.from({ length: 4 }, () => ['MM', 'Disease'] as const);
    const abbreviations = [define('motor memory', 14), define('malignant melanoma', 42)];
    const groups = await groupMentions(
      [{ ...document('file:///a.txt', text, words), abbreviations }],
      options,
    );
    expect(groups.map(({ mentions }) => mentions.map(({ entity }) => entity.start))).toEqual([
      [14, 18],
      [42, 46],
    ]);
  });

  it('joins all names of a concept, and labels them by the most frequent one', async () => {
    const groups = await groupMentions(
      [linkedDocument('file:///a.txt', 'sorafenib; Nexavar; BAY 43-9006; Nexavar; sorafenib; sorafenib')],
      options,
    );
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({
      name: 'sorafenib',
      spellings: [
        { name: 'sorafenib', count: 3 },
        { name: 'Nexavar', count: 2 },
        { name: 'BAY 43-9006', count: 1 },
      ],
      concepts: [{ id: 'MESH:D000077157' }],
      isUnknown: false,
    });
  });

  it('splits a name by its concepts, and keeps mentions that are not linked apart', async () => {
    const { entities } = document('file:///a.txt', 'ERK ERK ERK ERK', names('ERK', 4));
    const [human, mouse] = [concept('NCBIGene:5594'), concept('NCBIGene:26413')];
    const links = [[human], [mouse], undefined, [mouse, human]];
    const linked = entities.map((each, i) => ({ ...each, concepts: links[i] }));
    const terminology = { name: 'Terms', version: '1' };
    const groups = await groupMentions(
      [
        { document: 'file:///a.txt', entities: linked, abbreviations: [], terminology },
        { document: 'file:///b.txt', entities: linked.slice(3), abbreviations: [], terminology },
      ],
      options,
    );
    expect(groups.map(({ mentions }) => mentions.length)).toEqual([1, 1, 1, 2]);
    expect(groups.map(({ isUnknown }) => isUnknown)).toEqual([false, false, true, false]);
    expect(new Set(groups.map(({ key }) => key)).size).toBe(4);
  });

  it('takes the order of the concepts of a composite mention for the same', async () => {
    const { entities } = document('file:///a.txt', 'ERK ERK', names('ERK', 2));
    const [one, other] = [concept('MESH:D001943'), concept('MESH:D010051')];
    const [first, second] = entities.map((each, i) => ({
      ...each,
      concepts: i === 0 ? [one, other] : [other, one],
    }));
    if (!first || !second) throw new Error('none');
    const found = { document: 'file:///a.txt', entities: [first, second], abbreviations: [] };
    expect(await groupMentions([found], options)).toHaveLength(1);
  });

  it('does not mark names as unknown without a terminology', async () => {
    const groups = await groupMentions([one], options);
    expect(groups.some(({ isUnknown }) => isUnknown)).toBe(false);
  });

  it('keeps types apart', async () => {
    const mixed = document('file:///m.txt', 'CAT CAT', [
      ['CAT', 'Gene'],
      ['CAT', 'Chemical'],
    ]);
    expect((await groupMentions([mixed], options)).map(({ type }) => type)).toEqual(['Gene', 'Chemical']);
  });

  it('calls the pacer for each mention and awaits its pause', async () => {
    let asked = 0;
    let taken = 0;
    await groupMentions([one, two], {
      keyOf: nameKey,
      pace: () => {
        asked += 1;
        return asked % 3 === 0 ? Promise.resolve().then(() => void (taken += 1)) : undefined;
      },
    });
    expect([asked, taken]).toEqual([8, 2]);
  });

  it('normalises a spelling once in each document', async () => {
    const folded: string[] = [];
    const keyOf = (name: string): string => {
      folded.push(name);
      return nameKey(name);
    };
    await groupMentions([one, two], { ...options, keyOf });
    expect(folded).toEqual(['TP53', 'BRCA1', 'tp53', 'olaparib', 'brca1']);
  });
});
