import { toDocument } from '../core/documents/place';
import { roundProbability } from '../core/exports/mention';
import type { Span, Stance, TextPassage, Verdict } from '../core/types';
import { wholePercent } from '../core/wholePercent';
import type { AnswerResult } from '../protocol/engine';
import { shownName } from './names';

export const answerFormats = ['text', 'jsonl'] as const;
export type AnswerFormat = (typeof answerFormats)[number];

/** A passage that was read, and the document that it comes from. */
export interface ReadPassage {
  readonly document: string;
  readonly passage: TextPassage;
}

type AnswerWriter = (result: AnswerResult, passages: readonly ReadPassage[]) => string;

export const answerWriters: Readonly<Record<AnswerFormat, AnswerWriter>> = {
  jsonl: writeJson,
  text: writeText,
};

/** A span of a passage in its document, and what a reader sees of it. */
interface Place extends Span {
  readonly document: string;
  /** The publication in it, if the document names it. */
  readonly publication?: string | undefined;
  readonly text: string;
}

function placeOf(passages: readonly ReadPassage[], passage: number, { start, end }: Span): Place {
  const read = passages[passage];
  if (!read) return { document: '', start: 0, end: 0, text: '' };
  const text = read.passage.text.slice(start, end).replace(/\s+/gu, ' ');
  const { publication } = read.passage;
  const source = { document: read.document, ...(publication === undefined ? {} : { publication }) };
  return { ...source, ...toDocument(read.passage, start, end), text };
}

function writeJson({ answers, verdict }: AnswerResult, passages: readonly ReadPassage[]): string {
  if (verdict) {
    const { answer, yes, no, open, papers } = verdict;
    const probabilities = {
      yes: roundProbability(yes),
      no: roundProbability(no),
      open: roundProbability(open),
    };
    const sentences = verdict.sentences.map(({ passage, sentence, stance, probability }) => ({
      ...placeOf(passages, passage, sentence),
      stance,
      probability: roundProbability(probability),
    }));
    return `${JSON.stringify({ verdict: answer, probabilities, papers, sentences })}\n`;
  }
  return answers
    .map((answer) => {
      const { start, end, text } = placeOf(passages, answer.passage, answer.sentence);
      const line = {
        ...placeOf(passages, answer.passage, answer),
        ...(answer.otherNames?.length ? { otherNames: answer.otherNames } : {}),
        probability: roundProbability(answer.probability),
        sentence: { start, end, text },
        alsoIn: answer.otherOccurrences.map((other) => {
          const place = placeOf(passages, other.passage, other);
          return { document: place.document, start: place.start, end: place.end };
        }),
      };
      return `${JSON.stringify(line)}\n`;
    })
    .join('');
}

function writeText({ answers, verdict }: AnswerResult, passages: readonly ReadPassage[]): string {
  if (verdict) {
    const { papers } = verdict;
    const counts = `Papers for: ${papers.supports}, against: ${papers.contradicts}`;
    const sides = (['supports', 'contradicts'] as const).map((side) => sideText(verdict, side, passages));
    return `${verdictLine(verdict)}\n${counts}\n${sides.join('')}`;
  }
  return answers
    .map((answer, rank) => {
      const place = placeOf(passages, answer.passage, answer);
      const sentence = placeOf(passages, answer.passage, answer.sentence).text;
      const others = answer.otherOccurrences.length > 0 ? `, and ${answer.otherOccurrences.length} more` : '';
      const names = answer.otherNames?.length ? `, also called ${answer.otherNames.join(', ')}` : '';
      const head = `${String(rank + 1).padStart(2)}  ${place.text}${names}  ${percent(answer.probability)}`;
      return `${head}  (${sourceName(place)}${others})\n    ${sentence}\n`;
    })
    .join('');
}

function sideText({ sentences }: Verdict, side: Stance, passages: readonly ReadPassage[]): string {
  const lines = sentences
    .filter(({ stance }) => stance === side)
    .map(({ passage, sentence, probability }) => {
      const place = placeOf(passages, passage, sentence);
      return `  ${percent(probability).padStart(5)}  ${place.text}\n         (${sourceName(place)})\n`;
    });
  return lines.length === 0
    ? ''
    : `${side === 'supports' ? 'Supports it' : 'Contradicts it'}:\n${lines.join('')}`;
}

function verdictLine({ answer, yes, no }: Verdict): string {
  if (answer === 'yes') return `Yes  ${percent(yes)}`;
  if (answer === 'no') return `No  ${percent(no)}`;
  return 'The documents do not settle it.';
}

/** `Kaplan 2019, Title`, or the file and the offset in it. */
function sourceName({ publication, document, start }: Place): string {
  return publication ?? `${shownName(document)}:${start}`;
}

function percent(probability: number): string {
  return `${wholePercent(probability)} %`;
}
