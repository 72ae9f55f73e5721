import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BioBertError, errorCodes } from '../../../../src/core/errors';
import type { Relation } from '../../../../src/core/types';
import { AnnotationStore } from '../../../../src/editor/annotations/annotationStore';
import { EditLog } from '../../../../src/editor/annotations/editLog';
import { foundRelations } from '../../../../src/editor/relations/foundRelation';
import type { Reading } from '../../../../src/editor/documents/reading';
import { Relating } from '../../../../src/editor/relations/relating';
import { RelationsModel } from '../../../../src/editor/relations/relationsModel';
import { Settings } from '../../../../src/editor/settings';
import { Tagging } from '../../../../src/editor/entities/tagging';
import type { RelationsRequest, RelationsResult } from '../../../../src/protocol/engine';
import { nullLogger } from '../../../../src/runtime/log';
import { createDocument, entity, FakeEngine, model, result, useManifestDefaults } from '../support';
import { EventEmitter, reset, workspace } from '../vscode';

const text = 'Gefitinib inhibits EGFR. Nothing else is said.';

function inhibits(): Relation {
  return {
    type: 'inhibitor',
    subject: entity(text, 'Gefitinib', 'Chemical'),
    object: entity(text, 'EGFR'),
    probability: 1,
    evidence: { start: 0, end: 24 },
    evidenceText: text.slice(0, 24),
  };
}

class RelatingEngine extends FakeEngine {
  readonly related: RelationsRequest[] = [];
  failure: Error | undefined;
  unasked = 0;

  override relations(request?: RelationsRequest): Promise<RelationsResult> {
    if (request) this.related.push(request);
    if (this.failure) return Promise.reject(this.failure);
    const [subject, object] = request?.entities ?? [];
    const found: Relation[] =
      subject && object
        ? [
            {
              type: 'inhibitor',
              subject,
              object,
              probability: 0.9,
              evidence: { start: 0, end: 24 },
              evidenceText: text.slice(0, 24),
            },
          ]
        : [];
    const covered = { start: 0, end: text.length };
    return Promise.resolve({ relations: found, covered, pairs: 1, unasked: this.unasked, model });
  }
}

function setUp() {
  const engine = new RelatingEngine();
  const store = new AnnotationStore();
  const settings = new Settings();
  const tagging = new Tagging(engine, store, settings);
  const edits = new EditLog();
  const document = createDocument(text);
  const changed = new EventEmitter<void>();
  const reading = {
    document: document.as,
    open: [document.as],
    onDidChange: changed.event,
  } as unknown as Reading;
  const decided = new EventEmitter<void>();
  const byHand: Relation[] = [];
  const added = {
    onDidChange: decided.event,
    in: () => {
      const name = document.as.uri.toString();
      return { document: name, moment: edits.now(name), relations: foundRelations(text, byHand) };
    },
  };
  const addByHand = (...relations: readonly Relation[]): void => {
    byHand.splice(0, byHand.length, ...relations);
    decided.fire();
  };
  const relating = new Relating({ engine, tagging, store, settings, edits });
  const relations = new RelationsModel({ relating, reading, store, tagging, added, log: nullLogger });
  const entities = [entity(text, 'Gefitinib', 'Chemical'), entity(text, 'EGFR')];
  const tag = async (): Promise<void> => {
    const tagged = tagging.tagDocument(document.as);
    await vi.waitFor(() => expect(engine.asked.length).toBeGreaterThan(0));
    engine.last.resolve(result({ start: 0, end: document.getText().length }, entities));
    await tagged;
  };
  return { engine, document, relations, edits, tag, addByHand };
}

beforeEach(() => {
  reset();
  useManifestDefaults();
  Object.assign(workspace, { asRelativePath: () => 'review.md' });
});

