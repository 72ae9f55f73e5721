import * as vscode from 'vscode';
import { addedDecision } from '../../core/curation/addedRelations';
import { BioBertError, errorCodes, isCancelled } from '../../core/errors';
import type { EntityType } from '../../core/types';
import { toSpan } from '../convert';
import { chooseRelationType } from '../relations/relationCuration';
import { draftRelation, type Draft, type DraftName, type DraftProblem } from '../relations/relationDraft';
import { activeDocument, checkedText, formatOfDocument } from '../documents/documents';
import { typeName } from '../entities/typeLooks';
import { documentPath } from '../workspace/workspaceFile';
import { announce } from '../commands/announce';
import { chooseType } from '../commands/curateEntity';
import type { CommandParts } from '../commands/parts';

type Parts = Pick<CommandParts, 'engine' | 'store' | 'settings' | 'curation' | 'log'>;

/** A name whose type is known. */
type TypedName = DraftName & { readonly type: string };

/** Adds a relation between two names of a sentence: the selected ones, or two of the marked ones. */
export async function run(parts: Parts): Promise<void> {
  const document = activeDocument();
  const { version } = document;
  const draft = await draftAt(document, parts);
  const ends = await chooseEnds(draft.names);
  if (!ends) return;
  const types = parts.settings.markableTypes(document);
  const subject = await withType(ends[0], types);
  const object = subject && (await withType(ends[1], types));
  if (!subject || !object) return;
  const type = await chooseRelationType(await relationTypes(parts));
  if (type === undefined) return;
  if (document.version !== version) throw documentEdited();
  const relation = { subject, object, evidence: draft.evidence, type };
  const name = document.uri.toString();
  await markNames([subject, object], document, parts);
  await parts.curation.decideRelation(addedDecision(documentPath(name), document.getText(), relation));
  announce(vscode.l10n.t('Added: {0} – {1} ({2})', subject.name, object.name, type.replace(/_/g, ' ')));
}

async function draftAt(document: vscode.TextDocument, { engine, store, settings }: Parts): Promise<Draft> {
  const text = checkedText(document.getText(), document.uri, settings.maxFileSizeMB);
  const format = formatOfDocument(document, text);
  const { passages } = await engine.passages({
    document: document.uri.toString(),
    text,
    format,
    priority: 'interactive',
  });
  const entities = (store.get(document)?.entities ?? []).filter(({ type }) =>
    settings.isShown(type, document),
  );
  const editor = vscode.window.activeTextEditor;
  const selections = (editor?.document === document ? editor.selections : []).map((each) =>
    toSpan(document, each),
  );
  const draft = draftRelation(text, passages, entities, selections);
  if (typeof draft === 'string') throw draftError(draft);
  return draft;
}

interface NameItem extends vscode.QuickPickItem {
  readonly name: DraftName;
}

/** Lets the user choose subject and object. @returns undefined if the user cancelled. */
async function chooseEnds(names: readonly DraftName[]): Promise<readonly [DraftName, DraftName] | undefined> {
  const [first, second] = names;
  if (names.length === 2 && first && second) {
    const ends = [
      [first, second],
      [second, first],
    ] as const;
    const items = ends.map(([from, to]) => ({
      label: `${from.name} → ${to.name}`,
      ends: [from, to] as const,
    }));
    const placeHolder = vscode.l10n.t('Which one acts on the other?');
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.ends;
  }
  const subject = await chooseName(names, vscode.l10n.t('Relation from …'));
  if (!subject) return undefined;
  const otherNames = names.filter((each) => each !== subject);
  const object = await chooseName(otherNames, vscode.l10n.t('{0} → …', subject.name));
  return object && [subject, object];
}

async function chooseName(names: readonly DraftName[], placeHolder: string): Promise<DraftName | undefined> {
  const items = names.map((name): NameItem => {
    const description = name.type === undefined ? '' : typeName(name.type);
    return { label: name.name, description, name };
  });
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.name;
}

async function withType(name: DraftName, types: readonly EntityType[]): Promise<TypedName | undefined> {
  const type = name.type ?? (await chooseType(name.name, types));
  return type === undefined ? undefined : { ...name, type };
}

/** Adds names that are not entities yet, so that both ends of the relation are marked and exported. */
async function markNames(
  names: readonly TypedName[],
  document: vscode.TextDocument,
  { store, curation }: Parts,
): Promise<void> {
  const entities = store.get(document)?.entities ?? [];
  for (const { start, end, name, type } of names) {
    if (entities.some((each) => each.start < end && start < each.end)) continue;
    await curation.decideEntity({ name, type, verdict: 'added' });
  }
}

/** Returns the relation types of the model. Without a model the list is empty, and the user enters a type. */
async function relationTypes({ engine, log }: Parts): Promise<readonly string[]> {
  try {
    return (await engine.load(undefined, 'relation-extraction')).types;
  } catch (error) {
    if (isCancelled(error) || !(error instanceof BioBertError)) throw error;
    log.info(`Relation types are not known: ${error.userMessage}`);
    return [];
  }
}

function draftError(kind: DraftProblem): BioBertError {
  const [what, next] = draftErrorText(kind);
  return new BioBertError(errorCodes.ARGUMENT_INVALID, what, next);
}

function draftErrorText(kind: DraftProblem): readonly [string, string] {
  const select = vscode.l10n.t('Select both names: the second one with the Alt key held.');
  switch (kind) {
    case 'too-many':
      return [vscode.l10n.t('More than two names are selected.'), select];
    case 'no-sentence':
      return [vscode.l10n.t('There is no sentence here.'), select];
    case 'too-few':
      return [vscode.l10n.t('This sentence has fewer than two marked names.'), select];
    case 'too-far':
      return [
        vscode.l10n.t('The names are too far apart.'),
        vscode.l10n.t('Select them where one sentence, or two, tells how they are related.'),
      ];
  }
}

function documentEdited(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('The document was edited meanwhile.'),
    vscode.l10n.t('Add the relation again.'),
  );
}
