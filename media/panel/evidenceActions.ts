import type { EvidenceCell, EvidenceTopic } from '../../src/protocol/panel';

/** Actions of the user on the evidence; the panel asks the host to carry them out. */
export interface EvidenceActions {
  reveal(cell: EvidenceCell, keepFocus: boolean): void;
  /** Pins a relation of the list, or the answer of a paper. */
  pin(cell: EvidenceCell): void;
  drop(id: number): void;
  note(id: number, note: string): void;
  /** Confirms a value of the extraction form, or changes it. */
  setValue(id: number, value: string): void;
  /** Shows the list from which relations are pinned. */
  showRelations(): void;
  /** Lets the user write a question that every paper is asked. */
  addQuestion(): void;
  /** Asks every paper the question of a column, or removes the column. */
  column(topic: EvidenceTopic, action: 'ask' | 'remove'): void;
  /** Stops asking papers. */
  stop(): void;
  /** Lets the user choose a format and a file. */
  export(): void;
  onOptions(): void;
}
