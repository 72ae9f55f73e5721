import type { EvidenceCell, EvidenceFormat } from '../../src/protocol/panel';

/** What a person does to the evidence; the panel asks the editor to carry it out. */
export interface EvidenceActions {
  reveal(cell: EvidenceCell, keepFocus: boolean): void;
  /** A relation of the list, by its row. */
  pin(id: number): void;
  drop(id: number): void;
  note(id: number, note: string): void;
  exportAs(format: EvidenceFormat): void;
  onOptions(): void;
}
