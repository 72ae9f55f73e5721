/** Readers of relation corpora: texts with gold mentions and gold relations. */
import { readFile } from 'node:fs/promises';
import { BioBertError, errorCodes } from '../../src/core/errors';
import { groupBy } from '../../src/core/groupBy';
import type { Entity, EntityType, Segment } from '../../src/core/types';
import { decodeBytes } from '../../src/core/text/decodeBytes';
import { fileError } from '../../src/runtime/documents/fileErrors';

/** A gold relation between what two keys name. */
export interface GoldRelation {
  readonly subject: string;
  readonly object: string;
  readonly label: string;
}

export interface RelationText {
  readonly id: string;
  readonly text: string;
  readonly segments: readonly Segment[];
  /** Gold mentions in document order. */
  readonly entities: readonly Entity[];
  /** The keys of each mention in {@link gold}. */
  readonly keysOf: ReadonlyMap<Entity, readonly string[]>;
  readonly gold: readonly GoldRelation[];
}

export interface RelationCorpus {
  /** The head of the model that has learnt its guideline. */
  readonly head: string;
  /** Whether a pair has no direction. */
  readonly isSymmetric: boolean;
  /** Whether a relation that a text denies is a gold relation, too. */
  readonly countsDenied: boolean;
  readonly texts: readonly RelationText[];
}

const chemProtLabels: Readonly<Record<string, string>> = {
  'CPR:3': 'activator',
  'CPR:4': 'inhibitor',
  'CPR:5': 'agonist',
  'CPR:6': 'antagonist',
  'CPR:9': 'substrate or product',
};

const entityTypes: Readonly<Record<string, EntityType>> = {
  CHEMICAL: 'Chemical',
  'GENE-Y': 'Gene',
  'GENE-N': 'Gene',
  Chemical: 'Chemical',
  ChemicalEntity: 'Chemical',
  Disease: 'Disease',
  DiseaseOrPhenotypicFeature: 'Disease',
  GeneOrGeneProduct: 'Gene',
  SequenceVariant: 'Variant',
};

/**
 * Reads ChemProt (`…_abstracts….tsv`, with `…_entities….tsv` and `…_gold_standard.tsv` beside it), a PubTator file with
 * relations (BC5CDR, BioRED), or a file of masked sentences (GAD: index, sentence, label).
 *
 * @throws {BioBertError} DOCUMENT_UNREADABLE, ARGUMENT_INVALID.
 */
export async function readRelationCorpus(file: string): Promise<RelationCorpus> {
  const text = await readText(file);
  if (/_abstracts[^/\\]*\.tsv$/.test(file)) return readChemProt(file, text);
  if (/^\d+\|t\|/m.test(text)) return readPubtator(text);
  if (/^index\tsentence\tlabel/.test(text)) return readMasked(text);
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    'The file is no relation corpus that is known.',
    'Give the abstracts of ChemProt, a PubTator file with relations, or a file of masked sentences.',
  );
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw fileError(error, 'read');
  });
  return decodeBytes(bytes).text;
}

function rowsOf(text: string): string[][] {
  return text
    .split(/\r?\n/u)
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
}

async function readChemProt(file: string, abstracts: string): Promise<RelationCorpus> {
  const beside = (name: string) => readText(file.replace('_abstracts', name));
  const entities = rowsOf(await beside('_entities'));
  const gold = rowsOf(await readText(file.replace(/_abstracts[^/\\]*\.tsv$/, '_gold_standard.tsv')));
  const idOf = ([id = '']: readonly string[]) => id;
  const mentionsOf = groupBy(entities, idOf);
  const goldOf = groupBy(gold, idOf);
  const texts = rowsOf(abstracts).map(([id = '', title = '', abstract = '']) => {
    const text = `${title}\t${abstract}`;
    const mentions = (mentionsOf.get(id) ?? []).map(([, key = '', type = '', start, end]) => ({
      entity: entityAt(text, Number(start), Number(end), entityTypes[type] ?? type),
      keys: [key],
    }));
    const relations = (goldOf.get(id) ?? []).map(([, group = '', first = '', second = '']) => ({
      subject: first.replace('Arg1:', ''),
      object: second.replace('Arg2:', ''),
      label: chemProtLabels[group] ?? group,
    }));
    return toText({ id, text, title, mentions, gold: relations });
  });
  return { head: 'chemical-gene', isSymmetric: false, countsDenied: false, texts };
}

