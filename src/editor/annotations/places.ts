import * as vscode from 'vscode';
import type { Span } from '../../core/types';
import { toRange } from '../convert';
import { Disposable } from '../dispose';
import type { EditLog, Moment } from './editLog';
import type { DocumentMark } from './markedText';

/** A stretch of a document to show, with what matters in it. Offsets are those of the moment. */
export interface Place {
  readonly document: string;
  readonly moment: Moment;
  readonly evidence: Span;
  readonly marks: readonly DocumentMark[];
}

const flashMs = 2000;

/** Opens documents at a place: the evidence is selected and scrolled to, and what matters in it flashes. */
export class Places extends Disposable {
  private readonly flash = this._register(
    vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor('editor.findMatchBackground'),
      border: '1px solid',
      borderColor: new vscode.ThemeColor('contrastActiveBorder'),
      overviewRulerColor: new vscode.ThemeColor('editor.findMatchBackground'),
    }),
  );

  constructor(private readonly edits: EditLog) {
    super();
  }

  /** @param keepFocus The reader walks along a list: the document shows, the keys stay where they are. */
  async show({ document: name, moment, evidence, marks }: Place, keepFocus: boolean): Promise<void> {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(name));
    const selection = toRange(document, this.edits.findAround(evidence, moment));
    const editor = await vscode.window.showTextDocument(document, {
      selection,
      preview: true,
      preserveFocus: keepFocus,
      ...columnOf(document),
    });
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    const spans = marks.flatMap((mark) => this.edits.find(mark, moment) ?? []);
    editor.setDecorations(
      this.flash,
      spans.map((span) => toRange(document, span)),
    );
    setTimeout(() => editor.setDecorations(this.flash, []), flashMs);
  }
}

/** Where the document shows already, it stays: it may stand beside the one that is written. */
function columnOf(document: vscode.TextDocument): { readonly viewColumn?: vscode.ViewColumn } {
  const name = document.uri.toString();
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === name);
  return shown?.viewColumn === undefined ? {} : { viewColumn: shown.viewColumn };
}
