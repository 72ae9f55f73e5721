import * as vscode from 'vscode';
import type { Span } from '../../core/types';
import { toRange } from '../convert';
import { Disposable } from '../dispose';
import { showPlace } from '../documents/showPlace';
import type { EditLog, DocumentVersion } from './editLog';
import type { DocumentMark } from '../../runtime/folder/markedText';

/** A sentence of a document and the parts to highlight in it. All offsets refer to `version`. */
export interface EvidenceLocation {
  readonly document: string;
  readonly version: DocumentVersion;
  readonly evidence: Span;
  readonly marks: readonly DocumentMark[];
}

const flashMs = 2000;

/** Opens a document at a sentence: selects it, scrolls to it and highlights its marks for a moment. */
export class EvidenceRevealer extends Disposable {
  private readonly flash = this._register(
    vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor('editor.findMatchBackground'),
      border: '1px solid',
      borderColor: new vscode.ThemeColor('contrastActiveBorder'),
      overviewRulerColor: new vscode.ThemeColor('editor.findMatchBackground'),
    }),
  );

  /** @param showMarks Marks the entities of a document, as far as they are known without its being tagged. */
  constructor(
    private readonly edits: EditLog,
    private readonly showMarks: (document: vscode.TextDocument) => void,
  ) {
    super();
  }

  /**
   * @param keepFocus True while the user moves along a list by keys: the focus stays in the list.
   * @param column The column for a document that no editor shows. Default: the active column.
   */
  async reveal(
    { document: name, version, evidence, marks }: EvidenceLocation,
    keepFocus: boolean,
    column?: vscode.ViewColumn,
  ): Promise<void> {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(name));
    const selection = toRange(document, this.edits.locateStretched(evidence, version));
    const editor = await showPlace(document, {
      selection,
      preview: true,
      preserveFocus: keepFocus,
      ...columnOf(document, column),
    });
    this.showMarks(document);
    if (!editor) return;
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    const spans = marks.flatMap((mark) => this.edits.locate(mark, version) ?? []);
    editor.setDecorations(
      this.flash,
      spans.map((span) => toRange(document, span)),
    );
    setTimeout(() => editor.setDecorations(this.flash, []), flashMs);
  }
}

/** Returns the column of an editor that shows the document already, so that it is not opened a second time elsewhere. */
function columnOf(
  document: vscode.TextDocument,
  column: vscode.ViewColumn | undefined,
): { readonly viewColumn?: vscode.ViewColumn } {
  const name = document.uri.toString();
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === name);
  const viewColumn = shown?.viewColumn ?? column;
  return viewColumn === undefined ? {} : { viewColumn };
}
