import { isFolderScope, type PanelScope } from '../../protocol/panel';
import type { EditLog } from '../annotations/editLog';
import type { ReadableDocuments } from '../documents/readableDocuments';
import type { PanelEngine } from '../engine/panelEngine';
import type { FolderIndex } from '../index/folderIndex';
import { FolderPassages } from '../index/folderPassages';
import type { IndexClient } from '../../runtime/index/indexClient';
import { OpenPassages } from '../questions/openPassages';
import type { PassageSource } from '../questions/passageSource';
import type { Settings } from '../settings';
import type { PanelReview } from './panelReview';

export interface PassageSourceParts {
  readonly engine: PanelEngine;
  readonly settings: Settings;
  readonly edits: EditLog;
  readonly documents: ReadableDocuments;
  readonly client: IndexClient;
  readonly index: FolderIndex;
  readonly review: PanelReview;
}

/** Returns a function that creates the source of the passages of a scope. */
export function passageSources(parts: PassageSourceParts): (scope: PanelScope) => PassageSource {
  const { engine, settings, edits, documents, client, index, review } = parts;
  return (scope) => {
    const recordsOnly = settings.read('questions.recordsOnly');
    if (isFolderScope(scope)) {
      const stats = () => index.state.stats;
      const published = () => Promise.resolve(recordsOnly ? { recordsOnly } : undefined);
      const only = scope === 'included' ? () => review.included() : published;
      return new FolderPassages({ client, stats, engine, edits, only });
    }
    return new OpenPassages({
      engine,
      settings,
      edits,
      documents: () => documents.inScope(scope),
      // Who asks about one document means that document.
      recordsOnly: recordsOnly && scope === 'open',
    });
  };
}
