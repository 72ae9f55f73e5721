import type { StanceRow, VerdictView } from '../../src/protocol/panel';
import { el } from './dom';
import { placeName, sentence } from './sentence';
import type { Words } from './words';

/** Draws a link to a place in the text. */
type LinkTo = (place: { readonly id: number }, content: readonly HTMLElement[]) => HTMLElement;

/** Draws the verdict with the number of papers for and against it, and below it the sentences of each side. */
export function verdictElement(verdict: VerdictView, words: Words, linkTo: LinkTo): HTMLElement {
  const { papers, sentences } = verdict;
  const counts = words.text('papersOfStances', papers.supports, papers.contradicts);
  const sides = (['supports', 'contradicts'] as const).flatMap((stance) => {
    const rows = sentences.filter((row) => row.stance === stance);
    return rows.length === 0 ? [] : sideElements(rows, words.text(stance), words, linkTo);
  });
  return el(
    'div',
    { class: 'verdict' },
    el('p', { class: `verdict-answer ${verdict.answer}` }, answerText(verdict, words)),
    el('p', { class: 'verdict-papers' }, counts),
    ...sides,
  );
}

function answerText({ answer, yes, no, papers }: VerdictView, words: Words): string {
  if (papers.supports + papers.contradicts === 0) return words.text('verdictNone');
  if (answer === 'yes') return words.text('verdictYes', words.percent(yes));
  if (answer === 'no') return words.text('verdictNo', words.percent(no));
  return words.text('verdictOpen');
}

function sideElements(
  rows: readonly StanceRow[],
  title: string,
  words: Words,
  linkTo: LinkTo,
): readonly HTMLElement[] {
  const items = rows.map((row) => {
    const head = el('span', { class: 'probability' }, words.percent(row.probability));
    const quote = el('span', { class: 'quote' }, sentence(row.sentence));
    return el('li', {}, linkTo(row, [quote, placeName(row), head]));
  });
  const stance = rows[0]?.stance ?? '';
  return [
    el('h3', { class: `stance ${stance}` }, title),
    el('ul', { class: 'stances', attributes: { 'aria-label': title } }, ...items),
  ];
}
