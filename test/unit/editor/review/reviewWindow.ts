/** A window with a review on the disk, for tests of its commands. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { jsonLine } from '../../../../src/core/review/jsonLines';
import { recordLine } from '../../../../src/core/review/records';
import { writeSettings } from '../../../../src/core/review/settings';
import type { DuplicateLine, ScreeningLine } from '../../../../src/core/review/reviewData';
import type { ReviewParts as EditorParts } from '../../../../src/editor/reviewAccess';
import { ReviewSession } from '../../../../src/editor/review/reviewSession';
import { createTools, type ReviewTools } from '../../../../src/editor/review/reviewTools';
import { nullLogger } from '../../../../src/runtime/log';
import { openWorkspace } from '../../../support/diskWorkspace';
import { decided, kaplan, lopez, review, small } from '../../core/review/reviews';
import { Uri } from '../vscode';

export interface ReviewWindow {
  readonly folder: string;
  readonly tools: ReviewTools;
  /** The text of a file in the folder. */
  read(name: string): string;
  write(name: string, text: string): void;
  uri(name: string): Uri;
  close(): void;
}

/** Opens a folder with the review `small`, of which one record is included. */
export function openReview({ hasReview = true } = {}): ReviewWindow {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-review-'));
  const { settings, records } = review(small);
  const decisions: readonly ScreeningLine[] = [decided(kaplan.id, 'include'), decided(lopez.id, 'exclude')];
  const duplicates: readonly DuplicateLine[] = small.duplicates ?? [];
  const write = (name: string, text: string): void => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  if (hasReview) {
    write('.biobert/review.json', writeSettings(settings));
    write('.biobert/records.jsonl', records.map(recordLine).join(''));
    write('.biobert/duplicates.jsonl', duplicates.map(jsonLine).join(''));
    write('.biobert/screening-ann.jsonl', decisions.map(jsonLine).join(''));
  }
  openWorkspace(folder);
  const memory = new Map<string, unknown>();
  const workspaceState = {
    get: (key: string) => memory.get(key),
    update: (key: string, value: unknown) => Promise.resolve(void memory.set(key, value)),
  };
  const files = { all: () => [], restoreAll: () => Promise.resolve() };
  const parts = { context: { workspaceState }, settings: { maxFileBytes: 1e6 }, log: nullLogger, files };
  const tools = createTools(parts as unknown as EditorParts, new ReviewSession(nullLogger));
  return {
    folder,
    tools,
    read: (name) => fs.readFileSync(path.join(folder, name), 'utf8'),
    write,
    uri: (name) => Uri.parse(`file://${folder}/${name}`),
    close: () => {
      tools.dispose();
      fs.rmSync(folder, { recursive: true });
    },
  };
}
