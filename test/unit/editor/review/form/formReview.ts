/** A folder on the disk with a review and a file of two records, for tests of the extraction form. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readEvidence, type Evidence } from '../../../../../src/core/curation/evidenceFile';
import { publicationsIn } from '../../../../../src/core/records/readRecords';
import { emptySettings } from '../../../../../src/core/review/settings';
import type { FormColumn } from '../../../../../src/core/review/reviewData';
import { LookupCache } from '../../../../../src/editor/review/lookupCache';
import { ReviewSession } from '../../../../../src/editor/review/reviewSession';
import type { ReviewTools } from '../../../../../src/editor/review/reviewTools';
import type { ReviewParts } from '../../../../../src/editor/reviewAccess';
import { Settings } from '../../../../../src/editor/settings';
import type {
  AnswerRequest,
  AnswerResult,
  PassagesRequest,
  PassagesResult,
} from '../../../../../src/protocol/engine';
import { nullLogger } from '../../../../../src/runtime/log';
import { ReviewFolder } from '../../../../../src/runtime/review/reviewFolder';
import { openWorkspace } from '../../../../support/diskWorkspace';
import { FakeEngine, model, useManifestDefaults } from '../../support';
import { FakeDocument, Position, reset, Uri, window, workspace } from '../../vscode';

export const records = `TY  - JOUR
ID  - 101
AU  - Kaplan, Ann
PY  - 2019
TI  - Statins and the liver in adults
AB  - We studied 120 adults. They took 20 mg daily.
ER  - 

TY  - JOUR
ID  - 102
AU  - Lee, Bo
PY  - 2020
TI  - Fibrates and the liver in children
AB  - We studied 80 children. They took 5 mg daily.
ER  - 
`;

/** Splits abstracts into sentences, and answers with the first match of what the test expects. */
export class FormEngine extends FakeEngine {
  readonly asked: AnswerRequest[] = [];
  answerTo: (request: AnswerRequest) => Partial<AnswerResult> | Promise<Partial<AnswerResult>> = () => ({});

  override passages(request?: PassagesRequest): Promise<PassagesResult> {
    const { text = '', format = 'plain' } = request ?? {};
    const abstracts = [...text.matchAll(/^AB {2}- (.*)$/gmu)];
    const passages = abstracts.map(({ index, 1: prose = '' }) => {
      const start = index + 6;
      const runs = [{ start: 0, length: prose.length, documentStart: 0, documentLength: prose.length }];
      const border = prose.indexOf('. ') + 1;
      const sentences = [
        { start: 0, end: border },
        { start: border + 1, end: prose.length },
      ];
      return { start, end: start + prose.length, text: prose, base: start, runs, sentences };
    });
    return Promise.resolve({ passages, publications: publicationsIn(text, format) });
  }

  override async answer(request?: AnswerRequest): Promise<AnswerResult> {
    if (!request) throw new Error('Nothing was asked.');
    this.asked.push(request);
    const empty = { kind: 'factoid' as const, answers: [], noAnswer: 1, read: 1, model };
    return { ...empty, ...(await this.answerTo(request)) };
  }
}

export interface FormReview {
  readonly tools: ReviewTools;
  readonly engine: FormEngine;
  readonly review: ReviewFolder;
  /** The entries of the evidence file. */
  readonly evidence: () => readonly Evidence[];
  /** Opens the records with a part of them selected. */
  readonly select: (part: string) => void;
  readonly messages: string[];
  /** Steps of the walkthrough that were done. */
  readonly reached: readonly string[];
  readonly dispose: () => void;
}

/** Opens a folder with a review in the fake `vscode` module. */
export async function openFormReview(form: readonly FormColumn[]): Promise<FormReview> {
  reset();
  useManifestDefaults();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-form-'));
  fs.writeFileSync(path.join(folder, 'records.ris'), records);
  openWorkspace(folder);
  const messages: string[] = [];
  const reached: string[] = [];
  Object.assign(workspace, {
    textDocuments: [],
    onDidChangeWorkspaceFolders: () => ({ dispose: () => undefined }),
    findFiles: () => Promise.resolve([Uri.file(path.join(folder, 'records.ris'))]),
  });
  Object.assign(window, {
    setStatusBarMessage: (message: string) => messages.push(message),
    showInformationMessage: (message: string) => Promise.resolve(messages.push(message)),
  });
  const review = await ReviewFolder.create(folder, { ...emptySettings, form });
  const engine = new FormEngine();
  const session = new ReviewSession(nullLogger);
  const milestones = { reach: (milestone: string) => reached.push(milestone) };
  const parts = {
    engine,
    settings: new Settings(),
    milestones,
    log: nullLogger,
  } as unknown as ReviewParts;
  return {
    // The commands of the form use these tools alone.
    tools: { parts, session, lookup: new LookupCache(session) } as ReviewTools,
    engine,
    review,
    messages,
    reached,
    evidence: () => {
      const file = path.join(folder, '.biobert', 'evidence.json');
      return fs.existsSync(file) ? (readEvidence(fs.readFileSync(file, 'utf8'))?.evidence ?? []) : [];
    },
    select: (part) => openRecords(path.join(folder, 'records.ris'), part),
    dispose: () => {
      session.dispose();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function openRecords(file: string, part: string): void {
  const document = new FakeDocument(Uri.file(file), fs.readFileSync(file, 'utf8'), 'ris');
  const start = document.positionAt(records.indexOf(part));
  const end = document.positionAt(records.indexOf(part) + part.length);
  const isEmpty = part === '';
  const selection = { start, end, active: isEmpty ? new Position(0, 0) : end, isEmpty };
  workspace.textDocuments = [document];
  Object.assign(window, { activeTextEditor: { document, selection } });
}
