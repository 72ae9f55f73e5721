import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { measureLinkedRelations } from '../../evaluation/linkedRelations';
import { readLinkedDocuments } from '../../evaluation/linking';
import { goldKeysOf } from '../../evaluation/mentionMatch';
import { type RelationCorpus, readRelationCorpus } from '../../evaluation/relationCorpus';
import { measureRelations, writeRelationTable } from '../../evaluation/relations';
import { errorCodes } from '../../../src/core/errors';
import type { RelationConfig } from '../../../src/core/relations/config';
import { createTokenizer } from '../../../src/core/tokens/encode';
import { vocabularyFromText } from '../../../src/core/tokens/vocabulary';
import type { Tagger } from '../../../src/core/entities/pipeline';
import type { Entity } from '../../../src/core/types';
import { tinyTerminology } from '../../support/tinyTerminology';
import type { LoadedRelations } from '../../../src/runtime/engine/requestContext';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-corpus-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  return folder;
}

const chemProt = {
  'x_abstracts.tsv': '1\tDrug blocks gene.\tThe gene. A drug.\n',
  'x_entities.tsv':
    '1\tT1\tCHEMICAL\t0\t4\tDrug\n1\tT2\tGENE-Y\t12\t16\tgene\n1\tT3\tGENE-N\t22\t26\tgene\n1\tT4\tCHEMICAL\t30\t34\tdrug\n',
  'x_gold_standard.tsv': '1\tCPR:4\tArg1:T1\tArg2:T2\n1\tCPR:3\tArg1:T1\tArg2:T3\n',
};

const pubtator = `7|t|Drug and cancer.
7|a|The cancer of a toxin.
7\t0\t4\tDrug\tChemical\tD000001
7\t9\t15\tcancer\tDisease\tD000002|D000003
7\t21\t27\tcancer\tDisease\tD000002
7\t33\t38\ttoxin\tChemical\tD000009
7\tCID\tD000001\tD000002

8|t|None here.
8|a|None.
`;

describe('a relation corpus', () => {
  it('is read from ChemProt with the spans of its mentions', async () => {
    const folder = write(chemProt);
    const { head, texts } = await readRelationCorpus(path.join(folder, 'x_abstracts.tsv'));
    expect(head).toBe('chemical-gene');
    const [text] = texts;
    expect(text?.entities.map(({ text: name, type }) => [name, type])).toEqual([
      ['Drug', 'Chemical'],
      ['gene', 'Gene'],
      ['gene', 'Gene'],
      ['drug', 'Chemical'],
    ]);
    expect(text?.gold).toEqual([
      { subject: 'T1', object: 'T2', label: 'inhibitor' },
      { subject: 'T1', object: 'T3', label: 'activator' },
    ]);
    expect(text?.segments.map((segment) => segment.text)).toEqual(['Drug blocks gene.', 'The gene. A drug.']);
  });

  it('is read from PubTator with the concepts of its mentions', async () => {
    const corpus = await readRelationCorpus(path.join(write({ 'cdr.txt': pubtator }), 'cdr.txt'));
    expect(corpus).toMatchObject({ head: 'chemical-disease', isSymmetric: false });
    const [text] = corpus.texts;
    expect([...(text?.keysOf.values() ?? [])]).toEqual([
      ['D000001'],
      ['D000002', 'D000003'],
      ['D000002'],
      ['D000009'],
    ]);
    expect(text?.gold).toEqual([{ subject: 'D000001', object: 'D000002', label: 'induces' }]);
    expect(corpus.texts).toHaveLength(2);
  });

  it('is read from masked sentences', async () => {
    const file = 'index\tsentence\tlabel\n0\tThe @GENE$ of @DISEASE$ .\t1\n1\tNo @DISEASE$ of @GENE$ .\t0\n';
    const corpus = await readRelationCorpus(path.join(write({ 'gad.tsv': file }), 'gad.tsv'));
    expect(corpus.texts.map(({ gold }) => gold.length)).toEqual([1, 0]);
    expect(corpus.texts[1]?.entities.map(({ type }) => type)).toEqual(['Disease', 'Gene']);
  });

  it('is refused if its format is unknown', async () => {
    const folder = write({ 'a.txt': 'Some prose.' });
    await expect(readRelationCorpus(path.join(folder, 'a.txt'))).rejects.toMatchObject({
      code: errorCodes.ARGUMENT_INVALID,
    });
    await expect(readRelationCorpus(path.join(folder, 'b.txt'))).rejects.toMatchObject({
      code: errorCodes.DOCUMENT_UNREADABLE,
    });
  });
});

const pieces = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', '<c>', '</c>', '<g>', '</g>', '<d>', '</d>'];
const words = ['drug', 'gene', 'cancer', 'toxin', 'the', 'of', 'a', 'and', '.', 'blocks'];

