import { el, setHidden, setPressed } from './dom';
import { button, iconButton } from './toolkit';
import type { Words } from './words';

export interface EvidenceToolActions {
  export(): void;
  toggleTable(): void;
  toggleUnpinned(): void;
}

/** The state of the evidence that the tools show. */
export interface EvidenceToolState {
  readonly isTable: boolean;
  /** Whether there are sentences that are not pinned. */
  readonly hasUnpinned: boolean;
  readonly withUnpinned: boolean;
}

/** The buttons above the evidence: the export, and what the table shows. */
export class EvidenceTools {
  readonly element: HTMLElement;
  private readonly asTable: HTMLElement;
  private readonly unpinned: HTMLElement;

  constructor(words: Words, actions: EvidenceToolActions) {
    const exportButton = button(words.text('export'), () => actions.export(), 'secondary');
    exportButton.classList.add('export');
    exportButton.setAttribute('title', words.text('exportHint'));
    this.asTable = iconButton('table', words.text('asTable'), () => actions.toggleTable());
    this.unpinned = iconButton('eye', words.text('showUnpinned'), () => actions.toggleUnpinned());
    this.element = el('div', { class: 'evidence-tools' }, exportButton, this.unpinned, this.asTable);
  }

  show({ isTable, hasUnpinned, withUnpinned }: EvidenceToolState): void {
    // The list shows only pinned sentences, so this button is for the table.
    setHidden(this.unpinned, !isTable || !hasUnpinned);
    setPressed(this.asTable, isTable);
    setPressed(this.unpinned, withUnpinned);
  }
}
