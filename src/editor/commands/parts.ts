import type * as vscode from 'vscode';
import type { BioBertEngine } from '../../protocol/engine';
import type { AnnotationStore } from '../annotationStore';
import type { CurationStore } from '../curation/curationStore';
import type { EntitiesView } from '../entitiesView';
import type { TaggedDocuments } from '../entities/source';
import type { TaggedFiles } from '../folder/taggedFiles';
import type { Log } from '../log';
import type { PanelView } from '../panel/panelView';
import type { ServerAccess } from '../server/serverAccess';
import type { Settings } from '../settings';
import type { Tagging } from '../tagging';

/** What commands work with; each takes the few that it needs. */
export interface CommandParts {
  readonly context: vscode.ExtensionContext;
  readonly engine: BioBertEngine;
  readonly store: AnnotationStore;
  readonly files: TaggedFiles;
  readonly source: TaggedDocuments;
  readonly tagging: Tagging;
  readonly settings: Settings;
  readonly view: EntitiesView;
  readonly panel: PanelView;
  readonly curation: CurationStore;
  readonly server: ServerAccess;
  readonly log: Log;
}
