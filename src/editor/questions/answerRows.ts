import * as vscode from 'vscode';
import { toDocument } from '../../core/documents/place';
import { paperKeys } from '../../core/questions/paperKeys';
import { strongestOfPapers } from '../../core/questions/verdict';
import type { StatedPublication } from '../../core/records/publicationKeys';
import type { PassageAnswer, Span, Verdict } from '../../core/types';
import type { AnswerRow, PlaceName, StanceRow, VerdictView } from '../../protocol/panel';
import type { EvidenceLocation } from '../annotations/evidenceRevealer';
import type { DocumentMark } from '../../runtime/folder/markedText';
import { isDraft } from '../documents/draft';
import { placeName } from '../documents/placeName';
import { shortNames } from '../documents/shortNames';
import type { SourcePassage } from './passageSource';

/** An answer, or a sentence that takes a side in a yes-no question, with its location in a document. */
export interface LocatedAnswer {
  readonly location: EvidenceLocation;
  /** The prose of the sentence. */
  readonly text: string;
  readonly answer: string;
  readonly probability: number;
  /** Counted from 1. */
  readonly line: number;
  readonly publication: string | undefined;
  readonly citation: string | undefined;
}

interface AnswerWithId {
  readonly id: number;
  readonly located: LocatedAnswer;
}

export interface AnswerRowsOptions {
  /** The passages that were sent to the engine; its answers refer to them by index. */
  readonly passages: readonly SourcePassage[];
  /** Stores an answer and returns its id. */
  readonly register: (answer: LocatedAnswer) => number;
  readonly isPinned: (answer: LocatedAnswer) => boolean;
  /** The name under which a publication is shown. */
  readonly nameOf: (stated: StatedPublication) => string | undefined;
}

/** Converts answers in passages to rows with locations in documents. An answer keeps its id while results stream in. */
export class AnswerRows {
  private readonly ids = new Map<string, number>();
  private readonly names: ReadonlyMap<string, string>;
  /** The key of the paper of each passage. */
  private readonly papers: readonly string[];

  constructor(private readonly options: AnswerRowsOptions) {
    const paths = options.passages.map(({ document }) => vscode.Uri.parse(document).path);
    this.names = shortNames([...new Set(paths)]);
    this.papers = paperKeys(options.passages);
  }

  answer({
    passage: index,
    start,
    end,
    text,
    otherNames = [],
    probability,
    sentence,
    otherOccurrences,
  }: PassageAnswer): AnswerRow {
    const { id, located } = this.locate(index, sentence, { start, end }, text, probability);
    const otherPlaces = otherOccurrences.map((other) => {
      const otherSentence = this.sentenceAt(other.passage, other);
      const elsewhere = this.locate(other.passage, otherSentence, other, text, probability);
      return { id: elsewhere.id, ...this.placeName(elsewhere.located) };
    });
    return {
      id,
      ...this.placeName(located),
      answer: text,
      otherNames,
      probability,
      sentence: {
        text: located.text,
        marks: [{ start: start - sentence.start, end: end - sentence.start, role: 'answer' as const }].filter(
          (mark) => mark.start >= 0 && mark.end <= located.text.length,
        ),
      },
      alsoIn: otherPlaces,
      isPinned: this.options.isPinned(located),
    };
  }

  verdict(verdict: Verdict): VerdictView {
    const sentences = verdict.sentences.map((each) => this.stance(each));
    return { ...verdict, ...this.countsOf(verdict), sentences };
  }

  /** Counts the listed papers on each side, as the engine does, which takes a draft for a paper. */
  private countsOf({ sentences }: Verdict): Pick<VerdictView, 'papers' | 'drafts'> {
    const { passages, nameOf } = this.options;
    const papers = { supports: 0, contradicts: 0 };
    const drafts = { supports: 0, contradicts: 0 };
    for (const { stance, passage: index } of strongestOfPapers(sentences, (each) => this.papers[each])) {
      const source = passages[index];
      if (!source) continue;
      const counts = isDraft(source.document, nameOf(source.passage)) ? drafts : papers;
      counts[stance]++;
    }
    return { papers, drafts };
  }

  private stance({ passage, sentence, stance, probability }: Verdict['sentences'][number]): StanceRow {
    const { id, located } = this.locate(passage, sentence, undefined, stance, probability);
    return {
      id,
      ...this.placeName(located),
      stance,
      probability,
      sentence: { text: located.text, marks: [] },
      isPinned: this.options.isPinned(located),
    };
  }

  /** @param answer Span of the answer in the passage; undefined for a sentence that takes a side as a whole. */
  private locate(
    index: number,
    sentence: Span,
    answer: Span | undefined,
    text: string,
    probability: number,
  ): AnswerWithId {
    const source = this.options.passages[index];
    if (!source) throw new RangeError('An answer names a passage that was not sent.');
    const { passage, document, version, sentenceLines } = source;
    const sentenceIndex = passage.sentences.findLastIndex(({ start }) => start <= sentence.start);
    const marks: DocumentMark[] = answer
      ? [{ ...toDocument(passage, answer.start, answer.end), role: 'answer' }]
      : [];
    const located: LocatedAnswer = {
      location: { document, version, evidence: toDocument(passage, sentence.start, sentence.end), marks },
      text: passage.text.slice(sentence.start, sentence.end),
      answer: text,
      probability,
      line: sentenceLines[sentenceIndex] ?? 0,
      publication: passage.publication,
      citation: passage.citation,
    };
    const key = JSON.stringify([index, sentence.start, sentence.end, answer?.start, answer?.end]);
    const id = this.ids.get(key) ?? this.options.register(located);
    this.ids.set(key, id);
    return { id, located };
  }

  private sentenceAt(index: number, span: Span): Span {
    const { passage } = this.options.passages[index] ?? {};
    return passage?.sentences.findLast(({ start }) => start <= span.start) ?? span;
  }

  private placeName({ location: { document }, line, ...stated }: LocatedAnswer): PlaceName {
    const file = this.names.get(vscode.Uri.parse(document).path) ?? '';
    return placeName({ document, file, line, publication: this.options.nameOf(stated) });
  }
}
