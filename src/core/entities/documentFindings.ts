import { segmentSpan } from '../documents/place';
import { type AbbreviationSpans, findAbbreviations } from '../text/abbreviations';
import type { Segment, Span } from '../types';
import { type ConsistentSpan, consistentSpans, type SegmentFindings } from './consistency';
import type { DecodedSpan } from './spanCache';

interface GrowingFindings extends SegmentFindings {
  readonly sentences: Span[];
  readonly spans: DecodedSpan[];
}

/** Collects the decoded spans of a document for the consistency stage, which needs the whole document. */
export class DocumentFindings {
  private readonly bySegment = new Map<Segment, GrowingFindings>();
  private readonly abbreviations = new Map<Segment, readonly AbbreviationSpans[]>();

  /**
   * @param sentences Consecutive sentences of `segment` that follow the sentences added before.
   * @param spans Spans in these sentences, sorted; offsets count from the start of the first sentence.
   */
  add(segment: Segment, sentences: readonly Span[], spans: readonly DecodedSpan[]): void {
    const findings = this.bySegment.get(segment) ?? emptyFindings(segment, this.abbreviationsIn(segment));
    this.bySegment.set(segment, findings);
    const offset = sentences[0]?.start ?? 0;
    findings.sentences.push(...sentences);
    for (const { start, end, type, probability } of spans) {
      findings.spans.push({ start: offset + start, end: offset + end, type, probability });
    }
  }

  /** The abbreviations that a segment introduces. They are searched for only once. */
  abbreviationsIn(segment: Segment): readonly AbbreviationSpans[] {
    const abbreviations = this.abbreviations.get(segment) ?? findAbbreviations(segment.text);
    this.abbreviations.set(segment, abbreviations);
    return abbreviations;
  }

  /**
   * Makes the tags of each record consistent.
   *
   * @param records Offsets in the document at which records begin, ascending.
   * @returns the tags of each segment. The generator yields the number of characters processed since the previous
   *   step.
   */
  *consistent(
    records: readonly number[],
    minProbability: number,
  ): Generator<number, ReadonlyMap<Segment, readonly ConsistentSpan[]>> {
    const marks = new Map<Segment, readonly ConsistentSpan[]>();
    for (const segments of this.byRecord(records)) {
      const findings = segments.flatMap((segment) => this.bySegment.get(segment) ?? []);
      const spans = yield* consistentSpans(findings, minProbability);
      for (const [i, segment] of segments.entries()) marks.set(segment, spans[i] ?? []);
    }
    return marks;
  }

  private byRecord(records: readonly number[]): Segment[][] {
    const groups: Segment[][] = [[]];
    let next = 0;
    const inOrder = [...this.bySegment.keys()].sort((a, b) => segmentSpan(a).start - segmentSpan(b).start);
    for (const segment of inOrder) {
      const isNew = (records[next] ?? Infinity) <= segmentSpan(segment).start;
      while ((records[next] ?? Infinity) <= segmentSpan(segment).start) next += 1;
      if (isNew) groups.push([]);
      groups.at(-1)?.push(segment);
    }
    return groups;
  }
}

function emptyFindings({ text }: Segment, abbreviations: readonly AbbreviationSpans[]): GrowingFindings {
  return { text, sentences: [], spans: [], abbreviations };
}
