import * as vscode from 'vscode';
import type { Span } from '../../core/types';
import { moveSpan, stretchSpan, type Edit } from '../../core/text/edits';
import { toEdits } from '../convert';
import { Disposable } from '../dispose';

/** A version of a document's text. Offsets that are stored with it refer to this text. */
export interface DocumentVersion {
  /** `uri.toString()` */
  readonly document: string;
  /** Number of edits that led to this version, since the document is followed. */
  readonly edits: number;
}

/**
 * Records the edits of documents, so that stored offsets can be moved to the current text.
 *
 * Moving is lazy: an edit is only appended to a list, and a span is moved through the edits when it is needed. Typing
 * therefore costs the same however many spans are stored.
 */
export class EditLog extends Disposable {
  private readonly edits = new Map<string, Edit[]>();

  constructor() {
    super();
    this._register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        this.edits.get(document.uri.toString())?.push(...toEdits(contentChanges));
      }),
    );
  }

  /** Returns the current version of a document and starts to record its edits. @param document `uri.toString()` */
  currentVersion(document: string): DocumentVersion {
    const edits = this.edits.get(document) ?? [];
    this.edits.set(document, edits);
    return { document, edits: edits.length };
  }

  /** Returns the current place of a span; undefined if characters inside it were edited. */
  locate(span: Span, version: DocumentVersion): Span | undefined {
    return this.editsSince(version).reduce<Span | undefined>((at, edit) => at && moveSpan(at, edit), span);
  }

  /**
   * Returns the current place of a span, whose length changes with edits inside it. Used for sentences, which are shown
   * whether they were edited or not. Text inserted directly before or after the span stays outside.
   */
  locateStretched(span: Span, version: DocumentVersion): Span {
    return this.editsSince(version).reduce((at, edit) => moveSpan(at, edit) ?? stretchSpan(at, edit), span);
  }

  private editsSince({ document, edits }: DocumentVersion): readonly Edit[] {
    return this.edits.get(document)?.slice(edits) ?? [];
  }
}
