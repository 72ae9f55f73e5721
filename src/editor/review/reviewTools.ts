import * as path from 'node:path';
import { ScreeningClient } from '../../runtime/screening/screeningClient';
import type { DisposableLike } from '../dispose';
import type { ReviewParts } from '../reviewAccess';
import { DraftCitations } from './draftCitations';
import { ImportClient, type RecordImports } from './importClient';
import { LookupCache } from './lookupCache';
import { RecordDocuments } from './recordDocuments';
import type { ReviewSession } from './reviewSession';
import { ScreeningPanel } from './screening/screeningPanel';

/** The parts that the commands of the review use. */
export interface ReviewTools extends DisposableLike {
  readonly parts: ReviewParts;
  readonly session: ReviewSession;
  /** Starts an import; whoever calls it stops the result. */
  readonly createImporter: () => RecordImports;
  readonly documents: RecordDocuments;
  readonly drafts: DraftCitations;
  readonly addresses: SourceAddresses;
  readonly lookup: LookupCache;
  readonly screening: ScreeningPanel;
}

/** Addresses of the databases. Tests set those of servers of their own; default: the official ones. */
export interface SourceAddresses {
  readonly pubMed?: { readonly baseUrl: string };
  readonly europePmc?: { readonly baseUrl: string };
  readonly zotero?: { readonly baseUrl: string };
}

export function createTools(parts: ReviewParts, session: ReviewSession): ReviewTools {
  const documents = new RecordDocuments(session);
  const lookup = new LookupCache(session);
  const built = (name: string): string => parts.context.asAbsolutePath(path.join('dist', name));
  const createRanking = (): ScreeningClient =>
    new ScreeningClient({ workerPath: built('screeningWorker.js') });
  const screening = new ScreeningPanel({ parts, session, createRanking });
  return {
    parts,
    session,
    createImporter: () => new ImportClient(built('reviewWorker.js')),
    documents,
    drafts: new DraftCitations({ parts, session }),
    addresses: {},
    lookup,
    screening,
    dispose: () => {
      screening.dispose();
      documents.dispose();
      session.dispose();
    },
  };
}

/** A command of the review. @param args Arguments of VS Code; from the palette there are none. */
export type RunCommand = (tools: ReviewTools, args: readonly unknown[]) => Promise<void>;
