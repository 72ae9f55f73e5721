import { describe, expect, it } from 'vitest';
import { createTextCache } from '../../../../src/core/text/textCache';
import { CancelledError } from '../../../../src/core/errors';
import type { RelationConfig, RelationHead } from '../../../../src/core/relations/config';
import type { DecodedRelation } from '../../../../src/core/relations/decode';
import { createRelater, type RelateOptions, type RelateRequest } from '../../../../src/core/relations/relate';
import type { RelationBatch, RelationModel } from '../../../../src/core/relations/score';
import { createTokenizer } from '../../../../src/core/tokens/encode';
import { vocabularyFromText } from '../../../../src/core/tokens/vocabulary';
import type { ConceptLink, Entity, Segment } from '../../../../src/core/types';

const words = [
  'drug',
  'gene',
  'cancer',
  'blocks',
  'of',
  'not',
  'may',
  'this',
  'that',
  '.',
  ',',
  'toxin',
  'other',
];
const marks = ['[Chemical]', '[/Chemical]', '[Gene]', '[/Gene]', '[Disease]', '[/Disease]'];
const pieces = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', ...marks, ...words];
const tokenizer = createTokenizer(vocabularyFromText(`${pieces.join('\n')}\n`), {
  lowercase: true,
  spaceChineseCharacters: true,
});
const idOf = (piece: string) => pieces.indexOf(piece);

const named = (subject: string, object: string, label: string, type = label) => ({
  subject,
  object,
  label,
  type,
});
const local: RelationHead = {
  name: 'local',
  scope: 'sentence',
  labels: ['inhibitor', 'activator'],
  pairs: [['Chemical', 'Gene']],
  relations: [named('Chemical', 'Gene', 'inhibitor'), named('Chemical', 'Gene', 'activator')],
  threshold: 0.5,
};
const wide: RelationHead = {
  name: 'wide',
  scope: 'document',
  labels: ['induces', 'hidden'],
  pairs: [['Chemical', 'Disease']],
  relations: [named('Chemical', 'Disease', 'induces'), named('Gene', 'Gene', 'induces', 'binds')],
  threshold: 0.5,
};

function configOf(changes: Partial<RelationConfig> = {}): RelationConfig {
  return {
    heads: [local, wide],
    markers: new Map(
      ['Chemical', 'Gene', 'Disease'].map((type) => [
        type,
        { open: idOf(`[${type}]`), close: idOf(`[/${type}]`) },
      ]),
    ),
    maskId: idOf('[MASK]'),
    tokenTypes: 'shape',
    maxTokens: 64,
    ...changes,
  };
}

/** `drug` inhibits any gene, `toxin` activates it and induces cancer; genes bind each other weakly. */
function fakeModel(onRun?: () => void): RelationModel & { readonly batches: RelationBatch[] } {
  const batches: RelationBatch[] = [];
  return {
    batches,
    run: async (batch) => {
      batches.push(batch);
      await Promise.resolve();
      onRun?.();
      const count = batch.pairs.length / 3;
      const data = new Float32Array(count * 4).fill(-6);
      for (let i = 0; i < count; i += 1) {
        const row = Number(batch.pairs[3 * i]);
        const at = row * batch.length + Number(batch.pairs[3 * i + 1]) + 1;
        const subject = Number(batch.inputIds[at]);
        if (subject === idOf('drug')) data[4 * i] = 4;
        if (subject === idOf('toxin')) data.set([1, 4, 2, -6], 4 * i);
        if (subject === idOf('gene')) data[4 * i + 2] = 1;
        if (subject === idOf('other')) data[4 * i + 3] = 5;
      }
      return { data, dims: [count, 4] };
    },
  };
}

const typeOf: Readonly<Record<string, string>> = {
  drug: 'Chemical',
  toxin: 'Chemical',
  other: 'Chemical',
  gene: 'Gene',
  cancer: 'Disease',
};

