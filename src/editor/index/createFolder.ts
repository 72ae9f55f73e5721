import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { AnnotationStore } from '../annotations/annotationStore';
import type { DisposableLike } from '../dispose';
import type { EngineMethods } from '../../protocol/engine';
import type { LeftOutFiles } from '../documents/leftOutFiles';
import type { EngineHost, EngineSetup } from '../engine/engineHost';
import type { TaggedFiles } from '../entities/taggedFiles';
import { logFailure, type Log } from '../log';
import type { ReviewAccess } from '../reviewAccess';
import type { Settings } from '../settings';
import { extensionVersion } from '../version';
import type { CurationStore } from '../workspace/curationStore';
import type { TermFiles } from '../workspace/termFiles';
import { FolderIndex } from './folderIndex';
import { FolderMarks } from './folderMarks';
import { IndexClient } from '../../runtime/index/indexClient';

export interface CreateFolderParts {
  readonly context: vscode.ExtensionContext;
  readonly engine: EngineHost;
  readonly setup: () => EngineSetup;
  readonly store: AnnotationStore;
  readonly files: TaggedFiles;
  readonly settings: Settings;
  readonly leftOut: LeftOutFiles;
  readonly curation: CurationStore;
  readonly terms: TermFiles;
  readonly review: ReviewAccess;
  readonly log: Log;
  /** Disposes a part with the extension. */
  readonly register: <T extends DisposableLike>(part: T) => T;
}

/** The parts that know the workspace folders. */
export interface Folder {
  readonly client: IndexClient;
  /** Creates the index when it is first called: it follows the review, which is loaded for it. */
  readonly index: () => FolderIndex;
  readonly marks: FolderMarks;
  readonly leftOut: LeftOutFiles;
}

/**
 * Creates the index of the workspace folders and what shows its results. It lies in the storage of the extension for this
 * workspace, or in the global one if no folder is open.
 */
export function createFolder({ context, register, ...parts }: CreateFolderParts): Folder {
  const { engine, files, leftOut, log } = parts;
  const storage = context.storageUri ?? context.globalStorageUri;
  const version = extensionVersion(context);
  const client = new IndexClient(
    context.asAbsolutePath(path.join('dist', 'indexWorker.js')),
    path.join(storage.fsPath, 'index.sqlite'),
  );
  register({ dispose: () => logFailure(client.stop(), log, 'stopping the index') });
  const marks = register(new FolderMarks({ ...parts, client, version }));
  files.restoreWith(() => marks.restore());
  const tag: EngineMethods['tag'] = (request, options) => engine.tagAsFound(request, options);
  let index: FolderIndex | undefined;
  const createIndex = (): FolderIndex =>
    (index ??= register(new FolderIndex({ ...parts, client, tag, marks, version })));
  register(
    leftOut.onDidChange(() => {
      for (const { uri } of [...files.all()]) if (leftOut.has(uri)) files.forget(uri);
      if (client.exists) createIndex().restart();
    }),
  );
  return { client, index: createIndex, marks, leftOut };
}
