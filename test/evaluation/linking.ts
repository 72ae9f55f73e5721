/** Measures how mentions are linked to concepts, on corpora in PubTator format that give identifiers. */
import { readPubtator } from '../../src/core/exports/pubtator';
import { typedName } from '../../src/core/characters';
import { Linker } from '../../src/core/linking/linker';
import { termKey } from '../../src/core/linking/termKey';
import { findTerms } from '../../src/core/linking/termMatches';
import type { Terminology, TermSense } from '../../src/core/linking/terminology';
import type { Entity, EntityType, Segment } from '../../src/core/types';
import { abbreviationsOf, type Tagger } from '../../src/core/entities/pipeline';
import type { TypeOf } from './typeNames';

/** A gold mention with its identifiers. */
export interface GoldMention {
  readonly start: number;
  readonly end: number;
  readonly type: EntityType;
  readonly ids: readonly string[];
}

export interface LinkedDocument {
  readonly id: string;
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly mentions: readonly GoldMention[];
}

/** Reads the documents of a PubTator file with the identifiers of their mentions. */
export function readLinkedDocuments(file: string, typeOf: TypeOf): LinkedDocument[] {
  const ids = new Map<string, string>();
  for (const line of file.split(/\r?\n/)) {
    const [document, start, end, , type, id] = line.split('\t');
    if (id !== undefined) ids.set(`${document} ${start} ${end} ${type?.trim()}`, id);
  }
  return readPubtator(file).map(({ id, text, titleLength, mentions }) => ({
    id,
    text,
    segments: [segment(text.slice(0, titleLength), 0), segment(text.slice(titleLength + 1), titleLength + 1)],
    mentions: mentions.flatMap(({ start, end, type }) => {
      const ours = typeOf(type);
      return ours === undefined
        ? []
        : [{ start, end, type: ours, ids: fullIds(ids.get(`${id} ${start} ${end} ${type}`) ?? '', ours) }];
    }),
  }));
}

function segment(text: string, base: number): Segment {
  const { length } = text;
  return { text, base, runs: [{ start: 0, length, documentStart: 0, documentLength: length }] };
}

/** Identifiers with the prefix of their database. */
export function fullIds(cell: string, type: EntityType): string[] {
  return cell
    .replace(/\(.*?\)/g, '')
    .split(/[|;,+]/)
    .map((id) => id.trim())
    .flatMap((id) => {
      if (/^(?:OMIM|NCBITaxon|CHEBI):/.test(id)) return [id];
      if (/^(?:MESH:)?[CD]\d+$/.test(id)) return [`MESH:${id.replace('MESH:', '')}`];
      if (!/^\d+$/.test(id)) return [];
      if (type === 'Gene') return [`NCBIGene:${id}`];
      return type === 'Species' ? [`NCBITaxon:${id}`] : [];
    });
}

export interface LinkingCounts {
  /** Gold mentions with an identifier. */
  mentions: number;
  /** Gold mentions of these that were linked, and to an identifier of the gold. */
  linked: number;
  right: number;
  /** Concepts of documents: in the gold, found from the text alone, and in both. */
  goldConcepts: number;
  foundConcepts: number;
  commonConcepts: number;
}

export interface LinkingResult {
  readonly counts: ReadonlyMap<EntityType, LinkingCounts>;
  /** Gold mentions that were not linked, or not to an identifier of the gold. */
  readonly mistakes: readonly string[];
}

/** Links the gold mentions of each document, and those that the tagger finds. @param tagger Undefined: only the gold mentions. */
export async function measureLinking(
  documents: readonly LinkedDocument[],
  tagger: Tagger | undefined,
  terminology: Terminology,
  minProbability: number,
): Promise<LinkingResult> {
  const counts = new Map<EntityType, LinkingCounts>();
  const mistakes: string[] = [];
  const linker = new Linker(terminology);
  const current = new CurrentIds(terminology, documents);
  for (const document of documents) {
    const { text, segments } = document;
    const mentions = document.mentions.map((mention) => current.of(mention));
    const tagged = tagger
      ? await tagger.tag(text, segments, { minProbability, splitEnumerations: true, consistency: {} })
      : {
          entities: speciesIn(text, terminology),
          abbreviations: segments.flatMap((each) => abbreviationsOf(each)),
        };
    const whole = { text, start: 0, end: text.length, abbreviations: tagged.abbreviations };
    const gold = mentions.filter(({ ids }) => ids.length > 0);
    const types = new Set(mentions.map(({ type }) => type));
    const species = types.has('Species') ? [] : tagged.entities.filter(({ type }) => type === 'Species');
    const goldEntities = [...mentions.map((mention) => asEntity(text, mention)), ...species];
    const linkedGold = linker.link({ ...whole, entities: goldEntities });
    for (const [i, mention] of mentions.entries()) {
      if (mention.ids.length === 0) continue;
      const ids = linkedGold[i]?.concepts?.map(({ id }) => id) ?? [];
      const count = countsOf(counts, mention.type);
      count.mentions += 1;
      if (ids.length > 0) count.linked += 1;
      const isRight = ids.length > 0 && ids.every((id) => mention.ids.includes(id));
      if (isRight) count.right += 1;
      else
        mistakes.push(
          [
            document.id,
            mention.type,
            text.slice(mention.start, mention.end),
            mention.ids.join('|'),
            ids.join('|') || '-',
            linkedGold[i]?.concepts?.[0]?.method ?? '',
          ].join('\t'),
        );
    }
    const found = linker.link({ ...whole, entities: tagged.entities });
    compareConcepts(counts, types, gold, found);
  }
  return { counts, mistakes };
}

