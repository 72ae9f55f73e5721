import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BioBertError, errorCodes } from '../../../../src/core/errors';
import type { Relation } from '../../../../src/core/types';
import { AnnotationStore } from '../../../../src/editor/annotations/annotationStore';
import { EditLog } from '../../../../src/editor/annotations/editLog';
import { locateRelations } from '../../../../src/runtime/folder/locatedRelation';
import type { ReadableDocuments } from '../../../../src/editor/documents/readableDocuments';
import { RelationFinder } from '../../../../src/editor/relations/relationFinder';
import { RelationsModel } from '../../../../src/editor/relations/relationsModel';
import { Settings } from '../../../../src/editor/settings';
import { DocumentTagger } from '../../../../src/editor/entities/documentTagger';
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
  skippedPairs = 0;

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
    return Promise.resolve({ relations: found, covered, pairs: 1, skippedPairs: this.skippedPairs, model });
  }
}

function setUp() {
  const engine = new RelatingEngine();
  const store = new AnnotationStore();
  const settings = new Settings();
  const documentTagger = new DocumentTagger(engine, store, settings);
  const edits = new EditLog();
  const document = createDocument(text);
  const changed = new EventEmitter<void>();
  const open = [document.as];
  const documents = {
    active: document.as,
    inScope: () => [...open],
    onDidChange: changed.event,
  } as unknown as ReadableDocuments;
  const decided = new EventEmitter<void>();
  const byHand: Relation[] = [];
  const added = {
    onDidChange: decided.event,
    inDocument: () => {
      const name = document.as.uri.toString();
      return {
        document: name,
        version: edits.currentVersion(name),
        relations: locateRelations(text, byHand),
      };
    },
  };
  const addByHand = (...relations: readonly Relation[]): void => {
    byHand.splice(0, byHand.length, ...relations);
    decided.fire();
  };
  const relationFinder = new RelationFinder({ engine, documentTagger, store, settings, edits });
  const log = nullLogger;
  const relations = new RelationsModel({ relationFinder, documents, store, documentTagger, added, log });
  const entities = [entity(text, 'Gefitinib', 'Chemical'), entity(text, 'EGFR')];
  const tag = async (): Promise<void> => {
    const tagged = documentTagger.tagDocument(document.as);
    await vi.waitFor(() => expect(engine.requests.length).toBeGreaterThan(0));
    engine.last.resolve(result({ start: 0, end: document.getText().length }, entities));
    await tagged;
  };
  const close = (): void => {
    open.length = 0;
    changed.fire();
  };
  return { engine, document, relations, edits, tag, addByHand, close };
}

beforeEach(() => {
  reset();
  useManifestDefaults();
  Object.assign(workspace, { asRelativePath: () => 'review.md' });
});

