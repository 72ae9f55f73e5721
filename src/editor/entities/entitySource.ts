import * as vscode from 'vscode';
import type { EntityType } from '../../core/types';
import type { AnnotationStore, DocumentAnnotations } from '../annotations/annotationStore';
import { contains } from '../annotations/spans';
import { Disposable } from '../dispose';
import { visibleEntities } from '../annotations/counts';
import type { TaggedFiles } from './taggedFiles';
import type { LeftOutFiles } from '../documents/leftOutFiles';
import { notebookOf } from '../documents/notebookCells';
import { affectsShownTypes, type Settings } from '../settings';
import type { DocumentEntities } from '../../runtime/folder/grouping';

/** The entities of tagged documents, limited to visible types. */
export interface EntitySource {
  /** Fires with the URI of a document whose entities changed, or with undefined if any may have changed. */
  readonly onDidChange: vscode.Event<vscode.Uri | undefined>;
  /** @returns undefined for a document that was never tagged. */
  get(uri: vscode.Uri): DocumentEntities | undefined;
  /** Returns all tagged documents that the user does not leave out, open or closed. */
  all(): readonly DocumentEntities[];
  /** Number of tagged documents. */
  readonly size: number;
  /** Adds what the index of the folder has, if that has not been done. Called when a list of entities is shown. */
  restore(): Promise<void>;
}

/** Combines the current entities of open documents with the stored results of closed documents in tagged folders. */
export class TaggedDocuments extends Disposable implements EntitySource {
  private readonly changed = this._register(new vscode.EventEmitter<vscode.Uri | undefined>());
  readonly onDidChange = this.changed.event;
  /** Visibility of types by folder, cached because reading the settings for each of ten thousand documents is slow. */
  private readonly visibleTypes = new Map<string, boolean>();

  constructor(
    private readonly store: AnnotationStore,
    private readonly files: TaggedFiles,
    private readonly settings: Settings,
    private readonly leftOut: Pick<LeftOutFiles, 'has' | 'onDidChange'>,
  ) {
    super();
    this._register(leftOut.onDidChange(() => this.changed.fire(undefined)));
    this._register(store.onDidChange(({ document }) => this.changed.fire(document.uri)));
    this._register(files.onDidChange((uri) => this.changed.fire(uri)));
    this._register(
      settings.onDidChange((change) => {
        if (!affectsShownTypes(change)) return;
        this.visibleTypes.clear();
        this.changed.fire(undefined);
      }),
    );
    this._register(vscode.workspace.onDidChangeWorkspaceFolders(() => this.visibleTypes.clear()));
  }

  get(uri: vscode.Uri): DocumentEntities | undefined {
    const open = this.store.getByUri(uri);
    const tagged = open ? { ...open, isPartial: isPartial(open) } : this.files.get(uri);
    return tagged && this.visible(uri, tagged);
  }

  all(): readonly DocumentEntities[] {
    const open = this.openDocuments().filter(
      ({ document: { uri } }) => !this.leftOut.has(notebookOf(uri)?.uri ?? uri),
    );
    const names = new Set(open.map(({ document }) => document.uri.toString()));
    const closed = [...this.files.all()].filter(
      ({ uri }) => !names.has(uri.toString()) && !this.leftOut.has(uri),
    );
    return [
      ...open.map((annotations) =>
        this.visible(annotations.document.uri, { ...annotations, isPartial: isPartial(annotations) }),
      ),
      ...closed.map((file) => this.visible(file.uri, file)),
    ];
  }

  get size(): number {
    const open = this.openDocuments().filter(({ document }) => !this.files.get(document.uri));
    return open.length + this.files.size;
  }

  restore(): Promise<void> {
    return this.files.restoreAll();
  }

  /** Without the cells of a notebook whose file was read, because the file has their names, too. */
  private openDocuments(): readonly DocumentAnnotations[] {
    return this.store.all().filter(({ document }) => {
      const notebook = notebookOf(document.uri);
      return !notebook || !this.files.get(notebook.uri);
    });
  }

  private visible(
    uri: vscode.Uri,
    { entities, abbreviations, terminology, isPartial }: Omit<DocumentEntities, 'document' | 'publications'>,
  ): DocumentEntities {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() ?? '';
    return {
      document: uri.toString(),
      entities: visibleEntities(entities, (type) => this.isShown(type, folder, uri)),
      abbreviations,
      terminology,
      publications: this.files.publicationsOf(uri),
      ...(isPartial && { isPartial }),
    };
  }

  private isShown(type: EntityType, folder: string, uri: vscode.Uri): boolean {
    const key = `${type}\n${folder}`;
    const cached = this.visibleTypes.get(key);
    if (cached !== undefined) return cached;
    const isShown = this.settings.isShown(type, uri);
    this.visibleTypes.set(key, isShown);
    return isShown;
  }
}

/** Whether parts of an open document have not been tagged, or were edited since. */
function isPartial({ document, covered, stale }: DocumentAnnotations): boolean {
  return stale.length > 0 || !contains(covered, { start: 0, end: document.getText().length });
}
