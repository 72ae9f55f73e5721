import * as vscode from 'vscode';
import type { Span } from '../../core/types';
import { moveSpan, stretchSpan, type Edit } from '../../core/text/edits';
import { toEdits } from '../convert';
import { Disposable } from '../dispose';

/** A moment in a document's life: what is remembered with it counts in the text of that moment. */
export interface Moment {
  /** `uri.toString()` */
  readonly document: string;
  readonly edits: number;
}

/**
 * Remembers the edits of documents of which places are remembered. A key costs next to nothing, however many places
 * there are: they are moved when somebody asks for one.
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

  /** Names the document's text as it is now; from here on its edits are followed. */
  now(document: string): Moment {
    const edits = this.edits.get(document) ?? [];
    this.edits.set(document, edits);
    return { document, edits: edits.length };
  }

  /** True while the text is the one of that moment. */
  isUnedited({ document, edits }: Moment): boolean {
    return (this.edits.get(document)?.length ?? 0) === edits;
  }

  /** Where a span of that moment is now; undefined when its own characters were edited. */
  find(span: Span, moment: Moment): Span | undefined {
    return this.since(moment).reduce<Span | undefined>((at, edit) => at && moveSpan(at, edit), span);
  }

  /** As {@link find}, but what was edited inside belongs to it: for sentences, which are shown however they changed. */
  findAround(span: Span, moment: Moment): Span {
    // What was written before or after it is none of it.
    return this.since(moment).reduce((at, edit) => moveSpan(at, edit) ?? stretchSpan(at, edit), span);
  }

  private since({ document, edits }: Moment): readonly Edit[] {
    return this.edits.get(document)?.slice(edits) ?? [];
  }
}
