import { roundProbability } from '../core/exports/mention';
import {
  type AnswerPlace,
  placedAnswer,
  type PlacedVerdict,
  placedVerdict,
  type SourcePassage,
} from '../core/questions/placedAnswers';
import type { Stance } from '../core/types';
import { wholePercent } from '../core/wholePercent';
import type { AnswerResult } from '../protocol/engine';
import { shownName } from './names';

export const answerFormats = ['text', 'jsonl'] as const;
export type AnswerFormat = (typeof answerFormats)[number];

type AnswerWriter = (result: AnswerResult, passages: readonly SourcePassage[]) => string;

export const answerWriters: Readonly<Record<AnswerFormat, AnswerWriter>> = {
  jsonl: writeJson,
  text: writeText,
};

function writeJson({ answers, verdict }: AnswerResult, passages: readonly SourcePassage[]): string {
  if (verdict) {
    const { answer, probabilities, papers, sentences } = placedVerdict(verdict, passages);
    const { yes, no, open } = probabilities;
    const line = {
      verdict: answer,
      probabilities: { yes: roundProbability(yes), no: roundProbability(no), open: roundProbability(open) },
      papers,
      sentences: sentences.map(withRoundProbability),
    };
    return `${JSON.stringify(line)}\n`;
  }
  return answers
    .map((answer) => `${JSON.stringify(withRoundProbability(placedAnswer(answer, passages)))}\n`)
    .join('');
}

function withRoundProbability<T extends { readonly probability: number }>(found: T): T {
  return { ...found, probability: roundProbability(found.probability) };
}

function writeText({ answers, verdict }: AnswerResult, passages: readonly SourcePassage[]): string {
  if (verdict) {
    const placed = placedVerdict(verdict, passages);
    const { papers } = placed;
    const counts = `Papers for: ${papers.supports}, against: ${papers.contradicts}`;
    const sides = (['supports', 'contradicts'] as const).map((side) => sideText(placed, side));
    return `${verdictLine(placed)}\n${counts}\n${sides.join('')}`;
  }
  return answers
    .map((answer, rank) => {
      const { text, otherNames, alsoIn, probability, sentence, ...place } = placedAnswer(answer, passages);
      const others = alsoIn.length > 0 ? `, and ${alsoIn.length} more` : '';
      const names = otherNames ? `, also called ${otherNames.join(', ')}` : '';
      const head = `${String(rank + 1).padStart(2)}  ${text}${names}  ${percent(probability)}`;
      return `${head}  (${sourceName(place)}${others})\n    ${sentence.text}\n`;
    })
    .join('');
}

function sideText({ sentences }: PlacedVerdict, side: Stance): string {
  const lines = sentences
    .filter(({ stance }) => stance === side)
    .map(
      ({ text, probability, ...place }) =>
        `  ${percent(probability).padStart(5)}  ${text}\n         (${sourceName(place)})\n`,
    );
  return lines.length === 0
    ? ''
    : `${side === 'supports' ? 'Supports it' : 'Contradicts it'}:\n${lines.join('')}`;
}

function verdictLine({ answer, probabilities: { yes, no } }: PlacedVerdict): string {
  if (answer === 'yes') return `Yes  ${percent(yes)}`;
  if (answer === 'no') return `No  ${percent(no)}`;
  return 'The documents do not settle it.';
}

/** `Kaplan 2019, Title`, or the file and the offset in it. */
function sourceName({ publication, document, start }: Omit<AnswerPlace, 'text'>): string {
  return publication ?? `${shownName(document)}:${start}`;
}

function percent(probability: number): string {
  return `${wholePercent(probability)} %`;
}
