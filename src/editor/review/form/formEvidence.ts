import type { Evidence } from '../../../core/curation/evidenceFile';
import type { FormCell } from '../../../core/curation/formValues';
import { formTopic } from '../../../core/curation/evidenceTopics';
import type { Annotator } from '../../../core/exports/annotator';
import type { FormColumn } from '../../../core/review/reviewData';
import type { PublicationPlace, Span } from '../../../core/types';
import { stemOf } from '../../evidence/createEvidence';
import { documentPath } from '../../workspace/workspaceFile';

export interface FormEvidenceParts {
  readonly column: FormColumn;
  /** `uri.toString()` */
  readonly document: string;
  readonly publication: Pick<PublicationPlace, 'id' | 'name'> | undefined;
  /** Span of the sentence in the document. */
  readonly place: Span;
  /** Line of the sentence, counted from 1. */
  readonly line: number;
  readonly sentence: string;
  readonly value: string;
  readonly annotator: Annotator | undefined;
  readonly probability: number;
}

/** The cell of a paper and a column: all that `formCellKey` needs. */
export function formCell({
  column,
  document,
  publication,
}: Pick<FormEvidenceParts, 'column' | 'document' | 'publication'>): FormCell {
  return {
    topic: formTopic(column),
    document: documentPath(document),
    citation: publication?.id ?? stemOf(document),
    publication: publication?.name,
  };
}

/** Creates the evidence for a value of the form. */
export function formEvidence(parts: FormEvidenceParts): Evidence {
  const { place, line, sentence, value, annotator, probability } = parts;
  return {
    ...formCell(parts),
    start: place.start,
    end: place.end,
    line,
    sentence,
    answer: value,
    probability,
    isDenied: false,
    isSpeculative: false,
    note: '',
    annotator,
  };
}