function readPubtator(file: string): RelationCorpus {
  const blocks = file.split(/\r?\n\s*\n/u).filter((block) => /^\d+\|t\|/.test(block.trimStart()));
  const texts = blocks.map((block) => readPubtatorBlock(block.trim()));
  const isCid = texts.some(({ gold }) => gold.some(({ label }) => label === 'induces'));
  return { head: isCid ? 'chemical-disease' : 'biored', isSymmetric: !isCid, countsDenied: false, texts };
}

function readPubtatorBlock(block: string): RelationText {
  const lines = block.split(/\r?\n/u);
  const id = lines[0]?.split('|')[0] ?? '';
  const title = lines[0]?.split('|').slice(2).join('|') ?? '';
  const text = `${title}\n${lines[1]?.split('|').slice(2).join('|') ?? ''}`;
  const rows = lines.slice(2).map((line) => line.split('\t'));
  const mentions = rows
    .filter((row) => /^\d+$/.test(row[1] ?? '') && entityTypes[row[4] ?? ''] !== undefined)
    .map(([, start, end, , type = '', ids = '']) => ({
      entity: entityAt(text, Number(start), Number(end), entityTypes[type] ?? type),
      keys: conceptsIn(ids),
    }));
  const gold = rows
    .filter((row) => row.length > 3 && !/^\d+$/.test(row[1] ?? ''))
    .map(([, label = '', subject = '', object = '']) => ({
      subject,
      object,
      label: label === 'CID' ? 'induces' : label,
    }));
  return toText({ id, text, title, mentions, gold });
}

/** MeSH lists are cut at bars and commas; the name of a variant holds bars itself. */
function conceptsIn(field: string): string[] {
  const parts = field.split(/^[DC]\d{5,}/.test(field) ? /[|,]/u : ',');
  return [...new Set(parts.filter((part) => part !== '' && part !== '-1' && part !== '-'))];
}

function readMasked(file: string): RelationCorpus {
  const texts = rowsOf(file)
    .slice(1)
    .map(([id = '', text = '', label]) => {
      const mentions = Array.from(text.matchAll(/@(GENE|DISEASE)\$/gu), (match) => ({
        entity: entityAt(
          text,
          match.index,
          match.index + match[0].length,
          match[1] === 'GENE' ? 'Gene' : 'Disease',
        ),
        keys: [`${match[1] ?? ''} ${match.index}`],
      }));
      const keyOf = (type: string) => mentions.find(({ entity }) => entity.type === type)?.keys[0] ?? '';
      const pair = { subject: keyOf('Gene'), object: keyOf('Disease'), label: 'associated' };
      return toText({ id, text, title: '', mentions, gold: label === '1' ? [pair] : [] });
    });
  return { head: 'gene-disease', isSymmetric: false, countsDenied: true, texts };
}

interface RawText extends Pick<RelationText, 'id' | 'text' | 'gold'> {
  readonly title: string;
  readonly mentions: readonly { readonly entity: Entity; readonly keys: readonly string[] }[];
}

function toText({ id, text, title, mentions, gold }: RawText): RelationText {
  const sorted = [...mentions].sort((a, b) => a.entity.start - b.entity.start || b.entity.end - a.entity.end);
  const parts =
    title === ''
      ? [[0, text.length] as const]
      : [[0, title.length] as const, [title.length + 1, text.length] as const];
  return {
    id,
    text,
    segments: parts.filter(([start, end]) => start < end).map(([start, end]) => segmentOf(text, start, end)),
    entities: sorted.map(({ entity }) => entity),
    keysOf: new Map(sorted.map(({ entity, keys }) => [entity, keys])),
    gold,
  };
}

function segmentOf(text: string, start: number, end: number): Segment {
  const length = end - start;
  const run = { start: 0, length, documentStart: 0, documentLength: length };
  return { text: text.slice(start, end), base: start, runs: [run] };
}

/** A mention as a corpus gives it: certain. */
export function entityAt(text: string, start: number, end: number, type: EntityType): Entity {
  const name = text.slice(start, end);
  return { start, end, text: name, name, type, probability: 1 };
}
