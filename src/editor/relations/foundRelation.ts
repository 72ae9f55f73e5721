import type { Relation, Span } from '../../core/types';
import type { MarkedText } from '../../protocol/panel';
import { markedText, withoutOverlaps, type DocumentMark } from '../annotations/markedText';

/** A relation with what its row shows, made while the text is at hand. */
export interface FoundRelation {
  readonly relation: Relation;
  readonly evidence: MarkedText;
  /** Of the evidence's start, counted from 1. */
  readonly line: number;
}

/** Makes them from one document; relations come in any order. */
export function foundRelations(text: string, relations: readonly Relation[]): readonly FoundRelation[] {
  const lineAt = lineCounter(text);
  return [...relations]
    .sort((a, b) => a.evidence.start - b.evidence.start)
    .map((relation) => ({
      relation,
      evidence: evidenceOf(text, relation),
      line: lineAt(relation.evidence.start),
    }));
}

/** What is marked in the document when the evidence is shown there. */
export function marksOf({ subject, object, negated, speculated }: Relation): readonly DocumentMark[] {
  const cues = [negated, speculated].filter((cue) => cue !== undefined);
  return [
    { start: subject.start, end: subject.end, role: 'subject' },
    { start: object.start, end: object.end, role: 'object' },
    ...cues.map(({ start, end }) => ({ start, end, role: 'cue' as const })),
  ];
}

function evidenceOf(text: string, relation: Relation): MarkedText {
  const { evidence, evidenceText, evidenceMarks } = relation;
  if (evidenceMarks) return { text: evidenceText, marks: withoutOverlaps(evidenceMarks) };
  return markedText(text.slice(evidence.start, evidence.end), evidence, evidenceText, marksOf(relation));
}

/** Line numbers of rising offsets, in one pass over the text. */
export function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return (offset) => {
    if (offset < at) {
      line = 1;
      at = 0;
    }
    for (; at < offset; at++) {
      const code = text.charCodeAt(at);
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) line++;
    }
    return line;
  };
}

/** The same relation in a later run, whatever its probability: what a person said of it holds on. */
export function relationKey({ type, subject, object, evidence }: Relation, evidenceText: string): string {
  const place = ({ start, end }: Span): string => `${start - evidence.start}+${end - start}`;
  return JSON.stringify([type, subject.name, place(subject), object.name, place(object), evidenceText]);
}
