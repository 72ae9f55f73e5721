import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import type { Engine, QuestionEngine, RelationEngine } from '../../protocol/engine';

/** What the panel asks. An engine may lack a part of it: a model of the user's own does one task. */
export type PanelEngine = Pick<Engine, 'load'> & Partial<RelationEngine & QuestionEngine>;

/** @throws {BioBertError} MODEL_TASK_MISMATCH where the engine does not find relations. */
export function relationEngine(engine: PanelEngine): RelationEngine {
  const { relations } = engine;
  if (relations) return { relations: relations.bind(engine) };
  throw missing(vscode.l10n.t('This installation has no model that finds relations.'));
}

/** @throws {BioBertError} MODEL_TASK_MISMATCH where the engine does not answer questions. */
export function questionEngine(engine: PanelEngine): QuestionEngine {
  const { passages, embed, answer } = engine;
  if (passages && embed && answer)
    return { passages: passages.bind(engine), embed: embed.bind(engine), answer: answer.bind(engine) };
  throw missing(vscode.l10n.t('This installation has no model that answers questions.'));
}

function missing(message: string): BioBertError {
  return new BioBertError(
    errorCodes.MODEL_TASK_MISMATCH,
    message,
    vscode.l10n.t('Install a version of the extension that has it; entities work as before.'),
  );
}
