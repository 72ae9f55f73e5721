import { describe, expect, it } from 'vitest';
import {
  evidenceGrid,
  evidenceList,
  evidenceWorkbook,
  type ExportedEntry,
} from '../../../../src/core/curation/evidenceOffice';
import type { SheetCell, TextBlock, TextDocument, TextRuns } from '../../../../src/core/exports/officeFile';
import { entry } from '../review/citedEntries';
import { officeWords } from './officeWords';

const facts = {
  authors: ['Kaplan, Ann', 'Ito, B'],
  year: 2019,
  title: 'Aspirin and urate',
  journal: 'J Rheumatol',
  pmid: '11',
  doi: '10.1000/kaplan',
};

const pairEntry: ExportedEntry = {
  ...entry({
    topic: {
      kind: 'pair',
      subject: { name: 'aspirin', type: 'Chemical', id: 'MESH:D001241' },
      relation: 'negative_correlation',
      object: { name: 'urate', type: 'Chemical' },
    },
    citation: 'kaplan2019',
    publication: 'Kaplan 2019, Aspirin and urate',
    isDenied: true,
    isSpeculative: true,
    note: 'low dose',
    annotator: { name: 'relations', hash: '0123456789abcdef' },
  }),
  facts,
};
const answerEntry: ExportedEntry = { ...entry({ answer: '40 %', citation: 'b' }), isPinned: false };
const none: ExportedEntry = {
  ...entry({ sentence: '', citation: 'c', document: 'c.md', probability: 0, line: 0 }),
  isPinned: false,
  isUnanswered: true,
};
const all = [pairEntry, answerEntry, none];

const markup = (runs: TextRuns): string =>
  runs
    .map(({ text, isBold, isItalic, url }) => {
      const styled = isBold === true ? `<b>${text}</b>` : isItalic === true ? `<i>${text}</i>` : text;
      return url === undefined ? styled : `<a ${url}>${styled}</a>`;
    })
    .join('');

function lines({ blocks }: TextDocument): readonly string[] {
  const ofBlock = (block: TextBlock): readonly string[] =>
    block.kind === 'table'
      ? [block.head, ...block.rows].map((row) => row.map((cell) => cell.map(markup).join('/')).join(' | '))
      : [`${block.kind}: ${markup(block.runs)}`];
  return blocks.flatMap(ofBlock);
}