/** A document with one segment per line, in which every word with a type is a mention. */
function requestOf(...texts: readonly string[]): RelateRequest & { readonly document: string } {
  let base = 0;
  const segments: Segment[] = [];
  const entities: Entity[] = [];
  for (const text of texts) {
    const run = { start: 0, length: text.length, documentStart: 0, documentLength: text.length };
    segments.push({ text, base, runs: [run] });
    for (const match of text.matchAll(/drug|toxin|other|gene|cancer/giu)) {
      const start = base + match.index;
      const [name] = match;
      const type = typeOf[name.toLowerCase()] ?? '';
      entities.push({ start, end: start + name.length, text: name, name, type, probability: 1 });
    }
    base += text.length + 1;
  }
  return { segments, entities, document: texts.join('\n') };
}

function linkTo(id: string): ConceptLink {
  return { id, name: id, source: 'MeSH', method: 'name' };
}

/** @param ids Identifiers of the concepts of each name. */
function linkedRequest(text: string, ids: Readonly<Record<string, readonly string[]>>): RelateRequest {
  const request = requestOf(text);
  const entities = request.entities.map((entity) => ({ ...entity, concepts: ids[entity.name]?.map(linkTo) }));
  return { ...request, entities };
}

function setUp(changes: Partial<RelationConfig> = {}, onRun?: () => void) {
  const model = fakeModel(onRun);
  const relater = createRelater({
    model,
    tokenizer,
    config: configOf(changes),
    cache: createTextCache<DecodedRelation>(),
    maxTokensPerBatch: 128,
  });
  const brief = async (request: RelateRequest, options?: RelateOptions) => {
    const { relations } = await relater.relate(request, options);
    return relations.map(({ type, subject, object }) => `${subject.name} ${type} ${object.name}`);
  };
  return { model, relater, brief };
}

