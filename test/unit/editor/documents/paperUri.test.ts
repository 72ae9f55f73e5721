import { describe, expect, it } from 'vitest';
import * as vscode from 'vscode';
import { documentOfFile, fileOfDocument, isPaperFile } from '../../../../src/editor/documents/paperUri';
import { documentPath, documentUri } from '../../../../src/editor/workspace/workspaceFile';

describe('the document of a file', () => {
  it.each(['file:///papers/a b.PDF', 'vscode-remote://host/papers/é.docx', 'file:///x/list.xlsx'])(
    'is the text of a paper, from which the file is found again: %s',
    (name) => {
      const file = vscode.Uri.parse(name);
      const document = documentOfFile(file);
      expect(document.scheme).toBe('biobert-paper');
      expect(document.path).toBe(`${file.path} (text)`);
      expect(fileOfDocument(vscode.Uri.parse(document.toString())).toString()).toBe(name);
    },
  );

  it.each(['file:///papers/a.txt', 'file:///papers/pdf', 'untitled:Untitled-1', 'file:///a.doc'])(
    'is the file itself for anything else: %s',
    (name) => {
      const file = vscode.Uri.parse(name);
      expect(isPaperFile(file)).toBe(false);
      expect(documentOfFile(file)).toBe(file);
      expect(fileOfDocument(file)).toBe(file);
    },
  );

  it('is named by its file in the evidence of the user', () => {
    Object.assign(vscode.workspace, { getWorkspaceFolder: () => undefined });
    const document = documentOfFile(vscode.Uri.parse('file:///elsewhere/a.pdf'));
    expect(documentPath(document.toString())).toBe('file:///elsewhere/a.pdf');
    expect(documentUri('file:///elsewhere/a.pdf').toString()).toBe(document.toString());
  });
});