describe('the evidence in a Word document', () => {
  it('is a list for each topic, with names in bold, badges, citation, note and links', () => {
    expect(lines(evidenceList(all, officeWords))).toEqual([
      'heading: Evidence',
      'heading: aspirin – urate (negative correlation)',
      'paragraph: <i>MESH:D001241 – urate</i>',
      'item: “<b>Aspirin</b> raised the <b>urate</b> of 40 % of them.”<i> [negated]</i><i> [speculative]</i> (Kaplan et al. 2019, 90 %) — low dose <a https://doi.org/10.1000/kaplan>DOI</a> · <a https://pubmed.ncbi.nlm.nih.gov/11/>PubMed</a>',
      'heading: Does aspirin raise urate?',
      'item: <b>40 %</b>: “Aspirin raised the urate of <b>40 %</b> of them.”<i> [not pinned]</i> (papers/a.md, 90 %)',
      'heading: References',
      'item: Kaplan, Ann, Ito, B. Aspirin and urate. J Rheumatol. 2019. doi:<a https://doi.org/10.1000/kaplan>10.1000/kaplan</a> PMID:<a https://pubmed.ncbi.nlm.nih.gov/11/>11</a>',
      'item: papers/a.md',
      'paragraph: <i>Found by relations (sha256 0123456789ab).</i>',
    ]);
  });

  it.each([
    [{ volume: '46', issue: '3', pages: '210-8' }, 'J Rheumatol. 2019;46(3):210-8.'],
    [{ volume: '46' }, 'J Rheumatol. 2019;46.'],
    [{ pages: 'e7' }, 'J Rheumatol. 2019:e7.'],
    [{ journal: undefined, year: undefined, volume: '46' }, 'Aspirin and urate. 46.'],
  ])('has references with %j', (change, expected) => {
    const shown = lines(evidenceList([{ ...pairEntry, facts: { ...facts, ...change } }], officeWords));
    expect(shown.join('\n')).toContain(` ${expected} doi:`);
  });

  it('is a table of papers by topics, which says where no answer was found', () => {
    const document = evidenceGrid(all, officeWords);
    expect(document.isLandscape).toBe(true);
    const [, head, ...rows] = lines(document);
    expect(head).toBe(
      '<b>Paper</b> | <b>aspirin – urate (negative correlation)</b>/<i>MESH:D001241 – urate</i> | <b>Does aspirin raise urate?</b>',
    );
    expect(rows.slice(0, 3)).toEqual([
      'c.md |  | <i>no answer found</i>',
      expect.stringMatching(
        /^<a https:\/\/doi\.org\/10\.1000\/kaplan>Kaplan 2019, Aspirin and urate<\/a> \| “.* \(line 2, 90 %\) — low dose \| $/,
      ),
      expect.stringContaining('papers/a.md |  | <b>40 %</b>'),
    ]);
  });

  it('shows no prediction as certain', () => {
    const likely = { ...answerEntry, probability: 0.996 };
    expect(lines(evidenceList([likely], officeWords)).join('\n')).toContain('(papers/a.md, 99 %)');
    expect(lines(evidenceGrid([likely], officeWords)).join('\n')).toContain('(line 2, 99 %)');
  });

  it('gives no probability of a value that a person has confirmed or found', () => {
    const value = entry({ topic: { kind: 'form', column: 'n', label: 'Patients' }, answer: '120' });
    const shown = (each: ExportedEntry): string => lines(evidenceList([each], officeWords)).join('\n');
    expect(shown(value)).not.toContain('90 %');
    expect(shown({ ...value, isProposed: true })).toContain('<i> [proposed]</i> (papers/a.md, 90 %)');
    expect(shown({ ...answerEntry, annotator: 'person' })).toContain('(papers/a.md)');
  });
});

describe('the evidence in an Excel workbook', () => {
  const { sheets } = evidenceWorkbook(all, officeWords, [{ id: 'n', label: 'Patients' }]);

  it('has a row for each sentence, with what is known of its publication', () => {
    const [evidence] = sheets;
    expect(evidence?.rows).toHaveLength(2);
    const cells = (row: number): Record<string, SheetCell | undefined> =>
      Object.fromEntries(evidence?.columns.map(({ title }, at) => [title, evidence.rows[row]?.[at]]) ?? []);
    expect(cells(1)).toMatchObject({ Answer: '40 %', pinned: 'no', PMID: '', Authors: '' });
    expect(cells(0)).toEqual({
      Topic: 'aspirin – urate (negative correlation)',
      Answer: '',
      Sentence: 'Aspirin raised the urate of 40 % of them.',
      negated: 'yes',
      speculative: 'yes',
      proposed: 'no',
      pinned: 'yes',
      Probability: 0.9,
      Note: 'low dose',
      Paper: 'Kaplan 2019, Aspirin and urate',
      Authors: 'Kaplan, Ann; Ito, B',
      Year: 2019,
      Title: 'Aspirin and urate',
      Journal: 'J Rheumatol',
      PMID: { text: '11', url: 'https://pubmed.ncbi.nlm.nih.gov/11/' },
      DOI: { text: '10.1000/kaplan', url: 'https://doi.org/10.1000/kaplan' },
      'Citation key': 'kaplan2019',
      Document: 'papers/a.md',
      Line: 2,
      'Found by': 'relations (sha256 0123456789ab)',
      Concepts: 'MESH:D001241 – urate',
    });
  });

  it('has a sheet of papers by topics', () => {
    expect(sheets[1]?.columns.map(({ title }) => title)).toEqual([
      'Paper',
      'Citation key',
      'aspirin – urate (negative correlation)',
      'Does aspirin raise urate?',
    ]);
    expect(sheets[1]?.rows.map((row) => row[3])).toEqual([
      'no answer found',
      '',
      '40 %: “Aspirin raised the urate of 40 % of them.” [not pinned] (line 2, 90 %)',
    ]);
    expect(sheets[1]?.rows[1]?.[0]).toMatchObject({ url: 'https://doi.org/10.1000/kaplan' });
  });
});
