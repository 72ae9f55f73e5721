import { describe, expect, it } from 'vitest';
import { readCorpus } from '../../evaluation/corpus';
import { namesPeople, withoutPeople } from '../../evaluation/people';
import { typeNames } from '../../evaluation/typeNames';

const typeOf = typeNames('Dev.PubTator', { map: new Map() });

const pubtator = `7|t|Mice and PATIENTS
7|a|Women and humans took it.
7\t0\t4\tMice\tOrganismTaxon\t10090
7\t9\t17\tPATIENTS\tOrganismTaxon\t9606
7\t18\t23\tWomen\tOrganismTaxon\t9606
7\t28\t34\thumans\tOrganismTaxon\t9606
`;

describe('the words for people', () => {
  it.each(['patients', 'PATIENT', 'pregnant women', 'children', 'study participants', ' man '])(
    'include %s',
    (name) => {
      expect(namesPeople(name)).toBe(true);
    },
  );

  it.each(['human', 'Humans', 'Homo sapiens', 'mice', 'child-resistant mouse', 'human papillomavirus', ''])(
    'do not include %s',
    (name) => {
      expect(namesPeople(name)).toBe(false);
    },
  );

  it('are left out of the gold species of a PubTator file, and counted', () => {
    const corpus = readCorpus(pubtator, { typeOf, joinSentences: false });
    expect(corpus.gold.map(({ start, end }) => corpus.text.slice(start, end))).toEqual(['Mice', 'humans']);
    expect(corpus.peopleLeftOut).toBe(2);
  });

  it('are kept in token corpora, whose guidelines have their own heads', () => {
    const corpus = readCorpus('patients\tB-Species\n', { typeOf, joinSentences: false });
    expect(corpus.gold).toHaveLength(1);
    expect(corpus.peopleLeftOut).toBeUndefined();
  });

  it('are removed only from predictions of Species', () => {
    const text = 'patients and rats';
    const patients = { start: 0, end: 8 };
    const rats = { start: 13, end: 17, type: 'Species' };
    expect(
      withoutPeople([{ ...patients, type: 'Species' }, { ...patients, type: 'Disease' }, rats], text),
    ).toEqual([{ ...patients, type: 'Disease' }, rats]);
  });
});
