import { describe, expect, it } from 'vitest';
import { QuestionSubject } from '../../../../src/core/questions/otherSubject';
import { PassageSentences } from '../../../../src/core/questions/passageSentences';
import { anchorsOf } from '../../../../src/core/questions/questionAnchors';
import { someNames } from './someNames';

/** Reads a passage for a question, and says which of its sentences are about something else. */
function replacedIn(question: string, text: string): boolean[] {
  const anchors = anchorsOf(question, someNames);
  const passage = new PassageSentences(text, anchors, someNames);
  const subject = new QuestionSubject(question, anchors);
  return passage.spans.map((span) => subject.isReplacedIn(passage.at(span), passage.anchorsAt(span)));
}

function isMissing(question: string, text: string): boolean {
  const anchors = anchorsOf(question, someNames);
  const passage = new PassageSentences(text, anchors, someNames);
  return new QuestionSubject(question, anchors).isMissingIn(passage.anchorsOfPassage, passage.all());
}

describe('a sentence is about something else', () => {
  it.each([
    ['another drug', 'Does metformin prevent gout?', 'Ibuprofen prevents gout.'],
    ['another disease', 'Does metformin prevent gout?', 'Metformin prevents migraine.'],
    [
      'another disease in those with the disease of the question',
      'Does metformin prevent gout?',
      'In patients with gout, metformin prevents migraine.',
    ],
    [
      'another disease, with that of the question as the purpose',
      'Does metformin prevent gout?',
      'Metformin has a role in migraine when it is used for the prevention of gout.',
    ],
    ['other patients', 'Is metformin safe in patients with gout?', 'It is safe in patients with migraine.'],
    ['other patients', 'Does metformin work in gout?', 'Metformin works in migraine patients.'],
    ['resistance to the drug', 'Does imatinib inhibit EGFR?', 'Imatinib-resistant EGFR was found.'],
    ['resistance to the drug', 'Does imatinib inhibit EGFR?', 'Resistance to imatinib involves EGFR.'],
    [
      'the drug as an earlier treatment',
      'Does imatinib inhibit EGFR?',
      'EGFR is inhibited after patients have progressed on prior imatinib.',
    ],
    [
      'the drug as an earlier treatment',
      'Does imatinib inhibit EGFR?',
      'EGFR was inhibited in patients previously treated with imatinib.',
    ],
    [
      'the drug as the one that another is compared with',
      'Does imatinib inhibit EGFR?',
      'Sorafenib inhibits EGFR more than imatinib.',
    ],
    [
      'the prevention of what patients have',
      'Is metformin effective in patients with gout?',
      'Metformin has been proposed for gout prevention.',
    ],
    [
      'the prevention of what patients have',
      'Is metformin effective in advanced melanoma?',
      'Metformin lowered the incidence of melanoma.',
    ],
    ['another result', 'Does metformin reduce mortality?', 'Metformin reduced the number of infarctions.'],
  ])('if it has %s', (_what, question, text) => {
    expect(replacedIn(question, text)).toEqual([true]);
  });

  it.each([
    [
      'answers a question about resistance',
      'Is resistance to imatinib caused by EGFR?',
      'Resistance to imatinib involves EGFR.',
    ],
    ['has another word for the result', 'Does metformin reduce mortality?', 'Fewer died on metformin.'],
    [
      'compares the drug itself',
      'Does imatinib inhibit EGFR?',
      'Imatinib inhibits EGFR more than sorafenib.',
    ],
    ['names the disease', 'Does metformin prevent gout?', 'Metformin prevents gout.'],
    ['names more diseases', 'Does metformin prevent gout?', 'Metformin prevents migraine, cough and gout.'],
    ['names no disease', 'Does metformin prevent gout?', 'Metformin prevents attacks.'],
    [
      'answers a question about prevention',
      'Is metformin effective in preventing gout in patients with diabetes?',
      'In patients with diabetes, metformin lowered the incidence of gout.',
    ],
    [
      'has another disease in another role',
      'Does metformin prevent gout?',
      'In patients with migraine, metformin prevents attacks.',
    ],
    [
      'lists patients',
      'Is metformin safe in gout?',
      'Metformin is safe in patients with heart failure and gout.',
    ],
  ])('not if it %s', (_what, question, text) => {
    expect(replacedIn(question, text)).toEqual([false]);
  });

  it('not if a pronoun refers to a sentence with the name', () => {
    const text = 'Metformin was given in gout. It prevented hypertension. Metformin prevented hypertension.';
    expect(replacedIn('Does metformin prevent gout?', text)).toEqual([false, false, true]);
  });
});

describe('a passage is about something else', () => {
  it.each([
    ['lacks the drug', 'Does metformin prevent gout?', 'Gout is painful.', true],
    ['names other diseases only', 'Does metformin prevent gout?', 'Metformin prevents migraine.', true],
    ['names no disease', 'Does metformin prevent gout?', 'Metformin prevents attacks.', false],
    ['has both names', 'Does metformin prevent gout?', 'Metformin prevents gout and migraine.', false],
    [
      'names a wider disease only',
      'Does metformin work in triple-negative breast cancer?',
      'Metformin works in breast cancer.',
      true,
    ],
    [
      'names a narrower disease',
      'Does metformin work in breast cancer?',
      'Metformin works in triple-negative breast cancer.',
      false,
    ],
    [
      'leaves out which form of a disease is meant if it is the usual one',
      'Does metformin prevent type 2 diabetes?',
      'Metformin prevents diabetes.',
      false,
    ],
  ])('if it %s', (_what, question, text, expected) => {
    expect(isMissing(question, text)).toBe(expected);
  });
});

it('"cancer" in the name of another cancer is not a place of the cancer of the question', () => {
  const cancers = (text: string) =>
    Array.from(text.matchAll(/(?:breast|endometrial) cancer/giu), (match) => ({
      start: match.index,
      end: match.index + match[0].length,
      ids: [match[0].toLowerCase()],
      types: new Set(['Disease' as const]),
    }));
  const anchors = anchorsOf('Does tamoxifen prevent breast cancer?', cancers);
  const text = 'Endometrial cancer was seen, and cancer of the breast.';
  const [sentence] = new PassageSentences(text, anchors, cancers).all();
  const found = sentence?.places.filter(({ anchor }) => anchors[anchor]?.type === 'Disease');
  expect(found?.map(({ start, end }) => text.slice(start, end))).toEqual(['cancer']);
  expect(found?.[0]?.start).toBeGreaterThan(20);
});
