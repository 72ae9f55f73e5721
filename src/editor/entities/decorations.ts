import * as vscode from 'vscode';
import type { Entity } from '../../core/types';
import { type LookName, lookNameOf, lookNames, typeLooks } from '../../protocol/typeLooks';
import type { AnnotationStore, DocumentAnnotations } from '../annotations/annotationStore';
import { visibleEntities } from '../annotations/counts';
import { nearestEntities } from '../annotations/entityLookup';
import { toOffset, toRange } from '../convert';
import { Disposable } from '../dispose';
import { logFailure, type Logger } from '../log';
import { createPacer } from '../pacer';
import { affectsShownTypes, type Settings } from '../settings';

function decorationOf(name: LookName): vscode.DecorationRenderOptions {
  const { colour, border } = typeLooks[name];
  return {
    // Borders take theme colours, which adapt to the theme; underlines do not.
    borderColor: new vscode.ThemeColor(`biobert.${colour}`),
    borderStyle: border.style,
    borderWidth: border.width,
    backgroundColor: new vscode.ThemeColor(`biobert.${colour}Background`),
    overviewRulerColor: new vscode.ThemeColor(`biobert.${colour}`),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
    // Text that is typed at the border of a mention does not belong to it.
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  };
}

/** Delay before an editor is painted, so that streamed results and key presses are painted together. */
const repaintMs = 100;

/** The state of an editor when it was last painted. */
interface PaintedState {
  readonly annotations: DocumentAnnotations | undefined;
  /** True if entities were added or removed since. Edits do not count, because VS Code moves decorations by itself. */
  isOutdated: boolean;
  /** The offset around which marks were chosen; undefined if all marks fit the limit. */
  readonly centre: number | undefined;
}

/** Marks the entities of visible documents, at most `biobert.limits.maxMarks` in each editor. */
export class Decorations extends Disposable {
  private readonly types = new Map<LookName, vscode.TextEditorDecorationType>();
  private readonly painted = new WeakMap<vscode.TextEditor, PaintedState>();
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
        if (cause !== 'edit') this.markOutdated((editor) => editor.document === document);
        this.repaint((editor) => editor.document === document);
      }),
    );
    this._register(vscode.window.onDidChangeVisibleTextEditors(() => this.repaint()));
    this._register(
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        // Scrolling matters only if the limit was exceeded, since then the marks near the visible range are drawn.
        if (this.painted.get(textEditor)?.centre !== undefined)
          this.repaint((editor) => editor === textEditor);
      }),
    );
    this._register(
      settings.onDidChange((change) => {
        if (!affectsShownTypes(change) && !change.affects('limits.maxMarks')) return;
        this.markOutdated(() => true);
        this.repaint();
      }),
    );
  }

  private markOutdated(which: (editor: vscode.TextEditor) => boolean): void {
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
    const visible = this.visibleEntities(annotations);
    const isCapped = visible.length > this.settings.maxMarks;
    const centre = isCapped ? centreOf(editor) : undefined;
    if (painted && !painted.isOutdated && centre === painted.centre) {
      if (annotations?.entities.length === painted.annotations?.entities.length) return;
    }
    const marks = centre === undefined ? visible : nearestEntities(visible, centre, this.settings.maxMarks);
    const ranges = await rangesByLook(editor.document, marks);
    // The annotations changed in the meantime. Their event schedules another painting.
    if (this.isDisposed || this.store.get(editor.document) !== annotations) return;
    for (const each of lookNames) {
      const list = ranges.get(each);
      if (list || this.types.has(each)) editor.setDecorations(this.typeOf(each), list ?? []);
    }
    this.painted.set(editor, { annotations, centre, isOutdated: false });
  }

  private visibleEntities(annotations: DocumentAnnotations | undefined): readonly Entity[] {
    if (!annotations) return [];
    const { entities, document } = annotations;
    return visibleEntities(entities, (type) => this.settings.isShown(type, document));
  }

  /** Created at first use, so that a window without entities has no decoration types. */
  private typeOf(name: LookName): vscode.TextEditorDecorationType {
    const existing = this.types.get(name);
    if (existing) return existing;
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
    const pause = pace();
    if (pause) await pause;
  }
  return ranges;
}