/**
 * Puts current identifiers in place of those that MeSH has replaced since a corpus was annotated: a supplementary record
 * that became a descriptor. It is known by its name, which is then the main heading of the descriptor.
 */
export class CurrentIds {
  private readonly replaced = new Map<string, string>();

  constructor(
    private readonly terminology: Terminology,
    documents: readonly LinkedDocument[],
  ) {
    for (const { text, mentions } of documents) for (const mention of mentions) this.add(mention, text);
  }

  of(mention: GoldMention): GoldMention {
    return { ...mention, ids: mention.ids.map((id) => this.idFor(id)) };
  }

  idFor(id: string): string {
    return this.replaced.get(id) ?? id;
  }

  private add({ ids: [id = '', ...others], type, start, end }: GoldMention, text: string): void {
    if (others.length > 0 || !id.startsWith('MESH:C') || this.replaced.has(id)) return;
    const heading = this.terminology
      .lookUp(termKey(text.slice(start, end)))
      .filter(({ rank }) => rank === 'preferred')
      .map(({ concept }) => this.terminology.conceptAt(concept))
      .find((concept) => concept.type === type && concept.id.startsWith('MESH:D'));
    if (heading) this.replaced.set(id, heading.id);
  }
}

/** Common names of species in a text, where no tagger has found them. */
function speciesIn(text: string, terminology: Terminology): Entity[] {
  const isSpecies = ({ concept, rank }: TermSense) =>
    rank === 'preferred' && terminology.conceptAt(concept).type === 'Species';
  return findTerms(text, terminology)
    .filter(({ senses }) => senses.some(isSpecies))
    .map(({ start, end }) => asEntity(text, { start, end, type: 'Species', ids: [] }));
}

function asEntity(text: string, { start, end, type }: GoldMention): Entity {
  const name = text.slice(start, end);
  return { start, end, type, text: name, name: typedName(name), probability: 1 };
}

function compareConcepts(
  counts: Map<EntityType, LinkingCounts>,
  types: ReadonlySet<EntityType>,
  gold: readonly GoldMention[],
  found: readonly Entity[],
): void {
  for (const type of types) {
    const goldIds = new Set(gold.flatMap((mention) => (mention.type === type ? mention.ids : [])));
    const foundIds = new Set(
      found.flatMap((entity) => (entity.type === type ? (entity.concepts ?? []) : [])).values(),
    );
    const ids = new Set([...foundIds].map(({ id }) => id));
    const count = countsOf(counts, type);
    count.goldConcepts += goldIds.size;
    count.foundConcepts += ids.size;
    count.commonConcepts += [...ids].filter((id) => goldIds.has(id)).length;
  }
}

function countsOf(counts: Map<EntityType, LinkingCounts>, type: EntityType): LinkingCounts {
  const known = counts.get(type);
  if (known) return known;
  const created = { mentions: 0, linked: 0, right: 0, goldConcepts: 0, foundConcepts: 0, commonConcepts: 0 };
  counts.set(type, created);
  return created;
}

/** A table of the counts. */
export function writeLinking(file: string, { counts }: LinkingResult): string {
  const percent = (part: number, whole: number) => (whole === 0 ? '-' : ((100 * part) / whole).toFixed(1));
  const rows = [...counts].map(([type, count]) => {
    const precision = count.commonConcepts / Math.max(1, count.foundConcepts);
    const recall = count.commonConcepts / Math.max(1, count.goldConcepts);
    const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    const cells = [
      type.padEnd(10),
      String(count.mentions).padStart(8),
      percent(count.linked, count.mentions).padStart(8),
      percent(count.right, count.mentions).padStart(8),
      String(count.goldConcepts).padStart(9),
      (100 * precision).toFixed(1).padStart(10),
      (100 * recall).toFixed(1).padStart(8),
      (100 * f1).toFixed(1).padStart(8),
    ];
    return `${cells.join(' ')}\n`;
  });
  return `${file}\n${'type'.padEnd(10)} mentions linked % right %  concepts precision   recall       F1\n${rows.join('')}`;
}
