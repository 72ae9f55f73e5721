import type { VerdictView } from '../../src/protocol/panel';
import { el } from './dom';
import { placeName, sentence } from './sentence';
import type { Words } from './words';

/** How much speaks for yes, no and maybe, as a bar with its legend, and the sentences that are the reasons. */
export function verdictElement(
  verdict: VerdictView,
  words: Words,
  linkTo: (place: { readonly id: number }, content: readonly HTMLElement[]) => HTMLElement,
): HTMLElement {
  const { reasons } = verdict;
  const list = el('ul', { class: 'reasons', attributes: { 'aria-label': words.text('reasons') } });
  list.append(
    ...reasons.map((reason) => {
      const head = el('span', { class: `reason-verdict ${reason.verdict}` }, words.text(reason.verdict));
      const content = [head, el('span', { class: 'quote' }, sentence(reason.sentence)), placeName(reason)];
      return el('li', {}, linkTo(reason, content));
    }),
  );
  return el('div', { class: 'verdict' }, ...bar(verdict, words), ...(reasons.length > 0 ? [list] : []));
}

function bar({ yes, no, maybe }: VerdictView, words: Words): readonly HTMLElement[] {
  const parts = [
    ['yes', yes],
    ['no', no],
    ['maybe', maybe],
  ] as const;
  const label = words.text('verdict', words.percent(yes), words.percent(no), words.percent(maybe));
  const shares = el('div', { class: 'verdict-bar', attributes: { role: 'img', 'aria-label': label } });
  for (const [name, share] of parts) {
    const part = el('span', { class: `verdict-part ${name}` });
    part.style.flexGrow = String(share);
    shares.append(part);
  }
  const legend = el('div', { class: 'verdict-legend', attributes: { 'aria-hidden': 'true' } });
  legend.append(
    ...parts.map(([name, share]) =>
      el('span', { class: name }, `${words.text(name)} ${words.percent(share)}`),
    ),
  );
  return [shares, legend];
}
