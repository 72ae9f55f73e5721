import * as vscode from 'vscode';
import type { Entity } from '../../core/types';
import { type LookName, lookNameOf, lookNames, typeLooks } from '../../protocol/typeLooks';
import type { AnnotationStore, DocumentAnnotations } from '../annotations/annotationStore';
import { shownOnly } from '../annotations/counts';
import { nearest } from '../annotations/find';
import { toOffset, toRange } from '../convert';
import { Disposable } from '../dispose';
import { logFailure, type Logger } from '../log';
import { createPacer } from '../pause';
import { affectsShownTypes, type Settings } from '../settings';

function decorationOf(name: LookName): vscode.DecorationRenderOptions {
  const { colour, border } = typeLooks[name];
  return {
    // A border and not an underline: only borders take theme colours, which differ between themes by themselves.
    borderColor: new vscode.ThemeColor(`biobert.${colour}`),
    borderStyle: border.style,
    borderWidth: border.width,
    backgroundColor: new vscode.ThemeColor(`biobert.${colour}Background`),
    overviewRulerColor: new vscode.ThemeColor(`biobert.${colour}`),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
    // What is typed at a border of a mention is not part of it.
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  };
}

/** Answers stream in and keys repeat: between two paintings of an editor passes so much time. */
const repaintMs = 100;

interface Painted {
  readonly annotations: DocumentAnnotations | undefined;
  /** Something was found or forgotten since. Edits alone do not count: the editor moves what is drawn by itself. */
  isOutdated: boolean;
  /** The offset around which marks were chosen, when there were more than the limit. */
  readonly centre: number | undefined;
}

/** Draws the mentions of visible documents: one call a type, at most `biobert.limits.maxMarks` of them an editor. */
export class Decorations extends Disposable {
  private readonly types = new Map<LookName, vscode.TextEditorDecorationType>();
  private readonly painted = new WeakMap<vscode.TextEditor, Painted>();
  private readonly waiting = new Set<vscode.TextEditor>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: AnnotationStore,
    private readonly settings: Settings,
    private readonly log: Logger,
  ) {
    super();
    this._register({ dispose: () => clearTimeout(this.timer) });
    this._register(
      store.onDidChange(({ document, cause }) => {
        if (cause !== 'edit') this.outdate((editor) => editor.document === document);
        this.repaint((editor) => editor.document === document);
      }),
    );
    this._register(vscode.window.onDidChangeVisibleTextEditors(() => this.repaint()));
    this._register(
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        // Only where not everything is drawn does it matter what is in sight.
        if (this.painted.get(textEditor)?.centre !== undefined)
          this.repaint((editor) => editor === textEditor);
      }),
    );
    this._register(
      settings.onDidChange((change) => {
        if (!affectsShownTypes(change) && !change.affects('limits.maxMarks')) return;
        this.outdate(() => true);
        this.repaint();
      }),
    );
  }

  private outdate(which: (editor: vscode.TextEditor) => boolean): void {
    for (const editor of vscode.window.visibleTextEditors.filter(which)) {
      const painted = this.painted.get(editor);
      if (painted) painted.isOutdated = true;
    }
  }

  private repaint(which: (editor: vscode.TextEditor) => boolean = () => true): void {
    for (const editor of vscode.window.visibleTextEditors) if (which(editor)) this.waiting.add(editor);
    if (this.waiting.size > 0) this.timer ??= setTimeout(() => this.paintWaiting(), repaintMs);
  }

  private paintWaiting(): void {
    this.timer = undefined;
    const editors = [...this.waiting];
    this.waiting.clear();
    logFailure(this.paintAll(editors), this.log, 'Drawing marks');
  }

  private async paintAll(editors: readonly vscode.TextEditor[]): Promise<void> {
    for (const editor of editors) {
      if (!this.isDisposed && vscode.window.visibleTextEditors.includes(editor)) await this.paint(editor);
    }
  }

  private async paint(editor: vscode.TextEditor): Promise<void> {
    const annotations = this.store.get(editor.document);
    const painted = this.painted.get(editor);
    if (!annotations && !painted?.annotations) return;
    const shown = this.shown(annotations);
    const isCapped = shown.length > this.settings.maxMarks;
    const centre = isCapped ? centreOf(editor) : undefined;
    if (painted && !painted.isOutdated && centre === painted.centre) {
      if (annotations?.entities.length === painted.annotations?.entities.length) return;
    }
    const marks = centre === undefined ? shown : nearest(shown, centre, this.settings.maxMarks);
    const ranges = await rangesByLook(editor.document, marks);
    // Something changed meanwhile: its event brings us back.
    if (this.isDisposed || this.store.get(editor.document) !== annotations) return;
    for (const each of lookNames) {
      const list = ranges.get(each);
      if (list || this.types.has(each)) editor.setDecorations(this.typeOf(each), list ?? []);
    }
    this.painted.set(editor, { annotations, centre, isOutdated: false });
  }

  private shown(annotations: DocumentAnnotations | undefined): readonly Entity[] {
    if (!annotations) return [];
    const { entities, document } = annotations;
    return shownOnly(entities, (type) => this.settings.isShown(type, document));
  }

  /** Made at first use, so that an editor without mentions costs nothing. */
  private typeOf(name: LookName): vscode.TextEditorDecorationType {
    const known = this.types.get(name);
    if (known) return known;
    const type = this._register(vscode.window.createTextEditorDecorationType(decorationOf(name)));
    this.types.set(name, type);
    return type;
  }
}

function centreOf(editor: vscode.TextEditor): number {
  const visible = editor.visibleRanges[0];
  return visible ? toOffset(editor.document, visible.start) : 0;
}

async function rangesByLook(
  document: vscode.TextDocument,
  entities: readonly Entity[],
): Promise<Map<LookName, vscode.Range[]>> {
  const pace = createPacer();
  const ranges = new Map<LookName, vscode.Range[]>();
  for (const entity of entities) {
    const list = ranges.get(lookNameOf(entity.type)) ?? [];
    ranges.set(lookNameOf(entity.type), list);
    list.push(toRange(document, entity));
    const gap = pace();
    if (gap) await gap;
  }
  return ranges;
}
