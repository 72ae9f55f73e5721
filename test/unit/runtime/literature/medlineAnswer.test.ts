import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMedlineAnswer } from '../../../../src/runtime/literature/medlineAnswer';
import { medlineOf } from '../../../support/fakeLiterature';
import '../../../support/propertySeed';

const article = {
  pmid: '12',
  title: 'Niacin in gout',
  entered: '2020/01/01',
  abstract: 'Niacin raises uric acid.',
};
const recordIn = (answer: string) => [...readMedlineAnswer(answer).records.values()];

describe('readMedlineAnswer', () => {
  it('splits an answer into its records, without changing them', () => {
    const texts = ['12', '13', '14'].map((pmid) => medlineOf({ ...article, pmid, isBook: pmid === '13' }));
    const { records, doubtful } = readMedlineAnswer(texts.map((text) => `\n${text}\n`).join(''));
    expect([...records.values()].map(({ text }) => text)).toEqual(texts);
    expect([...records.keys()]).toEqual(['12', '13', '14']);
    expect(doubtful).toBeUndefined();
  });

  it('reads line breaks of Windows', () => {
    const text = medlineOf(article);
    expect(recordIn(`${text.replaceAll('\n', '\r\n')}\r\n`)).toEqual([{ id: '12', text }]);
  });

  it('leaves out the lines about records that PubMed does not have', () => {
    const gone = 'id: 99 Error occurred: The following PMID is not available: 99';
    const answer = `\n${medlineOf(article)}\n\n1. ${gone}\n\n${gone}\n`;
    expect(recordIn(answer)).toEqual([{ id: '12', text: medlineOf(article) }]);
  });

  it('takes the first of two records with the same PMID', () => {
    const [first, second] = ['Zinc', 'Gold'].map((title) => medlineOf({ ...article, title }));
    expect(recordIn(`${first ?? ''}\n\n${second ?? ''}\n`).map(({ text }) => text)).toEqual([first]);
  });

  it('never takes a record that was cut off before its last field for a whole one', () => {
    const text = `${medlineOf(article)}\n`;
    fc.assert(
      fc.property(fc.nat(text.lastIndexOf('\nSO  - ')), (length) => {
        expect(readMedlineAnswer(text.slice(0, length)).records.size).toBe(0);
      }),
    );
  });

  it('survives any text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('PMID- 1\n', '\n', 'SO  - x\n', 'id: 1 Error occurred: x\n'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        for (const { id, text } of recordIn(pieces.join('')))
          expect(text).toMatch(new RegExp(`^PMID- {0,3}0*${id}`, 'u'));
      }),
    );
  });
});
