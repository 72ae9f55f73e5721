import type { BioBertEngine, EngineMethods, ModelInfo } from '../../protocol/engine';
import type { IndexStats } from '../../protocol/indexMessages';
import type { PanelWork } from '../../protocol/panel';
import type { LeftOutFiles } from '../documents/leftOutFiles';
import type { Logger } from '../log';
import type { ReviewAccess } from '../reviewAccess';
import type { Settings } from '../settings';
import type { TermFiles } from '../workspace/termFiles';
import type { FolderMarks } from './folderMarks';
import type { IndexClient } from '../../runtime/index/indexClient';

export interface IndexRunParts {
  readonly client: IndexClient;
  readonly engine: BioBertEngine;
  /** Tags a text without the decisions of the user. */
  readonly tag: EngineMethods['tag'];
  /** Shows the entities that a run finds. */
  readonly marks: Pick<FolderMarks, 'tagging' | 'expect' | 'publish' | 'restore'>;
  readonly settings: Settings;
  readonly leftOut: Pick<LeftOutFiles, 'has' | 'refresh'>;
  readonly terms: Pick<TermFiles, 'fingerprint'>;
  readonly review: Pick<ReviewAccess, 'exists' | 'ready' | 'load' | 'onDidChange'>;
  /** The version of this extension, on which parsing and rules depend. */
  readonly version: string;
  /** Names of documents that were written since they were last read; a document leaves when it is read. */
  readonly written: Set<string>;
  readonly log: Logger;
}

/** Callbacks through which a run reports its progress. */
export interface IndexRunEvents {
  readonly onWork: (work: PanelWork) => void;
  readonly onStats: (stats: IndexStats) => void;
  /** Receives the relation model; undefined if none is installed. */
  readonly onModel: (model: ModelInfo | undefined) => void;
  /** Called when relations were added to the index. */
  readonly onRelations: () => void;
}
