import { annotatorColumns, annotatorIdentity } from './annotator';
import { csvLine } from './csv';
import { roundProbability } from './mention';
import { sortEvidence, topicKey, topicLabel, type Evidence, type EvidenceTopic } from './evidence';

/** Words that the exports need, in the user's language. */
export interface EvidenceWords {
  readonly document: string;
  readonly line: string;
  readonly denied: string;
  readonly supposed: string;
  readonly title: string;
  /** `Found by {0}.` */
  readonly foundBy: string;
  readonly person: string;
}

export const evidenceCsvHeader = [
  'topic',
  'document',
  'citation',
  'line',
  'start',
  'end',
  'answer',
  'sentence',
  'denied',
  'supposed',
  'probability',
  'note',
  'annotator',
  'model_sha256',
] as const;

/** Begins the Markdown exports, which readers of Markdown do not see: they repeat what other documents say. */
const exportMark = '<!-- evidence from BioBERT -->';

/** True for an export that lies among the documents: what it says is not said again. */
export function isEvidenceExport(text: string): boolean {
  return text.startsWith(exportMark);
}

/** One record a cell. */
export function evidenceCsv(evidence: readonly Evidence[]): string {
  const lines = sortEvidence(evidence).map((each) =>
    csvLine([
      topicLabel(each.topic),
      each.document,
      each.citation,
      each.line,
      each.start,
      each.end,
      each.answer ?? '',
      each.sentence,
      each.isDenied ? 'yes' : 'no',
      each.isSupposed ? 'yes' : 'no',
      roundProbability(each.probability),
      each.note,
      ...annotatorColumns(each.annotator),
    ]),
  );
  return [csvLine(evidenceCsvHeader), ...lines].join('');
}

/** A table of documents by topics; each cell holds its sentences with their places. */
export function evidenceMarkdown(evidence: readonly Evidence[], words: EvidenceWords): string {
  const sorted = sortEvidence(evidence);
  const topics = topicsOf(sorted);
  const documents = [...new Set(sorted.map(({ document }) => document))].sort();
  const head = [words.document, ...topics.map(({ topic }) => topicLabel(topic))];
  const rows = documents.map((document) => [
    escapeMarkdown(document),
    ...topics.map(({ key }) =>
      sorted
        .filter((each) => each.document === document && topicKey(each.topic) === key)
        .map((each) => cellOf(each, words))
        .join('<br>'),
    ),
  ]);
  const table = [head.map(escapeMarkdown), head.map(() => '---'), ...rows];
  return `${exportMark}\n\n# ${escapeMarkdown(words.title)}\n\n${table.map((row) => `| ${row.join(' | ')} |\n`).join('')}${foundBy(sorted, words)}`;
}

/** A list a topic; each sentence with the key that Pandoc cites it by. */
export function evidenceCitations(evidence: readonly Evidence[], words: EvidenceWords): string {
  const sorted = sortEvidence(evidence);
  const sections = topicsOf(sorted).map(({ key, topic }) => {
    const items = sorted
      .filter((each) => topicKey(each.topic) === key)
      .map((each) => `- ${statement(each, words)} [@${citationKey(each.citation)}]${noteOf(each)}\n`);
    return `## ${escapeMarkdown(topicLabel(topic))}\n\n${items.join('')}`;
  });
  return `${exportMark}\n\n# ${escapeMarkdown(words.title)}\n\n${sections.join('\n')}${foundBy(sorted, words)}`;
}

/** The models behind a table, each once: a reviewer states them among the methods. */
function foundBy(evidence: readonly Evidence[], words: EvidenceWords): string {
  const names = evidence.flatMap(({ annotator }) => {
    if (annotator === undefined) return [];
    if (annotator === 'person') return [words.person];
    return [annotatorIdentity(annotator)];
  });
  const distinct = [...new Set(names)].sort();
  if (distinct.length === 0) return '';
  return `\n${escapeMarkdown(words.foundBy.replace('{0}', () => distinct.join(', ')))}\n`;
}

function topicsOf(evidence: readonly Evidence[]): { readonly key: string; readonly topic: EvidenceTopic }[] {
  const topics = new Map(evidence.map(({ topic }) => [topicKey(topic), topic]));
  return [...topics].map(([key, topic]) => ({ key, topic }));
}

function cellOf(each: Evidence, words: EvidenceWords): string {
  const line = each.line > 0 ? ` (${words.line.replace('{0}', String(each.line))})` : '';
  return `${statement(each, words)}${line}${noteOf(each)}`;
}

function statement(each: Evidence, { denied, supposed }: EvidenceWords): string {
  const doubts = [...(each.isDenied ? [denied] : []), ...(each.isSupposed ? [supposed] : [])];
  const doubt = doubts.length > 0 ? ` *(${doubts.map(escapeMarkdown).join(', ')})*` : '';
  const answer = each.answer === undefined ? '' : `**${escapeMarkdown(each.answer)}**: `;
  return `${answer}“${escapeMarkdown(each.sentence)}”${doubt}`;
}

function noteOf({ note }: Evidence): string {
  return note === '' ? '' : ` — ${escapeMarkdown(note)}`;
}

/** Nothing of a document is markup in the export. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]()#+\-!|<>~@$&]/g, (character) => (character === '<' ? '&lt;' : `\\${character}`));
}

/** Characters that Pandoc allows inside a key (manual, "Citation syntax"); the rest would end it. */
function citationKey(citation: string): string {
  return (
    citation.replace(/[^\p{L}\p{N}_:.#$%&\-+?<>~/]/gu, '_').replace(/[^\p{L}\p{N}_]+$/u, '') || 'unknown'
  );
}