describe('the relations of the document that is read', () => {
  it('wait until the reader has it tagged, and say so', async () => {
    const { relations, engine } = setUp();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.notice?.action?.id).toBe('find'));
    expect(engine.related).toEqual([]);
  });

  it('are found between the entities that are marked, without being asked again', async () => {
    const { relations, engine, tag } = setUp();
    await tag();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.list.size).toBe(1));
    expect(engine.related[0]?.entities?.map(({ name }) => name)).toEqual(['Gefitinib', 'EGFR']);
    relations.follow('document');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(engine.related).toHaveLength(1);
  });

  it('come with the number of pairs that the model was not asked about', async () => {
    const { relations, engine, tag } = setUp();
    engine.unasked = 1;
    await tag();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.list.size).toBe(1));
    expect(relations.summary).toMatch(/ · Test tagger.* · 1 pair of names not asked about$/u);
    engine.unasked = 38_976;
    relations.findAgain();
    await vi.waitFor(() => expect(relations.summary).toContain('· 38,976 pairs of names not asked about'));
    engine.unasked = 0;
    relations.findAgain();
    await vi.waitFor(() => expect(relations.summary).not.toContain('asked'));
  });

  it('are tagged for when the reader asks', async () => {
    const { relations, engine } = setUp();
    relations.follow('document');
    relations.find();
    await vi.waitFor(() => expect(engine.asked).toHaveLength(1));
    expect(relations.work).toBeDefined();
  });

  it('are followed through edits to where their text went', async () => {
    const { relations, document, edits, tag } = setUp();
    await tag();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.list.size).toBe(1));
    const [item] = relations.list.all();
    document.edit({ start: 0, removed: 0, text: 'New. ' });
    const subject = item && edits.find(item.found.relation.subject, item.moment);
    expect(subject && document.getText().slice(subject.start, subject.end)).toBe('Gefitinib');
    document.edit({ start: 7, removed: 2, text: '' });
    expect(item && edits.find(item.found.relation.subject, item.moment)).toBeUndefined();
  });

  it('are named by their file', async () => {
    const { relations, tag } = setUp();
    await tag();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.list.size).toBe(1));
    const [item] = relations.list.all();
    const row = item && relations.list.row(item, { isPinned: () => false, curated: () => undefined });
    expect(row).toMatchObject({ name: expect.stringMatching(/^\d+$/) as string, line: 1 });
  });

  it('keep their sentence apart from what is written before it', () => {
    const { document, edits } = setUp();
    const moment = edits.now(document.as.uri.toString());
    const sentence = { start: 0, end: 24 };
    document.edit({ start: 0, removed: 0, text: 'Written before. ' });
    const at = edits.findAround(sentence, moment);
    expect(document.getText().slice(at.start, at.end)).toBe('Gefitinib inhibits EGFR.');
    document.edit({ start: 26, removed: 0, text: 'strongly ' });
    const edited = edits.findAround(sentence, moment);
    expect(document.getText().slice(edited.start, edited.end)).toBe('Gefitinib strongly inhibits EGFR.');
  });

  it('say what is missing where there is no model', async () => {
    const { relations, engine, tag } = setUp();
    engine.failure = new BioBertError(errorCodes.MODEL_NOT_FOUND, 'There is no model.', 'Install one.');
    await tag();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.notice).toMatchObject({ kind: 'problem' }));
    expect(relations.notice?.message).toContain('There is no model. Install one. (BB101)');
  });

  it('stand beside those that the reader added, which go when they are taken back', async () => {
    const { relations, addByHand, tag } = setUp();
    relations.follow('document');
    const nothing = { ...inhibits(), type: 'suppresses' };
    await vi.waitFor(() => expect(relations.notice?.action?.id).toBe('find'));
    addByHand(nothing);
    expect(relations.list.all().map(({ isByHand }) => isByHand)).toEqual([true]);
    const [{ id } = { id: 0 }] = relations.list.all();
    await tag();
    await vi.waitFor(() => expect(relations.list.size).toBe(2), 3000);
    expect(relations.list.get(id)?.found.relation.type).toBe('suppresses');
    addByHand();
    expect(relations.list.all().map(({ isByHand }) => isByHand)).toEqual([false]);
  });

  it('are listed once where the model finds what the reader added', async () => {
    const { relations, addByHand, tag } = setUp();
    await tag();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.list.size).toBe(1));
    addByHand(inhibits());
    expect(relations.list.all().map(({ isByHand }) => isByHand)).toEqual([false]);
  });

  it('are not asked for while nobody looks', async () => {
    const { relations, engine, tag } = setUp();
    relations.follow('document');
    relations.unfollow();
    await tag();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(engine.related).toEqual([]);
  });
});
