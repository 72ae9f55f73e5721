import type * as vscode from 'vscode';
import type { BioBertEngine } from '../../protocol/engine';
import type { AnnotationStore } from '../annotations/annotationStore';
import type { PaperFiles } from '../documents/paperFiles';
import type { Milestones } from '../firstSteps/milestones';
import type { SampleFolder } from '../firstSteps/sampleFolder';
import type { CurationStore } from '../workspace/curationStore';
import type { TermFiles } from '../workspace/termFiles';
import type { EntityHovers } from '../hover/hoverProvider';
import type { EntitiesView } from '../entities/entitiesView';
import type { TaggedDocuments } from '../entities/entitySource';
import type { TaggedFiles } from '../entities/taggedFiles';
import type { Log } from '../log';
import type { LeftOutFiles } from '../documents/leftOutFiles';
import type { FolderReader } from '../folder/folderReader';
import type { FolderTaggerParts } from '../folder/folderTagger';
import type { ServerAccess } from '../engine/serverAccess';
import type { Settings } from '../settings';
import type { DocumentTagger } from '../entities/documentTagger';

/** The side panel as commands use it. */
export interface QuestionPanel {
  /** Shows the panel and asks the question; an empty question moves the focus to the input box. */
  ask(question: string): Promise<void>;
  /** Opens the graph of relations in an editor. */
  openGraph(): void;
  /** Exports the evidence. @param format A name of a format; the user chooses if there is no such format. */
  exportEvidence(format?: unknown): Promise<void>;
}

/** The parts of the extension that commands use. Each command takes the few that it needs. */
export interface CommandParts {
  readonly context: vscode.ExtensionContext;
  readonly engine: BioBertEngine;
  readonly store: AnnotationStore;
  readonly files: TaggedFiles;
  readonly source: TaggedDocuments;
  readonly documentTagger: DocumentTagger;
  readonly settings: Settings;
  readonly view: EntitiesView;
  readonly panel: QuestionPanel;
  readonly hovers: Pick<EntityHovers, 'factsAt'>;
  readonly curation: CurationStore;
  readonly terms: TermFiles;
  readonly server: ServerAccess;
  readonly milestones: Pick<Milestones, 'reach'>;
  readonly samples: Pick<SampleFolder, 'open'>;
  /** The index of the workspace folders. Created when it is first used. */
  readonly index: () => FolderReader;
  /** The entities that the index has. */
  readonly marks: Pick<FolderTaggerParts, 'find'>;
  readonly leftOut: LeftOutFiles;
  readonly papers: Pick<PaperFiles, 'textOf'>;
  readonly log: Log;
}
