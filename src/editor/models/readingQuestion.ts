import * as vscode from 'vscode';
import { CancelledError } from '../../core/errors';
import {
  guessReading,
  guessRelationLabels,
  noRelation,
  type PairReading,
  readings,
} from '../../core/relations/trainingGuess';

type Choice = vscode.QuickPickItem & { readonly reading?: PairReading };

/**
 * Asks how a relation model was trained to read the two names of a pair.
 * @throws {CancelledError} when the user turns away.
 */
export async function askForReading(model: string): Promise<PairReading> {
  const guess = guessReading([model]);
  const known = readings.map((reading): Choice => {
    const [[subject, object] = ['', '']] = reading.pairs;
    return { label: `${subject} – ${object}`, description: words(reading.mentions), reading };
  });
  const isGuess = ({ reading }: Choice) => JSON.stringify(reading) === JSON.stringify(guess);
  const other = {
    label: vscode.l10n.t('Something else…'),
    detail: vscode.l10n.t('Other masks, or markers such as [E1] before and [/E1] after a name'),
  };
  const picked = await vscode.window.showQuickPick<Choice>(
    [...known.filter(isGuess), ...known.filter((choice) => !isGuess(choice)), other],
    {
      title: vscode.l10n.t('How {0} was trained to read two names', model),
      placeHolder: vscode.l10n.t('Text that replaced each name in training'),
      ignoreFocusOut: true,
    },
  );
  if (!picked) throw new CancelledError();
  return picked.reading ?? askForOtherReading(model, guess);
}

function words(mentions: PairReading['mentions']): string {
  return Object.entries(mentions)
    .map(([key, template]) => `${key}: ${template}`)
    .join(', ');
}

async function askForOtherReading(model: string, guess: PairReading | undefined): Promise<PairReading> {
  const title = vscode.l10n.t('How {0} was trained to read two names', model);
  const written = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      'By type, or by subject and object, or by first and second; {0} stands for the name itself.',
      '{}',
    ),
    value: guess ? words(guess.mentions) : 'subject: [E1] {} [/E1], object: [E2] {} [/E2]',
    ignoreFocusOut: true,
    validateInput: (text) =>
      readMentions(text) ? undefined : vscode.l10n.t('Write it as Gene: @GENE$, Disease: @DISEASE$.'),
  });
  const mentions = readMentions(written ?? '');
  if (!mentions) throw new CancelledError();
  const pair = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The types of subject and object'),
    value: guess?.pairs[0]?.join(', ') ?? 'Gene, Disease',
    ignoreFocusOut: true,
    validateInput: (text) =>
      readPair(text) ? undefined : vscode.l10n.t('Two types, such as Gene, Disease.'),
  });
  const types = readPair(pair ?? '');
  if (!types) throw new CancelledError();
  return { mentions, pairs: [types] };
}

/** `Gene: @GENE$, Disease: @DISEASE$` → by key; `undefined` where it is not of that form. */
export function readMentions(text: string): Readonly<Record<string, string>> | undefined {
  const entries = text.split(',').map((part): [string, string] => {
    const at = part.indexOf(':');
    return [part.slice(0, Math.max(0, at)).trim(), part.slice(at + 1).trim()];
  });
  if (entries.some(([key, template]) => !/^\w+$/u.test(key) || template === '')) return undefined;
  return Object.fromEntries(entries);
}

function readPair(text: string): readonly [string, string] | undefined {
  const [subject = '', object = '', ...others] = text.split(',').map((type) => type.trim());
  return /^\w+$/u.test(subject) && /^\w+$/u.test(object) && others.length === 0
    ? [subject, object]
    : undefined;
}

/** Asks what each label means. @throws {CancelledError} when the user turns away. */
export async function askForRelationLabels(
  labels: readonly string[],
  model: string,
): Promise<Readonly<Record<string, string>>> {
  const written = await vscode.window.showInputBox({
    title: vscode.l10n.t('What the labels of {0} mean', model),
    prompt: vscode.l10n.t(
      '{0} — in order: the name of a relation, or {1} for no relation.',
      labels.join(', '),
      noRelation,
    ),
    value: guessRelationLabels(labels, [model]).join(', '),
    ignoreFocusOut: true,
    validateInput: (text) => problemOf(parts(text), labels.length),
  });
  if (written === undefined) throw new CancelledError();
  const named = parts(written);
  return Object.fromEntries(labels.map((label, index) => [label, named[index] ?? noRelation]));
}

function parts(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

function problemOf(named: readonly string[], wanted: number): string | undefined {
  if (named.length !== wanted || named.includes(''))
    return vscode.l10n.t('{0} labels are needed, in order.', wanted);
  const relations = named.filter((name) => name !== noRelation).length;
  if (relations > 0 && (wanted === 1 || relations < wanted)) return undefined;
  return vscode.l10n.t('One label means {0}, and at least one other names a relation.', noRelation);
}
