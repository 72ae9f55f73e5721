import { describe, expect, it } from 'vitest';
import { describeMention, figuresFor, nearestOthers } from '../../../../src/editor/hover/mentionKnowledge';
import type { Entity } from '../../../../src/core/types';
import { entity } from '../support';

const text = [
  'Tumour necrosis factor (TNF) rises in sepsis.',
  'TNF falls with etanercept, and tnf is a gene.',
  'Later TNF rises again.',
].join('\n');

const paper = { start: 0, end: text.length };
const unknown = { text, paper, entities: [], abbreviations: [], isComplete: false };

describe('describeMention in an untagged document', () => {
  it('finds the introduction of an abbreviation in another paragraph', () => {
    const mention = entity(text, 'TNF', 'Gene', text.indexOf('Later'));
    const { abbreviation } = describeMention(mention, unknown);
    expect(abbreviation?.longText).toBe('Tumour necrosis factor');
    expect(text.slice(abbreviation?.short.start, abbreviation?.short.end)).toBe('TNF');
    expect(text.slice(abbreviation?.long.start, abbreviation?.long.end)).toBe('Tumour necrosis factor');
  });

  it('searches the mentions in the text', () => {
    const { mentions } = describeMention(entity(text, 'etanercept', 'Chemical'), unknown);
    expect(mentions?.map(({ start, end }) => text.slice(start, end))).toEqual(['etanercept']);
  });

  it('does not search a text that is too large', () => {
    const long = text + ' '.repeat(1_000_001);
    const known = { ...unknown, text: long, paper: { start: 0, end: long.length } };
    expect(describeMention(entity(text, 'etanercept'), known).mentions).toBeUndefined();
  });
});

describe('describeMention in a tagged document', () => {
  it('shows the definition nearest before the mention', () => {
    const define = (start: number, longText: string) => ({
      short: { start, end: start + 3 },
      long: { start: 0, end: 1 },
      shortText: 'TNF',
      longText,
    });
    const abbreviations = [define(24, 'Tumour necrosis factor'), define(46, 'Total nerve function')];
    const longFormAt = (from: number) =>
      describeMention(entity(text, 'TNF', 'Gene', from), { ...unknown, abbreviations }).abbreviation
        ?.longText;
    expect(longFormAt(0)).toBe('Tumour necrosis factor');
    expect(longFormAt(text.indexOf('Later'))).toBe('Total nerve function');
  });

  it('counts the entities of the same name and type', () => {
    const entities = [
      entity(text, 'etanercept', 'Chemical'),
      entity(text, 'TNF', 'Gene'),
      entity(text, 'sepsis', 'Disease'),
      entity(text, 'TNF', 'Gene', text.indexOf('Later')),
      entity(text, 'TNF', 'Chemical', text.indexOf('TNF falls')),
    ].sort((a, b) => a.start - b.start);
    const last = entities.at(-1);
    if (!last) throw new Error('none');
    const { mentions } = describeMention(last, { ...unknown, entities, isComplete: true });
    expect(mentions?.map(({ start }) => start)).toEqual([text.indexOf('TNF'), text.indexOf('TNF', 80)]);
  });
});

describe('describeMention of a linked mention', () => {
  const drugs = [
    'Sorafenib and Nexavar, BAY 43-9006, nexavar; sorafenib again.',
    'Nexavar and BAY 43-9006.',
  ].join('\n');
  const concept = { id: 'MESH:D000077157', name: 'Sorafenib', source: 'MeSH', method: 'name' } as const;
  const drug = (name: string, from = 0): Entity => ({
    ...entity(drugs, name, 'Chemical', from),
    concepts: [concept],
  });
  const entities = [
    drug('Sorafenib'),
    drug('Nexavar'),
    drug('BAY 43-9006'),
    drug('nexavar'),
    drug('sorafenib'),
  ];
  const known = { text: drugs, paper: { start: 0, end: drugs.length }, entities, abbreviations: [] };

  it('counts the mentions of the concept, and lists its other names with theirs', () => {
    const { mentions, synonyms } = describeMention(drug('Sorafenib'), { ...known, isComplete: true });
    expect(mentions).toHaveLength(5);
    expect(synonyms.map(({ name, mentions: own }) => [name, own.length])).toEqual([
      ['Nexavar', 2],
      ['BAY 43-9006', 1],
    ]);
  });

  it('does not count the same name of another concept, or without one', () => {
    const other = { ...drug('nexavar'), concepts: [{ ...concept, id: 'MESH:OTHER' }] };
    const bare = entity(drugs, 'sorafenib', 'Chemical');
    const mixed = { ...known, entities: [...entities.slice(0, 3), other, bare], isComplete: true };
    expect(describeMention(drug('Sorafenib'), mixed).mentions).toHaveLength(3);
    expect(describeMention(bare, mixed)).toMatchObject({ mentions: [bare], synonyms: [] });
  });

  it('searches an untagged document for all names that the tagged part has', () => {
    const { mentions } = describeMention(drug('Sorafenib'), { ...known, isComplete: false });
    expect(mentions?.map(({ start, end }) => drugs.slice(start, end))).toEqual([
      ...['Sorafenib', 'Nexavar', 'BAY 43-9006', 'nexavar', 'sorafenib'],
      ...['Nexavar', 'BAY 43-9006'],
    ]);
  });
});

describe('describeMention in a file of several papers', () => {
  const first = 'Metaplastic breast carcinoma (MBC) is rare. MBC is aggressive.\n';
  const second = 'Metastatic breast cancer (MBC) responds. MBC progressed later.\n';
  const file = first + second;
  const paper = { start: first.length, end: file.length };
  const untagged = { text: file, paper, entities: [], abbreviations: [], isComplete: false };
  const last = entity(file, 'MBC', 'Disease', file.lastIndexOf('MBC'));

  it('takes the meaning of a short form from the paper of the mention', () => {
    const { abbreviation } = describeMention(last, untagged);
    expect(abbreviation?.longText).toBe('Metastatic breast cancer');
    expect(abbreviation?.short.start).toBe(file.indexOf('MBC', first.length));
  });

  it('finds the mentions of this paper alone in an untagged file', () => {
    const { mentions } = describeMention(last, untagged);
    const places = mentions?.map(({ start, end }) => file.slice(start, end));
    expect(places).toEqual(['Metastatic breast cancer', 'MBC', 'MBC']);
    expect(mentions?.every(({ start }) => start >= first.length)).toBe(true);
  });
});

describe('nearestOthers', () => {
  it('returns the nearest mentions in document order, without the given one', () => {
    const at = (start: number) => ({ start, end: start + 3 });
    expect(nearestOthers([at(0), at(10), at(20), at(90), at(30)], at(20), 3)).toEqual([
      at(0),
      at(10),
      at(30),
    ]);
  });
});

describe('figuresFor', () => {
  it('returns the figures of the type, one for each test set', () => {
    const figure = (type: string, set: string, f1: number) => ({ type, set, f1, precision: 0, recall: 0 });
    const measured = [
      figure('Gene', 'BC2GM', 80),
      figure('Disease', 'NCBI', 85),
      figure('Gene', 'BC2GM', 82),
    ];
    expect(figuresFor('Gene', measured)).toEqual([measured[2]]);
  });
});
