import * as vscode from 'vscode';
import type { EntityType } from '../../core/types';
import type { AnnotationStore } from '../annotations/annotationStore';
import { Disposable } from '../dispose';
import { shownOnly } from '../annotations/counts';
import type { TaggedFiles } from './taggedFiles';
import { affectsShownTypes, type Settings } from '../settings';
import type { DocumentEntities } from './grouping';

/** What the list is made of. */
export interface EntitySource {
  /** Fires with the URI of a document whose mentions changed; with nothing when any may have. */
  readonly onDidChange: vscode.Event<vscode.Uri | undefined>;
  /** @returns undefined for a document that was never tagged. */
  get(uri: vscode.Uri): DocumentEntities | undefined;
  /** Every tagged document, open or of a tagged folder. */
  all(): readonly DocumentEntities[];
  /** How many there are. */
  readonly size: number;
}

/** Open documents as they stand now, and the other documents of tagged folders as they were tagged. */
export class TaggedDocuments extends Disposable implements EntitySource {
  private readonly changed = this._register(new vscode.EventEmitter<vscode.Uri | undefined>());
  readonly onDidChange = this.changed.event;
  /** By folder and type. Reading settings for each of ten thousand documents would be felt. */
  private readonly shownTypes = new Map<string, boolean>();

  constructor(
    private readonly store: AnnotationStore,
    private readonly files: TaggedFiles,
    private readonly settings: Settings,
  ) {
    super();
    this._register(store.onDidChange(({ document }) => this.changed.fire(document.uri)));
    this._register(files.onDidChange((uri) => this.changed.fire(uri)));
    this._register(
      settings.onDidChange((change) => {
        if (!affectsShownTypes(change)) return;
        this.shownTypes.clear();
        this.changed.fire(undefined);
      }),
    );
    this._register(vscode.workspace.onDidChangeWorkspaceFolders(() => this.shownTypes.clear()));
  }

  get(uri: vscode.Uri): DocumentEntities | undefined {
    const found = this.store.getByUri(uri) ?? this.files.get(uri);
    return found && this.shown(uri, found);
  }

  all(): readonly DocumentEntities[] {
    const open = this.store.all();
    const names = new Set(open.map(({ document }) => document.uri.toString()));
    const closed = [...this.files.all()].filter(({ uri }) => !names.has(uri.toString()));
    return [
      ...open.map((annotations) => this.shown(annotations.document.uri, annotations)),
      ...closed.map((file) => this.shown(file.uri, file)),
    ];
  }

  get size(): number {
    const open = this.store.all().filter(({ document }) => !this.files.get(document.uri));
    return open.length + this.files.size;
  }

  private shown(
    uri: vscode.Uri,
    { entities, abbreviations }: Omit<DocumentEntities, 'document'>,
  ): DocumentEntities {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() ?? '';
    return {
      document: uri.toString(),
      entities: shownOnly(entities, (type) => this.isShown(type, folder, uri)),
      abbreviations,
    };
  }

  private isShown(type: EntityType, folder: string, uri: vscode.Uri): boolean {
    const key = `${type}\n${folder}`;
    const known = this.shownTypes.get(key);
    if (known !== undefined) return known;
    const isShown = this.settings.isShown(type, uri);
    this.shownTypes.set(key, isShown);
    return isShown;
  }
}
