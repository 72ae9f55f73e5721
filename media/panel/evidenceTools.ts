import { el, setHidden, setPressed } from './dom';
import { button, iconButton } from './toolkit';
import type { Words } from './words';

export interface EvidenceToolActions {
  addQuestion(): void;
  export(): void;
  toggleTable(): void;
  toggleUnpinned(): void;
}

/** The state of the evidence that the tools show. */
export interface EvidenceToolState {
  /** Whether there is nothing to export. */
  readonly isEmpty: boolean;
  readonly isTable: boolean;
  /** Whether there are sentences that are not pinned. */
  readonly hasUnpinned: boolean;
  readonly withUnpinned: boolean;
}

/** The buttons above the evidence: the export, and what the table shows. */
export class EvidenceTools {
  readonly element: HTMLElement;
  private readonly exportButton: HTMLElement;
  private readonly asTable: HTMLElement;
  private readonly unpinned: HTMLElement;

  constructor(words: Words, actions: EvidenceToolActions) {
    const addQuestion = button(words.text('addQuestion'), () => actions.addQuestion(), 'secondary');
    addQuestion.setAttribute('title', words.text('addQuestionHint'));
    this.exportButton = button(words.text('export'), () => actions.export(), 'secondary');
    this.exportButton.classList.add('export');
    this.exportButton.setAttribute('title', words.text('exportHint'));
    this.asTable = iconButton('table', words.text('asTable'), () => actions.toggleTable());
    this.unpinned = iconButton('eye', words.text('showUnpinned'), () => actions.toggleUnpinned());
    this.element = el(
      'div',
      { class: 'evidence-tools' },
      addQuestion,
      this.exportButton,
      this.unpinned,
      this.asTable,
    );
  }

  show({ isEmpty, isTable, hasUnpinned, withUnpinned }: EvidenceToolState): void {
    setHidden(this.exportButton, isEmpty);
    setHidden(this.asTable, isEmpty);
    setHidden(this.unpinned, isEmpty || !hasUnpinned);
    setPressed(this.asTable, isTable);
    setPressed(this.unpinned, withUnpinned);
  }
}
