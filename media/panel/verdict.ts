import type { Stance } from '../../src/core/types';
import type { StanceRow, VerdictView } from '../../src/protocol/panel';
import { addPin } from './answerPin';
import { el, scrollWithin } from './dom';
import { placeName, sentence } from './sentence';
import type { Words } from './words';

export interface VerdictActions {
  /** Draws a link to a place in the text. */
  linkTo(place: { readonly id: number }, content: readonly HTMLElement[]): HTMLElement;
  pin(row: StanceRow): void;
}

interface Side {
  readonly stance: Stance;
  /** Empty if no sentence takes the side. */
  readonly elements: readonly HTMLElement[];
  readonly list: HTMLElement;
}

/** Draws the verdict with the number of papers for and against it, and below it the sentences of each side. */
export function verdictElement(verdict: VerdictView, words: Words, actions: VerdictActions): HTMLElement {
  const sides = (['supports', 'contradicts'] as const).map((stance) =>
    sideOf(stance, verdict, words, actions),
  );
  return el(
    'div',
    { class: 'verdict' },
    el('p', { class: `verdict-answer ${verdict.answer}` }, answerText(verdict, words)),
    el('p', { class: 'verdict-papers' }, ...sides.map((side) => countElement(side, verdict, words))),
    ...sides.flatMap(({ elements }) => elements),
  );
}

function answerText({ answer, yes, no, papers, drafts }: VerdictView, words: Words): string {
  const all = papers.supports + papers.contradicts + drafts.supports + drafts.contradicts;
  if (all === 0) return words.text('verdictNone');
  if (answer === 'yes') return words.text('verdictYes', words.percent(yes));
  if (answer === 'no') return words.text('verdictNo', words.percent(no));
  return words.text('verdictOpen');
}

/** The number of papers on a side. It leads to their sentences, which may be out of sight below the other side. */
function countElement({ stance, elements, list }: Side, verdict: VerdictView, words: Words): HTMLElement {
  const papers = words.text(stance === 'supports' ? 'papersFor' : 'papersAgainst', verdict.papers[stance]);
  const drafts = verdict.drafts[stance];
  const label = drafts === 0 ? papers : words.text('papersAndDrafts', papers, drafts);
  if (elements.length === 0) return el('span', {}, label);
  const attributes = { type: 'button', title: words.text('showSide') };
  const link = el('button', { class: 'go also', attributes }, label);
  link.addEventListener('click', () => {
    const box = list.closest('.answers');
    // The heading of the side stays in sight above its sentences.
    if (box) scrollWithin(box, list, elements[0]?.offsetHeight);
    list.querySelector<HTMLElement>('.go')?.focus({ preventScroll: true });
  });
  return link;
}

function sideOf(stance: Stance, { sentences }: VerdictView, words: Words, actions: VerdictActions): Side {
  const title = words.text(stance);
  const items = sentences
    .filter((row) => row.stance === stance)
    .map((row) => {
      const head = el('span', { class: 'probability' }, words.percent(row.probability));
      const quote = el('span', { class: 'quote' }, sentence(row.sentence));
      const item = el('li', {}, actions.linkTo(row, [quote, placeName(row), head]));
      addPin(item, row, words, () => actions.pin(row));
      return item;
    });
  const list = el('ul', { class: 'stances', attributes: { 'aria-label': title } }, ...items);
  const heading = el('h3', { class: `stance ${stance}` }, title);
  return { stance, list, elements: items.length === 0 ? [] : [heading, list] };
}
