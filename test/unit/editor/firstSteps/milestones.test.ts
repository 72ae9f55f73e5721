import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnnotationStore } from '../../../../src/editor/annotations/annotationStore';
import { Milestones } from '../../../../src/editor/firstSteps/milestones';
import { Settings } from '../../../../src/editor/settings';
import { nullLogger } from '../../../../src/runtime/log';
import { createDocument, entity, result, useManifestDefaults } from '../support';
import { commands, events, reset, window } from '../vscode';

useManifestDefaults();
beforeEach(() => {
  reset();
});

let disposables: Milestones[] = [];
afterEach(() => {
  for (const each of disposables) each.dispose();
  disposables = [];
});

function setUp() {
  const store = new AnnotationStore();
  const parts = { walkthrough: 'biobert.biobert#start', settings: new Settings(), log: nullLogger };
  const milestones = new Milestones(store, parts);
  disposables.push(milestones);
  return { store, milestones };
}

/** The steps that were ticked, by both ways that VS Code has. */
function ticked(): { readonly keys: unknown[]; readonly steps: unknown[] } {
  const argumentsOf = (command: string) =>
    commands.executed.filter(([name]) => name === command).map(([, argument]) => argument);
  return { keys: argumentsOf('setContext'), steps: argumentsOf('welcome.markStepComplete') };
}

describe('Milestones', () => {
  it('ticks a step once', () => {
    const { milestones } = setUp();
    milestones.reach('hover');
    milestones.reach('hover');
    expect(ticked()).toEqual({ keys: ['biobert.did.hover'], steps: ['biobert.biobert#start#hover'] });
  });

  it('knows a paper that is open or opened later, and no other document', () => {
    setUp();
    events.changeActiveEditor.fire({ document: createDocument('let a = 1;', 'typescript') });
    events.changeActiveEditor.fire(undefined);
    expect(ticked().keys).toEqual([]);
    events.changeActiveEditor.fire({ document: createDocument('A paper.', 'markdown') });
    expect(ticked().keys).toEqual(['biobert.did.open']);
    reset();
    window.activeTextEditor = { document: createDocument('A paper.') } as never;
    setUp();
    expect(ticked().keys).toEqual(['biobert.did.open']);
  });

  it('ticks the marks when a document has entities, however it was tagged', () => {
    const { store } = setUp();
    const text = 'No name here, but BRCA1.';
    const document = createDocument(text);
    store.expectResult(document.as).accept(result({ start: 0, end: 12 }, []));
    expect(ticked().keys).toEqual([]);
    const whole = { start: 0, end: text.length };
    store.expectResult(document.as).accept(result(whole, [entity(text, 'BRCA1')]));
    expect(ticked().keys).toEqual(['biobert.did.tag']);
  });
});
