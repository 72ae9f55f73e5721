import * as vscode from 'vscode';
import { plainConcept } from '../../core/linking/plainConcept';
import type { Concept, EntityType } from '../../core/types';
import type { ConceptEngine, ConceptEntry, ConceptsResult } from '../../protocol/engine';
import { databaseOf, sourcedLabel } from '../entities/conceptLabels';
import { describeError, type Logger } from '../log';

/** The concepts of a name, none of them, or the earlier choice undone. */
export type ConceptChoice = readonly Concept[] | 'undo';

export interface ConceptQuestion {
  readonly title: string;
  /** The name that is searched for until the user types another one. */
  readonly name: string;
  readonly type: EntityType;
  /** Identifiers of the concepts that the name refers to now. */
  readonly current: readonly string[];
  /** True if the user chose before, so that the choice can be undone. */
  readonly hasChoice: boolean;
  readonly engine: ConceptEngine;
  readonly log: Logger;
}

interface ConceptItem extends vscode.QuickPickItem {
  /** The answer that the row stands for; undefined for a separator. */
  readonly value?: ConceptChoice | 'enter';
}

/** Pause after the last key press before concepts are searched. */
const pauseMs = 150;

/** Lets the user choose a concept, searched while typing. @returns undefined if the user cancelled. */
export async function pickConcept(question: ConceptQuestion): Promise<ConceptChoice | undefined> {
  const value = await showList(question);
  return value === 'enter' ? enterIdentifiers(question) : value;
}

async function showList(question: ConceptQuestion): Promise<ConceptItem['value']> {
  const list = vscode.window.createQuickPick<ConceptItem>();
  list.title = question.title;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  const search = new ConceptSearch(question, list);
  try {
    return await new Promise((resolve) => {
      list.onDidChangeValue((text) => search.later(text));
      list.onDidAccept(() => {
        const [item] = list.selectedItems;
        // Enter right after a key press would choose a row of the search before.
        const isOutdated = search.isPending && item?.value !== 'enter';
        if (item?.value !== undefined && !isOutdated) resolve(item.value);
      });
      list.onDidHide(() => resolve(undefined));
      search.now('');
      list.show();
    });
  } finally {
    search.dispose();
    list.dispose();
  }
}

type List = Pick<vscode.QuickPick<ConceptItem>, 'items' | 'busy' | 'placeholder'>;

/** Fills a list with the concepts for a text. A later search replaces an earlier one. */
class ConceptSearch {
  private timer: NodeJS.Timeout | undefined;
  private controller = new AbortController();
  private pending = false;

  constructor(
    private readonly question: ConceptQuestion,
    private readonly list: List,
  ) {
    list.items = actionItems(question);
  }

  /** True until the rows fit the text. */
  get isPending(): boolean {
    return this.pending;
  }

  later(text: string): void {
    clearTimeout(this.timer);
    this.pending = true;
    this.timer = setTimeout(() => this.now(text), pauseMs);
  }

  /** @param text An empty text stands for the name of the mention. */
  now(text: string): void {
    this.controller.abort();
    this.controller = new AbortController();
    this.pending = true;
    this.list.busy = true;
    void this.run(text.trim() || this.question.name, this.controller.signal);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.controller.abort();
  }

  private async run(text: string, signal: AbortSignal): Promise<void> {
    const { question, list } = this;
    let placeholder = vscode.l10n.t('Type another name to search for');
    let concepts: readonly ConceptEntry[] = [];
    try {
      const result = await findConcepts(question, text, signal);
      ({ concepts } = result);
      if (!result.terminology)
        placeholder = vscode.l10n.t('No terminology is installed; enter an identifier');
    } catch (error) {
      if (signal.aborted) return;
      question.log.warn(`Concepts: ${describeError(error)}`);
      placeholder = vscode.l10n.t('The terminology cannot be searched; the log says why');
    }
    if (signal.aborted) return;
    this.pending = false;
    list.busy = false;
    list.placeholder = placeholder;
    list.items = [...conceptItems(concepts, question.current), ...actionItems(question)];
  }
}

function findConcepts(
  { engine, type }: ConceptQuestion,
  text: string,
  signal: AbortSignal,
): Promise<ConceptsResult> {
  return engine.concepts({ text, match: 'name', type, priority: 'interactive' }, { signal });
}

/** Maximum number of other names below a concept. */
const maxSynonyms = 6;

/** Rows are always shown, because VS Code would hide those whose names do not contain what the user typed. */
export function conceptItems(
  concepts: readonly ConceptEntry[],
  current: readonly string[],
): readonly ConceptItem[] {
  return concepts.map((entry) => {
    const { id, name, species, synonyms } = entry;
    const now = current.includes(id) ? [vscode.l10n.t('current')] : [];
    const also = synonyms.slice(0, maxSynonyms).join(', ');
    return {
      label: name,
      description: [sourcedLabel(entry), ...(species === undefined ? [] : [species]), ...now].join(' · '),
      ...(also !== '' && { detail: synonyms.length > maxSynonyms ? `${also} …` : also }),
      alwaysShow: true,
      value: [plainConcept(entry)],
    };
  });
}

function actionItems({ hasChoice }: ConceptQuestion): readonly ConceptItem[] {
  const actions: readonly ConceptItem[] = [
    {
      label: `$(circle-slash) ${vscode.l10n.t('No concept')}`,
      description: vscode.l10n.t('The name is not linked'),
      value: [],
    },
    { label: `$(edit) ${vscode.l10n.t('Enter an identifier…')}`, value: 'enter' },
    ...(hasChoice
      ? [{ label: `$(discard) ${vscode.l10n.t('Undo my choice')}`, value: 'undo' as const }]
      : []),
  ];
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  return [separator, ...actions.map((each) => ({ ...each, alwaysShow: true }))];
}

async function enterIdentifiers(question: ConceptQuestion): Promise<readonly Concept[] | undefined> {
  const text = await vscode.window.showInputBox({
    title: question.title,
    prompt: vscode.l10n.t('Identifier with its database; separate several by commas'),
    placeHolder: 'MESH:D008687',
    value: question.current.join(', '),
    validateInput: (value) =>
      identifiersIn(value) ? undefined : vscode.l10n.t('Enter an identifier, such as MESH:D008687.'),
  });
  const ids = text === undefined ? undefined : identifiersIn(text);
  return ids && Promise.all(ids.map((id) => conceptOf(id, question)));
}

const maxIdentifierLength = 100;

/**
 * Splits what the user typed into identifiers.
 * @returns undefined if the text has no identifier, or if one is too long.
 */
export function identifiersIn(text: string): readonly string[] | undefined {
  const ids = [...new Set(text.split(/[\s,;|]/).filter((id) => id !== ''))];
  return ids.length > 0 && ids.every((id) => id.length <= maxIdentifierLength) ? ids : undefined;
}

/** The concept with an identifier. If the terminology does not find it, it is called as the name in the document. */
async function conceptOf(id: string, { name, engine, type, log }: ConceptQuestion): Promise<Concept> {
  try {
    const { concepts } = await engine.concepts({ text: id, match: 'name', type });
    const found = concepts.find((each) => each.id === id);
    if (found) return plainConcept(found);
  } catch (error) {
    log.warn(`Concepts: ${describeError(error)}`);
  }
  return { id, name, source: databaseOf(id) ?? '' };
}
