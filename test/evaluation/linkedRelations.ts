/**
 * Measures relations end to end: from the text alone to relations between concepts, which are compared with the gold
 * ones by their identifiers (as in the BioRED track of BioCreative VIII).
 */
import type { Tagger } from '../../src/core/entities/pipeline';
import { Linker } from '../../src/core/linking/linker';
import type { Terminology } from '../../src/core/linking/terminology';
import { createRelater } from '../../src/core/relations/relate';
import type { LoadedRelations } from '../../src/runtime/engine/requestContext';
import { CurrentIds, fullIds, type LinkedDocument } from './linking';
import type { GoldRelation, RelationCorpus, RelationText } from './relationCorpus';
import { benchmarkParts, RelationTally, type RelationResult, toldIn } from './relations';

export interface LinkedRelationParts {
  readonly relations: LoadedRelations;
  readonly tagger: Tagger;
  readonly terminology: Terminology;
}

export interface LinkedRelationResult {
  /** Pairs of concepts, whatever the label. */
  readonly pairs: RelationResult;
  /** Pairs with their label. */
  readonly typed: RelationResult;
}

/**
 * @param documents The same texts with the identifiers of their mentions, by which replaced identifiers are found.
 * @throws {BioBertError} MODEL_SHAPE_MISMATCH, RUNTIME_FAILED.
 */
export async function measureLinkedRelations(
  corpus: RelationCorpus,
  documents: readonly LinkedDocument[],
  { relations: model, tagger, terminology }: LinkedRelationParts,
): Promise<LinkedRelationResult> {
  const { config, run } = benchmarkParts(model, corpus.head);
  const relater = createRelater({ model: { run }, tokenizer: model.tokenizer, config });
  const linker = new Linker(terminology);
  const current = new CurrentIds(terminology, documents);
  const [pairs, typed] = [new RelationTally(), new RelationTally()];
  for (const text of corpus.texts) {
    const entities = await linkedEntities(text, tagger, linker);
    const { relations } = await relater.relate({ segments: text.segments, entities });
    const told = toldIn(relations, corpus);
    const gold = text.gold.map(({ subject, object, label }) => ({
      subject: idOf(subject, text, current),
      object: idOf(object, text, current),
      label,
    }));
    typed.add(told, gold, corpus.isSymmetric);
    pairs.add(told.map(asPair), gold.map(asPair), true);
  }
  const texts = corpus.texts.length;
  return { pairs: { texts, counts: pairs.counts() }, typed: { texts, counts: typed.counts() } };
}

const asPair = (relation: GoldRelation): GoldRelation => ({ ...relation, label: 'pair' });

async function linkedEntities({ text, segments }: RelationText, tagger: Tagger, linker: Linker) {
  const { entities, abbreviations } = await tagger.tag(text, segments, {
    splitEnumerations: true,
    consistency: {},
  });
  return linker.link({ text, start: 0, end: text.length, abbreviations, entities });
}

/** The identifier of a gold concept as the terminology writes it. A concept that it lacks keeps that of the corpus. */
function idOf(key: string, { keysOf }: RelationText, current: CurrentIds): string {
  const type = [...keysOf].find(([, keys]) => keys.includes(key))?.[0].type;
  const [id = key] = type === undefined ? [] : fullIds(key, type);
  return current.idFor(id);
}
