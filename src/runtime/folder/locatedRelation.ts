import type { Relation, Span } from '../../core/types';
import { isCount, isRecord } from '../../protocol/guards';
import type { MarkedText } from '../../protocol/panel';
import { lineCounter } from '../../core/documents/lineCounter';
import { markedText, withoutOverlaps, type DocumentMark } from './markedText';

/** A relation with the evidence and the line that its row shows. Both are computed while the text is available. */
export interface LocatedRelation {
  readonly relation: Relation;
  readonly evidence: MarkedText;
  /** Line in which the evidence starts, counted from 1. */
  readonly line: number;
}

/**
 * Adds evidence and line to the relations of one document, in the order of their evidence.
 *
 * @param relations In any order.
 * @param lineAt Returns the line of an offset, for a document that is read in parts. Default: it is counted here.
 */
export function locateRelations(
  text: string,
  relations: readonly Relation[],
  lineAt: (offset: number) => number = lineCounter(text),
): readonly LocatedRelation[] {
  return [...relations]
    .sort((a, b) => a.evidence.start - b.evidence.start)
    .map((relation) => ({
      relation,
      evidence: evidenceOf(text, relation),
      line: lineAt(relation.evidence.start),
    }));
}

/** Returns the parts to highlight when the evidence is shown in its document: both entities and the cues. */
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

/**
 * Identifies a relation across runs, independent of its probability and of edits outside the sentence. Decisions of a
 * person refer to it.
 */
export function relationKey({ type, subject, object, evidence }: Relation, evidenceText: string): string {
  const place = ({ start, end }: Span): string => `${start - evidence.start}+${end - start}`;
  return JSON.stringify([type, subject.name, place(subject), object.name, place(object), evidenceText]);
}

/**
 * Parses a relation that `indexFindings` stored.
 *
 * @returns undefined if it is malformed: the database file may have been damaged or written by another version.
 */
export function decodeLocated(payload: string): LocatedRelation | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    const isValid =
      isRecord(value) && isRecord(value['relation']) && isRecord(value['evidence']) && isCount(value['line']);
    return isValid ? (value as unknown as LocatedRelation) : undefined;
  } catch {
    return undefined;
  }
}
