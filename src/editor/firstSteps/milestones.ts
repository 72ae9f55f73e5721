import * as vscode from 'vscode';
import type { AnnotationStore } from '../annotations/annotationStore';
import { Disposable } from '../dispose';
import { isReadable } from '../documents/documents';
import { logFailure, type Logger } from '../log';
import type { Settings } from '../settings';

/** The context keys that tick the steps of the walkthrough, by the ids of the steps. */
const contextKeys = {
  open: 'biobert.did.open',
  tag: 'biobert.did.tag',
  hover: 'biobert.did.hover',
  relate: 'biobert.did.relate',
  ask: 'biobert.did.ask',
  pin: 'biobert.did.pin',
  screen: 'biobert.did.screen',
} as const;

export type Milestone = keyof typeof contextKeys;

/** Ticks the steps of the walkthrough when they are done, in whatever way. VS Code remembers ticked steps. */
export class Milestones extends Disposable {
  private readonly reached = new Set<Milestone>();

  /** @param walkthrough Identifies the walkthrough in VS Code: the extension and the id in package.json. */
  constructor(
    store: AnnotationStore,
    private readonly parts: {
      readonly walkthrough: string;
      readonly settings: Settings;
      readonly log: Logger;
    },
  ) {
    super();
    this._register(vscode.window.onDidChangeActiveTextEditor((editor) => this.checkEditor(editor)));
    this._register(
      store.onDidChange(({ document }) => {
        // Asked first, because this runs at each key press.
        if (!this.reached.has('tag') && (store.get(document)?.entities.length ?? 0) > 0) this.reach('tag');
      }),
    );
    this.checkEditor(vscode.window.activeTextEditor);
  }

  /** Ticks a step. Nothing happens if it is ticked. */
  reach(milestone: Milestone): void {
    if (this.reached.has(milestone)) return;
    this.reached.add(milestone);
    const key = contextKeys[milestone];
    logFailure(vscode.commands.executeCommand('setContext', key, true), this.parts.log, `setting ${key}`);
    // VS Code does not tick a step whose key was set before it first read the walkthroughs. This command ticks it then,
    // and fails after that if the step is not read yet.
    const step = `${this.parts.walkthrough}#${milestone}`;
    vscode.commands.executeCommand('welcome.markStepComplete', step).then(undefined, () => undefined);
  }

  private checkEditor(editor: vscode.TextEditor | undefined): void {
    if (editor && isReadable(editor.document, this.parts.settings.languages)) this.reach('open');
  }
}
