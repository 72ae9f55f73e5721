/** Tests that a table of evidence from somebody else cannot make the editor open any file. */
import * as os from 'node:os';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { segmentSpan } from '../../../../src/core/documents/place';
import { CancelledError } from '../../../../src/core/errors';
import type { Evidence } from '../../../../src/core/curation/evidenceFile';
import { EditLog } from '../../../../src/editor/annotations/editLog';
import { locateEvidence } from '../../../../src/editor/evidence/evidenceLocation';
import type { PassagesRequest } from '../../../../src/protocol/engine';
import { openWorkspace } from '../../../support/diskWorkspace';
import { createDocument } from '../support';
import { reset, Uri, window, workspace } from '../vscode';

const accessed: string[] = [];

beforeEach(() => {
  reset();
  accessed.length = 0;
  openWorkspace(os.tmpdir());
  const record = (uri: unknown): Promise<never> => {
    accessed.push(String(uri));
    return Promise.reject(new Error('Not there.'));
  };
  Object.assign(workspace, { fs: { stat: record, readFile: record }, textDocuments: [] });
});

function locate(document: string) {
  const evidence: Evidence = {
    topic: { kind: 'question', question: 'Which drugs?' },
    document,
    start: 0,
    end: 4,
    line: 1,
    sentence: 'Some text.',
    probability: 1,
    isDenied: false,
    isSpeculative: false,
    citation: '',
    note: '',
  };
  const passages = ({ text, format }: PassagesRequest) => {
    const { segments } = parseDocument(text, format);
    return Promise.resolve({
      passages: segments.map((each) => ({ ...each, ...segmentSpan(each), sentences: [] })),
    });
  };
  return locateEvidence(evidence, { edits: new EditLog(), maxBytes: () => 1000, engine: { passages } });
}

describe('locateEvidence', () => {
  it.each([
    ['file:///etc/passwd', '/etc/passwd'],
    ['file://server/share/a.txt', '//server/share/a.txt'],
    ['../../secret.txt', '/secret.txt'],
    ['https://example.org/a.txt', 'https://example.org/a.txt'],
  ])('asks before it touches %s, with the full path', async (document, shown) => {
    await expect(locate(document)).rejects.toThrow(CancelledError);
    expect(accessed).toEqual([]);
    expect(window.messages).toEqual([[expect.stringContaining('outside'), shown, 'Open']]);
    window.picked = 'Open';
    await expect(locate(document)).rejects.toMatchObject({ message: 'The file cannot be read.' });
    expect(accessed).toHaveLength(1);
  });

  it('shows characters that would hide the path', async () => {
    await expect(locate('file:///a/\u202Etxt.exe')).rejects.toThrow(CancelledError);
    expect(window.messages[0]?.[1]).toBe('/a/\uFFFDtxt.exe');
  });

  it('does not ask about a document in the workspace', async () => {
    await expect(locate('papers/a.md')).rejects.toThrow('The file cannot be read.');
    expect(window.messages).toEqual([]);
  });

  it('does not ask about a document that is open', async () => {
    const document = createDocument('Some text. Other text.');
    workspace.textDocuments = [document];
    expect(await locate(document.uri.toString())).toMatchObject({ evidence: { start: 0, end: 10 } });
    expect(window.messages).toEqual([]);
  });

  it('finds a sentence that has markup', async () => {
    const uri = Uri.parse('file:/papers/a.md');
    const document = Object.assign(createDocument('Other text. Some **text**.', 'markdown'), { uri });
    workspace.textDocuments = [document];
    expect(await locate(document.uri.toString())).toMatchObject({ evidence: { start: 12, end: 26 } });
    expect(window.messages).toEqual([]);
  });

  it('says that the sentence has gone, and shows where it stood', async () => {
    const document = createDocument('No.');
    workspace.textDocuments = [document];
    expect(await locate(document.uri.toString())).toMatchObject({ evidence: { start: 0, end: 3 } });
    expect(window.messages).toEqual([[expect.stringContaining('no longer in the document')]]);
  });
});
