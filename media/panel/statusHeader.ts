import type { PanelScope, PanelState } from '../../src/protocol/panel';
import { el } from './dom';
import { ProgressBar } from './progressBar';
import { select, type Select } from './toolkit';
import type { Words } from './words';

export interface StatusActions {
  setScope(scope: PanelScope): void;
  stop(work: 'relations' | 'index'): void;
}

const scopeLabels = {
  document: 'scopeDocument',
  open: 'scopeOpen',
  folder: 'scopeFolder',
  included: 'scopeIncluded',
} as const;

/** The state of the host: the scope that it reads, with a summary, and a bar for each running task. */
export class StatusHeader {
  readonly elements: readonly HTMLElement[];
  private readonly scope: Select;
  private readonly summary = el('span', { class: 'summary' });
  private readonly relationsProgress: ProgressBar;
  private readonly indexProgress: ProgressBar;

  constructor(
    private readonly words: Words,
    actions: StatusActions,
  ) {
    this.scope = select(words.text('scope'), (value) => actions.setScope(value as PanelScope));
    this.relationsProgress = new ProgressBar(words, () => actions.stop('relations'));
    this.indexProgress = new ProgressBar(words, () => actions.stop('index'));
    this.elements = [
      el('header', { class: 'header' }, this.scope.element, this.summary),
      this.relationsProgress.element,
      this.indexProgress.element,
    ];
  }

  show({ scope, scopes, summary, model, relationsWork, indexWork }: PanelState): void {
    this.scope.setChoices(scopes.map((value) => ({ value, label: this.words.text(scopeLabels[value]) })));
    this.scope.value = scope;
    this.summary.textContent = summary;
    this.summary.title = [summary, model].filter(Boolean).join(' · ');
    this.relationsProgress.show(relationsWork);
    this.indexProgress.show(indexWork);
  }
}