describe('RelationsModel', () => {
  it('finds nothing in an untagged document and offers to tag it', async () => {
    const { relations, engine } = setUp();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.notice?.action?.id).toBe('find'));
    expect(engine.related).toEqual([]);
  });

  it('finds relations between the marked entities, once for each version', async () => {
    const { relations, engine, tag } = setUp();
    await tag();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.list.size).toBe(1));
    expect(engine.related[0]?.entities?.map(({ name }) => name)).toEqual(['Gefitinib', 'EGFR']);
    relations.follow('document');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(engine.related).toHaveLength(1);
  });

  it('reports the number of skipped pairs in the summary', async () => {
    const { relations, engine, tag } = setUp();
    engine.skippedPairs = 1;
    await tag();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.list.size).toBe(1));
    expect(relations.summary).toMatch(/ · Test tagger.* · 1 pair of names was not checked$/u);
    engine.skippedPairs = 38_976;
    relations.findAgain();
    await vi.waitFor(() => expect(relations.summary).toContain('· 38,976 pairs of names were not checked'));
    engine.skippedPairs = 0;
    relations.findAgain();
    await vi.waitFor(() => expect(relations.summary).not.toContain('asked'));
  });

  it('tags the document when the user asks for relations', async () => {
    const { relations, engine } = setUp();
    relations.follow('document');
    relations.find();
    await vi.waitFor(() => expect(engine.requests).toHaveLength(1));
    expect(relations.work).toBeDefined();
  });

  it('moves the places of entities with edits and drops edited entities', async () => {
    const { relations, document, edits, tag } = setUp();
    await tag();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.list.size).toBe(1));
    const [item] = relations.list.all();
    document.edit({ start: 0, removed: 0, text: 'New. ' });
    const subject = item && edits.locate(item.located.relation.subject, item.version);
    expect(subject && document.getText().slice(subject.start, subject.end)).toBe('Gefitinib');
    document.edit({ start: 7, removed: 2, text: '' });
    expect(item && edits.locate(item.located.relation.subject, item.version)).toBeUndefined();
  });

  it('names a document by its file', async () => {
    const { relations, tag } = setUp();
    await tag();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.list.size).toBe(1));
    const [item] = relations.list.all();
    expect(item && relations.list.nameOf(item.document)).toMatch(/^\d+$/);
    expect(item?.located.line).toBe(1);
  });

  it('keeps the sentence of a relation apart from text that is inserted before it', () => {
    const { document, edits } = setUp();
    const version = edits.currentVersion(document.as.uri.toString());
    const sentence = { start: 0, end: 24 };
    document.edit({ start: 0, removed: 0, text: 'Written before. ' });
    const at = edits.locateStretched(sentence, version);
    expect(document.getText().slice(at.start, at.end)).toBe('Gefitinib inhibits EGFR.');
    document.edit({ start: 26, removed: 0, text: 'strongly ' });
    const edited = edits.locateStretched(sentence, version);
    expect(document.getText().slice(edited.start, edited.end)).toBe('Gefitinib strongly inhibits EGFR.');
  });

  it('shows a notice if no model is installed', async () => {
    const { relations, engine, tag } = setUp();
    engine.failure = new BioBertError(errorCodes.MODEL_NOT_FOUND, 'There is no model.', 'Install one.');
    await tag();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.notice).toMatchObject({ kind: 'problem' }));
    expect(relations.notice?.message).toContain('There is no model. Install one. (BB101)');
  });

  it('lists the relations that the user added until they are deleted', async () => {
    const { relations, addByHand, tag } = setUp();
    relations.follow('document');
    const nothing = { ...inhibits(), type: 'suppresses' };
    await vi.waitFor(() => expect(relations.notice?.action?.id).toBe('find'));
    addByHand(nothing);
    expect(relations.list.all().map(({ isByHand }) => isByHand)).toEqual([true]);
    const [{ id } = { id: 0 }] = relations.list.all();
    await tag();
    await vi.waitFor(() => expect(relations.list.size).toBe(2), 3000);
    expect(relations.list.get(id)?.located.relation.type).toBe('suppresses');
    addByHand();
    expect(relations.list.all().map(({ isByHand }) => isByHand)).toEqual([false]);
  });

  it('lists a relation once if both the model and the user found it', async () => {
    const { relations, addByHand, tag } = setUp();
    await tag();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.list.size).toBe(1));
    addByHand(inhibits());
    expect(relations.list.all().map(({ isByHand }) => isByHand)).toEqual([false]);
  });

  it('lists nothing when the last document is closed, and says what to do', async () => {
    const { relations, tag, close } = setUp();
    await tag();
    relations.follow('document');
    await vi.waitFor(() => expect(relations.list.size).toBe(1));
    close();
    await vi.waitFor(() => expect(relations.notice?.action?.id).toBe('openFile'));
    expect(relations.list.size).toBe(0);
  });

  it('finds nothing while the panel is hidden', async () => {
    const { relations, engine, tag } = setUp();
    relations.follow('document');
    relations.unfollow();
    await tag();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(engine.related).toEqual([]);
  });
});
