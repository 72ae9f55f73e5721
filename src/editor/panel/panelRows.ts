import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../core/errors';
import type { CurateParams, RevealParams } from '../../protocol/panelMessages';
import type { EvidenceLocation } from '../annotations/evidenceRevealer';
import { marksOf } from '../../runtime/folder/locatedRelation';
import { relationsSource, type PanelModel } from './panelModel';

/** Performs the actions of the panel on single rows: reveal, pin, curate. All of them fail if the row is gone. */
export class PanelRows {
  /** @param column The column for a document that no editor shows. Default: the active column. */
  constructor(
    private readonly model: PanelModel,
    private readonly column?: vscode.ViewColumn,
  ) {}

  async reveal({ kind, id, keepFocus }: RevealParams): Promise<void> {
    const location = await this.locationOf(kind, id);
    if (!location) throw rowGone();
    await this.model.revealer.reveal(location, keepFocus, this.column);
  }

  async pin(kind: RevealParams['kind'], id: number, pinned: boolean): Promise<void> {
    const { evidence, questions, curation } = this.model;
    const source = relationsSource(this.model);
    const listed = kind === 'relation' ? source.list.get(id) : undefined;
    const relation = listed && curation.applyDecision(listed);
    const answer = kind === 'answer' ? questions.get(id) : undefined;
    if (kind === 'evidence') await evidence.unpin(id);
    else if (kind === 'paperAnswer') await evidence.pinPaperAnswer(id);
    else if (relation) await evidence.pinRelation(relation, source.model, pinned);
    else if (answer) await evidence.pinAnswer(questions, answer, pinned);
    else throw rowGone();
  }

  /**
   * Records a decision about a relation. Verdicts that open a dialog (the choice of a type, the offer to undo) return
   * at once, because the dialog may stay open for long.
   */
  async curate(id: number, verdict: CurateParams['verdict']): Promise<void> {
    const { list } = relationsSource(this.model);
    const item = list.get(id);
    if (!item) throw rowGone();
    const decision = this.model.curation.decide(item, verdict, list);
    if (verdict === 'accept' || verdict === 'undo') await decision;
    else this.model.showFailure(decision);
  }

  private async locationOf(kind: RevealParams['kind'], id: number): Promise<EvidenceLocation | undefined> {
    switch (kind) {
      case 'relation':
        return this.relationLocation(id);
      case 'answer':
        return this.model.questions.get(id)?.location;
      case 'evidence':
        return this.model.evidence.locationOf(id);
      case 'paperAnswer':
        return this.model.evidence.locationOfAnswer(id);
    }
  }

  private relationLocation(id: number): EvidenceLocation | undefined {
    const item = relationsSource(this.model).list.get(id);
    if (!item) return undefined;
    const { document, version, located } = item;
    const { relation } = located;
    return { document, version, evidence: relation.evidence, marks: marksOf(relation) };
  }
}

function rowGone(): BioBertError {
  return new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    vscode.l10n.t('This row is no longer there.'),
    vscode.l10n.t('Choose another, or ask again.'),
  );
}
