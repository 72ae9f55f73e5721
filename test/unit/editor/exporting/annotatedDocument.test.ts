/** The annotator of each annotation: the model, or a person who corrected it. */
import { beforeEach, describe, expect, it } from 'vitest';
import { Curation, type Decisions } from '../../../../src/core/curation/decisions';
import { BioBertError, errorCodes } from '../../../../src/core/errors';
import type { CurationStore } from '../../../../src/editor/workspace/curationStore';
import { annotatedDocument } from '../../../../src/editor/exporting/annotatedDocument';
import { Settings } from '../../../../src/editor/settings';
import type { PassagesResult, RelationsRequest, RelationsResult } from '../../../../src/protocol/engine';
import { nullLogger } from '../../../../src/runtime/log';
import { createDocument, entity, FakeEngine, model, useManifestDefaults } from '../support';
import { reset, workspace } from '../vscode';

const text = 'Gefitinib inhibits EGFR. Erlotinib does so, too.';
const relationModel = { ...model, name: 'Test relations', hash: '1'.repeat(64) };

class ExportEngine extends FakeEngine {
  failure: Error | undefined;

  override passages(): Promise<PassagesResult> {
    return Promise.resolve({ passages: [] });
  }

  override relations(request?: RelationsRequest): Promise<RelationsResult> {
    if (this.failure) return Promise.reject(this.failure);
    const [gefitinib, egfr, erlotinib] = request?.entities ?? [];
    if (!gefitinib || !egfr || !erlotinib) throw new Error('Three mentions were expected');
    const shared = { type: 'inhibitor', object: egfr, probability: 0.9 };
    const evidence = { start: 0, end: 24 };
    const relations = [
      { ...shared, subject: gefitinib, evidence, evidenceText: text.slice(0, 24) },
      { ...shared, subject: erlotinib, evidence: { start: 0, end: text.length }, evidenceText: text },
    ];
    return Promise.resolve({
      relations,
      covered: { start: 0, end: text.length },
      pairs: 2,
      skippedPairs: 0,
      model: relationModel,
    });
  }
}

async function annotated(decisions: Decisions, engine = new ExportEngine()) {
  const { uri } = createDocument(text).as;
  const entities = [
    entity(text, 'Gefitinib', 'Chemical'),
    entity(text, 'EGFR'),
    entity(text, 'Erlotinib', 'Chemical'),
  ];
  const curation = { load: () => Promise.resolve(new Curation(decisions)) } as unknown as CurationStore;
  return annotatedDocument(
    { uri, text, format: 'plain', entities, model },
    { engine, settings: new Settings(), curation, log: nullLogger },
    { signal: new AbortController().signal, priority: 'interactive' },
  );
}

const tagger = { name: 'Test tagger 1.0', hash: model.hash };
const relater = { name: 'Test relations 1.0', hash: relationModel.hash };

describe('annotatedDocument', () => {
  beforeEach(() => {
    reset();
    useManifestDefaults();
    Object.assign(workspace, { getWorkspaceFolder: () => ({ index: 0 }), asRelativePath: () => 'a.txt' });
  });

  it('attributes annotations to the models that found them', async () => {
    const { entities, relations, models } = await annotated({ entities: [], relations: [] });
    expect(models).toEqual({ entities: tagger, relations: relater });
    expect(entities.map(({ annotator }) => annotator)).toEqual([tagger, tagger, tagger]);
    expect(relations.map(({ annotator }) => annotator)).toEqual([relater, relater]);
  });

  it('attributes accepted, changed and added annotations to a person', async () => {
    const { entities, relations } = await annotated({
      entities: [
        { name: 'EGFR', type: 'Gene', verdict: 'accepted' },
        { name: 'Erlotinib', type: 'Chemical', was: 'Gene', verdict: 'retyped' },
      ],
      relations: [
        {
          verdict: 'retyped',
          document: 'a.txt',
          sentence: text.slice(0, 24),
          subject: { name: 'Gefitinib', type: 'Chemical' },
          object: { name: 'EGFR', type: 'Gene' },
          type: 'antagonist',
          was: 'inhibitor',
        },
        {
          verdict: 'added',
          document: 'a.txt',
          sentence: text.slice(0, 24),
          subject: { name: 'Gefitinib', type: 'Chemical' },
          object: { name: 'EGFR', type: 'Gene' },
          type: 'association',
        },
      ],
    });
    expect(entities.map(({ annotator }) => annotator)).toEqual([tagger, 'person', 'person']);
    expect(relations.map(({ type, annotator }) => [type, annotator])).toEqual([
      ['antagonist', 'person'],
      ['inhibitor', relater],
      ['association', 'person'],
    ]);
  });

  it('exports no relations if no relation model is installed', async () => {
    const engine = new ExportEngine();
    engine.failure = new BioBertError(errorCodes.MODEL_NOT_FOUND, 'None.', 'Install one.');
    const { relations, models } = await annotated({ entities: [], relations: [] }, engine);
    expect(relations).toEqual([]);
    expect(models).toEqual({ entities: tagger, relations: undefined });
  });
});