describe('relate', () => {
  it('ignores mentions of types that no head covers', async () => {
    const { relater, brief, model } = setUp();
    const request = requestOf('This drug blocks this gene.');
    const species: Entity = {
      start: 17,
      end: 21,
      text: 'this',
      name: 'this',
      type: 'Species',
      probability: 1,
    };
    const [drug, gene] = request.entities;
    if (!drug || !gene) throw new Error('No mentions.');
    const more = { ...request, entities: [drug, species, gene] };
    expect(await brief(more)).toEqual(['drug inhibitor gene']);
    expect((await relater.relate({ ...request, entities: [species] })).pairs).toBe(0);
    expect(model.batches).toHaveLength(1);
  });

  it('accepts types without a relation or a marker', async () => {
    const pairs = [...local.pairs, ['Chemical', 'Variant'], ['Variant', 'Variant']] as const;
    const marker = (type: string) => ({ open: idOf(`[${type}]`), close: idOf(`[/${type}]`) });
    const markers = new Map([
      ...['Chemical', 'Gene', 'Disease'].map((type) => [type, marker(type)] as const),
      ['Variant', marker('Gene')] as const,
    ]);
    const { brief } = setUp({ heads: [{ ...local, pairs }, wide], markers });
    const request = requestOf('This drug of gene. That other of this cancer.');
    const typed = (type: string) => request.entities.map((each) => ({ ...each, type }));
    expect(await brief({ ...request, entities: typed('Variant') })).toEqual([]);
    expect(await brief({ ...request, entities: typed('CellLine') })).toEqual([]);
    const [drug, gene] = request.entities;
    if (!drug || !gene) throw new Error('No mentions.');
    expect(await brief({ ...request, entities: [drug, { ...gene, type: 'Variant' }] })).toEqual([]);
  });

  it('gives relations document offsets', async () => {
    const { relater } = setUp();
    const request = requestOf('This drug blocks this gene.', 'Of that. This toxin may not blocks cancer.');
    const { relations, pairs } = await relater.relate(request);
    expect(relations).toMatchObject([
      { type: 'inhibitor', subject: { start: 5 }, object: { start: 22 }, evidence: { start: 0, end: 27 } },
      {
        type: 'induces',
        evidence: { start: 37, end: 70 },
        evidenceText: 'This toxin may not blocks cancer.',
        negated: { text: 'not' },
        speculated: { text: 'may' },
      },
    ]);
    for (const { subject, object, negated, evidenceText, evidenceMarks = [] } of relations) {
      const marked = evidenceMarks.map(({ start, end, role }) => [role, evidenceText.slice(start, end)]);
      expect(marked.slice(0, 2)).toEqual([
        ['subject', subject.text],
        ['object', object.text],
      ]);
      expect(marked.slice(2)).toEqual(
        negated
          ? [
              ['cue', 'not'],
              ['cue', 'may'],
            ]
          : [],
      );
      if (negated) expect(request.document.slice(negated.start, negated.end)).toBe(negated.text);
    }
    // A title and the paragraph below it are read together: the disease is paired with both chemicals.
    expect(pairs).toBe(3);
  });

  it('applies heads of sentence scope to single sentences, others to the whole text', async () => {
    const { brief } = setUp();
    expect(await brief(requestOf('This drug. That gene.'))).toEqual([]);
    expect(await brief(requestOf('This toxin. That cancer.'))).toEqual(['toxin induces cancer']);
  });

  it('returns a relation of concepts once, at the most probable mentions, and one of mentions at each place', async () => {
    const { brief } = setUp();
    expect(await brief(requestOf('This toxin of cancer. That toxin. Cancer.'))).toEqual([
      'toxin induces cancer',
    ]);
    expect(await brief(requestOf('This drug of gene. That drug of gene.'))).toEqual([
      'drug inhibitor gene',
      'drug inhibitor gene',
    ]);
  });

  it('reads what a sentence denies in the sentence without its cue', async () => {
    const { model, relater } = setUp();
    const { relations } = await relater.relate(requestOf('This drug may not blocks this gene.'));
    expect(relations).toMatchObject([{ type: 'inhibitor', negated: { text: 'not' } }]);
    const rows = model.batches.flatMap(({ inputIds, length, pairs }) =>
      Array.from({ length: pairs.length / 3 }, (_, i) => Number(pairs[3 * i]) * length).map((from) =>
        Array.from(inputIds.slice(from, from + length), Number),
      ),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).not.toContain(idOf('not'));
    expect(rows[0]).toContain(idOf('may'));
  });

  it('tells the pairs that a sentence denies from those that it affirms', async () => {
    const { relater } = setUp();
    const polar = async (...texts: readonly string[]) => {
      const { relations } = await relater.relate(requestOf(...texts));
      return relations.map(
        ({ subject, negated, object }) => `${subject.name} ${negated ? 'denied' : 'affirmed'} ${object.name}`,
      );
    };
    expect(await polar('This drug, but not this toxin, affects gene.')).toEqual([
      'drug affirmed gene',
      'toxin denied gene',
    ]);
    // One sentence affirms the relation and another denies it.
    expect(await polar('This toxin of cancer. That toxin not of cancer.')).toEqual([
      'toxin affirmed cancer',
      'toxin denied cancer',
    ]);
    // A relation that a sentence denies is not read across sentences.
    expect(await polar('This toxin. That toxin not of cancer.')).toEqual(['toxin denied cancer']);
    expect(await polar('This toxin. That cancer is not of it.')).toEqual([]);
    expect(await polar('This drug is not of gene, while that toxin blocks gene.')).toEqual([
      'drug denied gene',
      'toxin affirmed gene',
    ]);
  });

  it('drops what the words between the names rule out', async () => {
    const { brief } = setUp();
    expect(await brief(requestOf('This toxin of gene.'))).toEqual(['toxin activator gene']);
    expect(await brief(requestOf('This toxin, that blocks gene.'))).toEqual([]);
  });

  it('requires a higher probability of relations across sentences, if the head sets one', async () => {
    const heads = [local, { ...wide, thresholdAcross: 0.95 }];
    const { brief } = setUp({ heads });
    expect(await brief(requestOf('This toxin. That cancer.'))).toEqual([]);
    expect(await brief(requestOf('This toxin. That cancer.'), { minProbability: 0.5 })).toEqual([
      'toxin induces cancer',
    ]);
    expect(await brief(requestOf('This toxin of cancer.'))).toEqual(['toxin induces cancer']);
  });

  it('marks relations as tentative that are less probable than those that are listed', async () => {
    const { relater } = setUp({
      heads: [
        { ...local, thresholdListed: 0.9 },
        { ...wide, thresholdListed: 0.95 },
      ],
    });
    const { relations } = await relater.relate(requestOf('This drug of gene and this toxin of cancer.'));
    expect(relations.map(({ type, isTentative }) => [type, isTentative])).toEqual([
      ['inhibitor', undefined],
      ['activator', undefined],
      ['induces', true],
    ]);
  });

  it('has a limit of its own for listed relations across sentences', async () => {
    const { relater } = setUp({
      heads: [local, { ...wide, thresholdListed: 0.5, thresholdListedAcross: 1 }],
    });
    const tentative = async (text: string) =>
      (await relater.relate(requestOf(text))).relations.map(({ isTentative }) => isTentative === true);
    expect(await tentative('This toxin of cancer.')).toEqual([false]);
    expect(await tentative('This toxin. That cancer.')).toEqual([true]);
  });

  it('gives an abbreviation and its long form the same concept', async () => {
    const { relater } = setUp();
    const request = requestOf('This toxin of cancer. That drug of gene.');
    const span = { start: 0, end: 0 };
    const abbreviations = [{ short: span, long: span, shortText: 'drug', longText: 'Toxin' }];
    const { relations } = await relater.relate({ ...request, abbreviations });
    expect(relations.map(({ subject, concepts }) => [subject.name, concepts])).toEqual([
      ['toxin', ['toxin', 'cancer']],
      ['drug', ['toxin', 'gene']],
    ]);
  });

  it('identifies linked mentions by their concepts, whatever they are called', async () => {
    const { relater } = setUp();
    const request = linkedRequest('This toxin of cancer. That drug of gene.', {
      toxin: ['MESH:D1'],
      drug: ['MESH:D1'],
      cancer: ['MESH:D2'],
    });
    const { relations } = await relater.relate(request);
    expect(relations.map(({ subject, concepts }) => [subject.name, concepts])).toEqual([
      ['toxin', ['MESH:D1', 'MESH:D2']],
      ['drug', ['MESH:D1', 'gene']],
    ]);
  });

  it('gives an unlinked mention the concept of a linked one with the same name', async () => {
    const { relater } = setUp();
    const request = requestOf('This toxin of cancer. That toxin of gene.');
    const entities = request.entities.map((entity, index) =>
      index === 0 ? { ...entity, concepts: [linkTo('MESH:D1')] } : entity,
    );
    const { relations } = await relater.relate({ ...request, entities });
    expect(new Set(relations.map(({ concepts }) => concepts?.[0]))).toEqual(new Set(['MESH:D1']));
  });

  it('relates each concept of a mention that has several, in heads of either scope', async () => {
    const { relater } = setUp();
    const request = linkedRequest('This drug of gene.', {
      drug: ['MESH:D1', 'MESH:D2'],
      gene: ['NCBIGene:1', 'NCBIGene:2'],
    });
    const { relations, pairs } = await relater.relate(request);
    expect(relations.map(({ concepts }) => concepts?.join(' '))).toEqual([
      'MESH:D1 NCBIGene:1',
      'MESH:D1 NCBIGene:2',
      'MESH:D2 NCBIGene:1',
      'MESH:D2 NCBIGene:2',
    ]);
    expect(pairs).toBe(1);
    const wideRequest = linkedRequest('This toxin of cancer.', { cancer: ['MESH:D3', 'MESH:D4'] });
    const { relations: wideRelations } = await relater.relate(wideRequest);
    expect(wideRelations.map(({ concepts }) => concepts)).toEqual([
      ['toxin', 'MESH:D3'],
      ['toxin', 'MESH:D4'],
    ]);
  });

  it('does not return relations that are not shown', async () => {
    const { brief } = setUp();
    expect(await brief(requestOf('This other of cancer.'))).toEqual([]);
  });

  it('makes the first name the subject if both have the same type', async () => {
    const { relater } = setUp();
    const request = requestOf('This gene of that gene.');
    const conceptsOf = (entity: Entity) => [String(entity.start)];
    const { relations } = await relater.relate(request, { conceptsOf });
    expect(relations).toMatchObject([{ type: 'binds', subject: { start: 5 }, object: { start: 18 } }]);
    // One name is not related to itself.
    expect((await relater.relate(request)).relations).toEqual([]);
  });

  it('finds no relations across publications', async () => {
    const { brief } = setUp();
    const request = requestOf('This toxin.', 'That cancer. Of this.');
    expect(await brief(request)).toEqual(['toxin induces cancer']);
    expect(await brief({ ...request, borders: [0, 12] })).toEqual([]);
  });

  it('does not relate the items of a list', async () => {
    const { brief } = setUp();
    expect(await brief(requestOf('This toxin.', 'That cancer.', 'This toxin of cancer.'))).toEqual([
      'toxin induces cancer',
    ]);
  });

  it('runs the model neither for cached blocks nor for blocks without a pair', async () => {
    const { model, brief } = setUp();
    const paragraph = 'This drug blocks this gene. Of that.';
    await brief(requestOf(paragraph, 'Of that. That of this.'));
    expect(model.batches).toHaveLength(1);
    expect(await brief(requestOf(paragraph, 'This drug. Of gene.'))).toEqual(['drug inhibitor gene']);
    expect(model.batches).toHaveLength(1);
    await brief(requestOf(paragraph.replace('blocks', 'of')));
    expect(model.batches).toHaveLength(2);
  });

  it('filters by entity type, relation type and probability', async () => {
    const { relater, brief } = setUp();
    const request = requestOf('This drug of gene. That toxin of gene.');
    expect(await brief(request, { types: ['activator'] })).toEqual(['toxin activator gene']);
    const { relations } = await relater.relate(request);
    const middle = relations.map(({ probability }) => probability).sort((a, b) => a - b)[0] ?? 0;
    expect(await brief(request, { minProbability: middle + 1e-6 })).toHaveLength(1);
    const species = request.entities.map((entity) => ({ ...entity, type: 'Species' }));
    expect(await brief({ ...request, entities: species })).toEqual([]);
  });

  it('reads long paragraphs in several rows and pools their logits', async () => {
    const { model, brief } = setUp({ maxTokens: 24 });
    const filler = 'Of this of that of this.'.concat(' ').repeat(6);
    expect(await brief(requestOf(`This toxin of that cancer. ${filler}That toxin of cancer.`))).toEqual([
      'toxin induces cancer',
    ]);
    expect(model.batches.length + (model.batches[0]?.size ?? 0)).toBeGreaterThan(2);
    expect(model.batches.every(({ length }) => length <= 24)).toBe(true);
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const { relater } = setUp({}, () => controller.abort());
    const paragraphs = Array.from(
      { length: 40 },
      (_, i) => `This drug blocks gene. ${'Of that. '.repeat(i)}`,
    );
    const related = relater.relate(requestOf(...paragraphs), { signal: controller.signal });
    await expect(related).rejects.toBeInstanceOf(CancelledError);
  });

  it('scores thousands of pairs in runs of bounded size', async () => {
    const { model, relater } = setUp({ maxTokens: 2000 });
    const { pairs } = await relater.relate(requestOf(`${'drug gene '.repeat(100)}.`));
    expect(pairs).toBe(100 * 100);
    expect(Math.max(...model.batches.map((batch) => batch.pairs.length / 3))).toBeLessThanOrEqual(8192);
  });
});