/** Predicts "inhibitor" for every pair of ChemProt, and "induces" for drugs but not for toxins. */
function fakeRelations(): LoadedRelations {
  const vocabulary = vocabularyFromText(`${[...pieces, ...words].join('\n')}\n`);
  const drug = pieces.length;
  const config: RelationConfig = {
    heads: [
      {
        name: 'chemical-gene',
        scope: 'sentence',
        labels: ['activator', 'inhibitor'],
        pairs: [['Chemical', 'Gene']],
        relations: [],
        threshold: 0.5,
      },
      {
        name: 'chemical-disease',
        scope: 'document',
        labels: ['induces'],
        pairs: [['Chemical', 'Disease']],
        relations: [],
        threshold: 0.5,
      },
    ],
    markers: new Map([
      ['Chemical', { open: 5, close: 6 }],
      ['Gene', { open: 7, close: 8 }],
      ['Disease', { open: 9, close: 10 }],
    ]),
    maskId: 4,
    tokenTypes: 'none',
    maxTokens: 64,
  };
  return {
    config,
    tokenizer: createTokenizer(vocabulary, { lowercase: true, spaceChineseCharacters: true }),
    info: {
      name: 'Fake',
      version: '1',
      task: 'relation-extraction',
      types: [],
      measured: [],
      license: '',
      hash: '',
      configHash: 'c',
      runtime: 'onnxruntime-node',
    },
    run: (batch) => {
      const count = batch.pairs.length / 3;
      const data = new Float32Array(count * 3);
      for (let i = 0; i < count; i += 1) {
        const at = Number(batch.pairs[3 * i]) * batch.length + Number(batch.pairs[3 * i + 1]) + 1;
        data.set([-5, 5, Number(batch.inputIds[at]) === drug ? 5 : -5], 3 * i);
      }
      return Promise.resolve({ data, dims: [count, 3] });
    },
    release: () => Promise.resolve(),
  };
}

const measure = async (files: Readonly<Record<string, string>>, name: string) => {
  const corpus: RelationCorpus = await readRelationCorpus(path.join(write(files), name));
  return measureRelations(corpus, { relations: fakeRelations() });
};

describe('measureRelations', () => {
  it('counts pairs within a sentence, and gold relations across sentences as missed', async () => {
    const { counts } = await measure(chemProt, 'x_abstracts.tsv');
    expect(counts).toEqual([
      { label: 'all', right: 1, told: 1, gold: 2 },
      { label: 'inhibitor', right: 1, told: 1, gold: 1 },
      { label: 'activator', right: 0, told: 0, gold: 1 },
    ]);
  });

  it('counts each pair of concepts once, for all their mentions', async () => {
    const { counts, texts } = await measure({ 'cdr.txt': pubtator }, 'cdr.txt');
    // The pair of D000001 and D000002 is right, that with D000003 is wrong: a composite name has two concepts.
    expect(counts[0]).toEqual({ label: 'all', right: 1, told: 2, gold: 1 });
    const table = writeRelationTable('cdr.txt', { counts, texts });
    expect(table).toContain('cdr.txt, 2 texts');
    expect(table).toMatch(/all +1 +2 +1 +50\.00 +100\.00 +66\.67/);
  });
});

describe('measureLinkedRelations', () => {
  // MESH:C7 has become sorafenib's identifier since the annotation: its name is the main heading.
  const linkable = `7|t|Drug news.
7|a|Sorafenib and nexavar in anemia. Sorafenib in breast cancer.
7\t11\t20\tSorafenib\tChemical\tC7
7\t25\t32\tnexavar\tChemical\tC7
7\t36\t42\tanemia\tDisease\tD000740
7\t57\t70\tbreast cancer\tDisease\tD001943
7\tCID\tC7\tD001943

`;

  /** Finds the names by their spelling. */
  const tagger: Tagger = {
    tag: (document) => {
      const names = [
        ['Chemical', /sorafenib|nexavar/giu],
        ['Disease', /anemia|breast cancer/giu],
      ] as const;
      const entities = names
        .flatMap(([type, pattern]) =>
          Array.from(document.matchAll(pattern), ({ index, 0: text }): Entity => {
            return { start: index, end: index + text.length, type, text, name: text, probability: 1 };
          }),
        )
        .sort((a, b) => a.start - b.start);
      return Promise.resolve({ entities, abbreviations: [], sentences: 3, cached: 0, tokens: 0 });
    },
  };

  it('compares concepts by their current identifiers, each pair once', async () => {
    const file = path.join(write({ 'linked.txt': linkable }), 'linked.txt');
    const documents = readLinkedDocuments(linkable, (type) => type);
    const model = fakeRelations();
    // Each chemical with a disease is told as related.
    const run: LoadedRelations['run'] = ({ pairs }) => {
      const count = pairs.length / 3;
      return Promise.resolve({ data: new Float32Array(count * 3).fill(5), dims: [count, 3] });
    };
    const { pairs, typed } = await measureLinkedRelations(await readRelationCorpus(file), documents, {
      relations: { ...model, run },
      tagger,
      terminology: tinyTerminology(),
    });
    expect(pairs.counts[0]).toEqual({ label: 'all', right: 1, told: 2, gold: 1 });
    expect(typed.counts[1]).toEqual({ label: 'induces', right: 1, told: 2, gold: 1 });
  });
});

describe('goldKeysOf', () => {
  const at = (start: number, end: number, type = 'Gene'): Entity => {
    return { start, end, type, text: '', name: '', probability: 1 };
  };
  const gold = {
    keysOf: new Map([
      [at(0, 10), ['T1']],
      [at(6, 10), ['T2']],
      [at(20, 30), ['D1', 'D2']],
      [at(20, 30, 'Chemical'), ['T4']],
    ]),
  };

  it.each([
    ['the same place', at(0, 10), ['T1'], ['T1']],
    ['several concepts', at(20, 30), ['D1', 'D2'], ['D1', 'D2']],
    ['a part of it', at(2, 9), [], ['T1']],
    ['more than the inner of two nested ones', at(5, 10), [], ['T2']],
    ['a name that only touches it', at(10, 15), [], []],
    ['another type', at(6, 10, 'Disease'), [], []],
  ])(
    'finds the gold mentions of an entity that covers %s, by boundaries and by overlap',
    (_, told, strict, overlap) => {
      expect(goldKeysOf(gold, 'strict')(told)).toEqual(strict);
      expect(goldKeysOf(gold, 'overlap')(told)).toEqual(overlap);
    },
  );
});
