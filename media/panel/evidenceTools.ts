import type { EvidenceFormat } from '../../src/protocol/panel';
import { el, setHidden, setPressed } from './dom';
import { button, iconButton } from './toolkit';
import type { Words } from './words';

export interface EvidenceToolActions {
  exportAs(format: EvidenceFormat): void;
  toggleTable(): void;
  toggleUnpinned(): void;
}

/** The state of the evidence that the tools show. */
export interface EvidenceToolState {
  readonly isTable: boolean;
  /** Whether there are sentences that are not pinned. */
  readonly hasUnpinned: boolean;
  readonly withUnpinned: boolean;
  /** Whether the table has columns of the extraction form. */
  readonly hasForm: boolean;
}

/** The buttons above the evidence: the exports, and what the table shows. */
export class EvidenceTools {
  readonly element: HTMLElement;
  private readonly asTable: HTMLElement;
  private readonly unpinned: HTMLElement;
  private readonly extraction: HTMLElement | undefined;

  constructor(words: Words, actions: EvidenceToolActions) {
    const exports = [
      ['CSV', 'csv', 'exportCsv'],
      ['Markdown', 'markdown', 'exportMarkdown'],
      [words.text('citations'), 'citations', 'exportCitations'],
      [words.text('extraction'), 'extraction', 'exportExtraction'],
    ] as const;
    const buttons = exports.map(([label, format, name]) => {
      const element = button(label, () => actions.exportAs(format), 'secondary');
      element.setAttribute('aria-label', words.text(name));
      element.setAttribute('title', words.text(name));
      return element;
    });
    this.extraction = buttons.at(-1);
    this.asTable = iconButton('table', words.text('asTable'), () => actions.toggleTable());
    this.unpinned = iconButton('eye', words.text('showUnpinned'), () => actions.toggleUnpinned());
    this.element = el('div', { class: 'evidence-tools' }, ...buttons, this.unpinned, this.asTable);
  }

  show({ isTable, hasUnpinned, withUnpinned, hasForm }: EvidenceToolState): void {
    if (this.extraction) setHidden(this.extraction, !hasForm);
    // The list shows only pinned sentences, so this button is for the table.
    setHidden(this.unpinned, !isTable || !hasUnpinned);
    setPressed(this.asTable, isTable);
    setPressed(this.unpinned, withUnpinned);
  }
}
