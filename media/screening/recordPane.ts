import type { RecordMarks, RecordView } from '../../src/protocol/screening';
import { el, setHidden } from '../panel/dom';
import { piecesOf, type GroupSpans } from './highlight';
import { markedText } from './markedText';
import type { ScreenWords } from './screenWords';

/** The marks of the texts of a record. */
export interface PaneMarks {
  readonly names: RecordMarks | undefined;
  /** Finds the keywords in a text. */
  readonly keywordsIn: (text: string) => readonly GroupSpans[];
}

/** Shows a record: title, source, links and abstract. */
export class RecordPane {
  readonly element: HTMLElement;
  private readonly title = el('h1', { class: 'record-title', attributes: { dir: 'auto' } });
  private readonly source = el('p', { class: 'source' });
  private readonly links = el('p', { class: 'links' });
  private readonly decision = el('div', { class: 'decided' });
  private readonly abstract = el('div', { class: 'abstract', attributes: { dir: 'auto' } });

  constructor(private readonly words: ScreenWords) {
    this.element = el(
      'article',
      { class: 'record', attributes: { 'aria-label': words.text('record'), tabindex: '0' } },
      this.decision,
      this.title,
      this.source,
      this.links,
      this.abstract,
    );
  }

  show(record: RecordView, marks: PaneMarks): void {
    const { authors, year, journal } = record;
    this.source.textContent = [shortened(authors).join('; '), journal, year].filter(Boolean).join(' · ');
    setHidden(this.source, this.source.textContent === '');
    this.showLinks(record);
    this.showDecision(record);
    this.showText(record, marks);
  }

  /** Draws the marks again. */
  showText({ title, abstract }: RecordView, { names, keywordsIn }: PaneMarks): void {
    const { words } = this;
    const titleText = title === '' ? words.text('noTitle') : title;
    this.title.replaceChildren(
      ...markedText(titleText, piecesOf(titleText, names?.title ?? [], keywordsIn(titleText))),
    );
    setHidden(this.abstract, abstract === undefined);
    this.abstract.classList.toggle('missing', abstract === '');
    const text = abstract === undefined || abstract === '' ? words.text('noAbstract') : abstract;
    const pieces = piecesOf(text, names?.abstract ?? [], abstract === '' ? [] : keywordsIn(text));
    this.abstract.replaceChildren(...markedText(text, pieces));
  }

  /** The words that are selected in the record, '' if none are. */
  get selection(): string {
    const selection = getSelection();
    const isInside = selection?.anchorNode && this.element.contains(selection.anchorNode);
    return isInside ? selection.toString().trim() : '';
  }

  private showLinks({ doi, pmid }: RecordView): void {
    const links = [
      ...(doi === undefined ? [] : [link(`DOI ${doi}`, `https://doi.org/${encodeURI(doi)}`)]),
      ...(pmid === undefined
        ? []
        : [link(`PMID ${pmid}`, `https://pubmed.ncbi.nlm.nih.gov/${encodeURIComponent(pmid)}/`)]),
    ];
    this.links.replaceChildren(...links);
    setHidden(this.links, links.length === 0);
  }

  private showDecision({ choice, reason, others }: RecordView): void {
    const { words } = this;
    setHidden(this.decision, choice === undefined);
    if (choice === undefined) return;
    const said = (each: RecordView['choice'], why: string | undefined): string => {
      const name = each === undefined ? '' : words.text(each);
      return why === undefined ? name : words.text('withReason', name, why);
    };
    const other = others.map(({ who, choice: theirs, reason: why }) => `${who}: ${said(theirs, why)}`);
    this.decision.replaceChildren(
      el('strong', { class: `choice-${choice}` }, words.text('decidedAs', said(choice, reason))),
      ...(other.length === 0 ? [] : [el('span', {}, `${words.text('others')} ${other.join(' · ')}`)]),
    );
  }
}

function link(text: string, href: string): HTMLElement {
  return el('a', { attributes: { href } }, text);
}

/** At most this many authors are named. */
const maxAuthors = 6;

function shortened(authors: readonly string[]): readonly string[] {
  return authors.length > maxAuthors
    ? [...authors.slice(0, maxAuthors - 1), '…', ...authors.slice(-1)]
    : authors;
}
