/**
 * Measures a relation model on a corpus: predicts relations from texts and mentions, and compares them with the gold
 * ones.
 */
import { createTagger } from '../../src/core/entities/pipeline';
import type { RelationConfig, RelationHead } from '../../src/core/relations/config';
import { createRelater } from '../../src/core/relations/relate';
import type { Entity, Relation } from '../../src/core/types';
import type { LoadedRelations, LoadedTagger } from '../../src/runtime/engine/requestContext';
import { goldKeysOf, type MentionMatch } from './mentionMatch';
import type { GoldRelation, RelationCorpus, RelationText } from './relationCorpus';

export interface RelationCounts {
  readonly label: string;
  readonly right: number;
  readonly told: number;
  readonly gold: number;
}

export interface RelationResult {
  readonly texts: number;
  /** Counts by label. The first entry is the sum over all labels, for micro-averages. */
  readonly counts: readonly RelationCounts[];
}

export interface RelationMeasure {
  readonly relations: LoadedRelations;
  /** The tagger that finds the mentions. Default: the gold mentions are used. */
  readonly tagger?: LoadedTagger | undefined;
  /** The rule by which tagged mentions are matched with gold mentions. Default: `strict`. */
  readonly match?: MentionMatch | undefined;
  /** Default: the threshold of the head. */
  readonly minProbability?: number | undefined;
}

/** @throws {BioBertError} MODEL_SHAPE_MISMATCH, RUNTIME_FAILED. */
export async function measureRelations(
  corpus: RelationCorpus,
  { relations: model, tagger, match = 'strict', minProbability }: RelationMeasure,
): Promise<RelationResult> {
  const { config, run } = benchmarkParts(model, corpus.head);
  const relater = createRelater({ model: { run }, tokenizer: model.tokenizer, config });
  const tally = new RelationTally();
  for (const text of corpus.texts) {
    const entities = tagger ? await predicted(text, tagger) : text.entities;
    const goldKeys = goldKeysOf(text, match);
    const conceptsOf = (entity: Entity) => {
      const keys = goldKeys(entity);
      return keys.length > 0 ? keys : [`told ${entity.type} ${entity.name.toLowerCase()}`];
    };
    const { relations } = await relater.relate(
      { segments: text.segments, entities },
      { conceptsOf, minProbability },
    );
    tally.add(toldIn(relations, corpus), text.gold, corpus.isSymmetric);
  }
  return { texts: corpus.texts.length, counts: tally.counts() };
}

/** The relations that a corpus counts. Only GAD annotates a relation where a text denies it. */
export function countedOf(
  relations: readonly Relation[],
  { countsDenied }: Pick<RelationCorpus, 'countsDenied'>,
): readonly Relation[] {
  return countsDenied ? relations : relations.filter(({ negated }) => negated === undefined);
}

/** The relations that a corpus counts, in its form. */
export function toldIn(relations: readonly Relation[], corpus: RelationCorpus): GoldRelation[] {
  return countedOf(relations, corpus).map(({ type, concepts: [subject, object] = ['', ''] }) => ({
    subject,
    object,
    label: type,
  }));
}

/** Identifies a relation of a text. */
export function keyOf({ subject, object, label }: GoldRelation, isSymmetric: boolean): string {
  return [label, ...(isSymmetric ? [subject, object].sort() : [subject, object])].join('\t');
}

/** The model and its configuration, reduced to one head, with the labels of its corpus. */
export function benchmarkParts(
  model: LoadedRelations,
  head: string,
): Pick<LoadedRelations, 'run'> & { readonly config: RelationConfig } {
  const config = benchmarkConfig(model.config, head);
  return { ...sliced(model, config), config };
}

/** The configuration with only the head of the corpus, whose relation types are the labels of the corpus. */
function benchmarkConfig(config: RelationConfig, name: string): RelationConfig {
  const heads = config.heads
    .filter((head) => head.name === name)
    .map((head): RelationHead => ({
      ...head,
      relations: head.pairs.flatMap(([subject, object]) =>
        head.labels.map((label) => ({ subject, object, label, type: label })),
      ),
    }));
  return { ...config, heads };
}

/** The model reduced to the logits of the chosen head. */
function sliced(model: LoadedRelations, { heads }: RelationConfig): Pick<LoadedRelations, 'run'> {
  const [chosen] = heads;
  const before = model.config.heads.slice(
    0,
    model.config.heads.findIndex(({ name }) => name === chosen?.name),
  );
  const offset = before.reduce((sum, { labels }) => sum + labels.length, 0);
  const width = chosen?.labels.length ?? 0;
  return {
    run: async (batch) => {
      const { data, dims } = await model.run(batch);
      const [pairs, labels] = dims;
      const part = new Float32Array(pairs * width);
      for (let i = 0; i < pairs; i += 1) {
        part.set(data.subarray(i * labels + offset, i * labels + offset + width), i * width);
      }
      return { data: part, dims: [pairs, width] };
    },
  };
}

async function predicted({ text, segments }: RelationText, model: LoadedTagger): Promise<readonly Entity[]> {
  const { tokenizer, config } = model;
  return (await createTagger({ model, tokenizer, config }).tag(text, segments)).entities;
}

/** Counts right, told and gold relations by label. */
export class RelationTally {
  private readonly byLabel = new Map<string, { right: number; told: number; gold: number }>();

  add(predictions: readonly GoldRelation[], gold: readonly GoldRelation[], isSymmetric: boolean): void {
    const predictedKeys = new Map(predictions.map((each) => [keyOf(each, isSymmetric), each.label]));
    const goldKeys = new Map(gold.map((each) => [keyOf(each, isSymmetric), each.label]));
    for (const [key, label] of predictedKeys) {
      this.of(label).told += 1;
      if (goldKeys.has(key)) this.of(label).right += 1;
    }
    for (const label of goldKeys.values()) this.of(label).gold += 1;
  }

  counts(): RelationCounts[] {
    const labels = [...this.byLabel].map(([label, counts]) => ({ label, ...counts }));
    const sum = (field: 'right' | 'told' | 'gold') => labels.reduce((total, each) => total + each[field], 0);
    return [{ label: 'all', right: sum('right'), told: sum('told'), gold: sum('gold') }, ...labels];
  }

  private of(label: string): { right: number; told: number; gold: number } {
    const counts = this.byLabel.get(label) ?? { right: 0, told: 0, gold: 0 };
    this.byLabel.set(label, counts);
    return counts;
  }
}

/** Formats the result as a table. */
export function writeRelationTable(file: string, { texts, counts }: RelationResult): string {
  const percent = (part: number, whole: number) =>
    (whole === 0 ? 0 : (100 * part) / whole).toFixed(2).padStart(8);
  const rows = counts.map(({ label, right, told, gold }) =>
    [
      label.padEnd(24),
      ...[right, told, gold].map((count) => String(count).padStart(6)),
      percent(right, told),
      percent(right, gold),
      percent(2 * right, told + gold),
    ].join(' '),
  );
  const head = `${'relation'.padEnd(24)}  right   told   gold precision recall       F1`;
  return `${file}, ${texts} texts\n${[head, ...rows].join('\n')}\n`;
}
