import * as z from 'zod';
import { roundProbability } from '../../../core/exports/mention';
import { sentenceKeys } from '../../../core/records/copiedSentences';
import { modelFacts, nameFacts } from '../conceptFacts';
import { documentNamed } from '../documents';
import type { FolderRelation } from '../folderSource';
import { nameTest } from '../names';
import { Quoter } from '../quotes';
import { defineTool, folderFacts, inputs } from '../tool';

const input = z.strictObject({
  name: inputs.name('A name that takes part, by any of its names or by the identifier of its concept.'),
  other: inputs.name('The other name of the relation. It needs name.'),
  type: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .describe('Only this type of relation, as another result gives it: treats, induces, inhibitor …'),
  document: inputs.document,
  includeDenied: z
    .boolean()
    .default(true)
    .describe('Whether sentences that deny a relation are given too. They say so. Default: true.'),
  includeTentative: z
    .boolean()
    .default(false)
    .describe(
      'Whether relations of which the model is less sure are given too; more of them are wrong. They say so. Default: false.',
    ),
  limit: inputs.limit(200, 20),
});

/** Finds the relations between names that sentences of the folder state or deny. */
export const findRelations = defineTool({
  name: 'biobert_find_relations',
  title: 'Find relations',
  description:
    'Finds relations between genes, diseases and chemicals that sentences of the open folder state, such as what a drug treats, induces or inhibits. Says of each whether the sentence denies it or only supposes it, and gives the sentence with its place, to be cited as it is. The relations come from a model: read the sentence.',
  input,
  run: async ({ name, other, type, document, includeDenied, includeTentative, limit }, source, signal) => {
    const state = await source.refresh(signal);
    const all = await source.relations(signal);
    const wanted =
      document === undefined ? undefined : documentNamed(document, await source.documents(signal), source);
    const testOf = async (asked: string | undefined) =>
      asked === undefined ? undefined : nameTest(asked, source, signal);
    const [isFirst, isSecond] = await Promise.all([testOf(name), testOf(other)]);
    const found = withoutCopies(all)
      .filter(({ relation: { subject, object, negated, ...relation }, ...place }) => {
        if (wanted !== undefined && place.document !== wanted) return false;
        if (type !== undefined && relation.type.toLowerCase() !== type.toLowerCase()) return false;
        if (!includeDenied && negated) return false;
        const pairs = [
          [subject, object],
          [object, subject],
        ] as const;
        return pairs.some(([one, two]) => (isFirst?.(one) ?? true) && (isSecond?.(two) ?? true));
      })
      .sort((a, b) => b.relation.probability - a.relation.probability);
    const shown = includeTentative ? found : found.filter((each) => !isTentative(each));
    const quoter = new Quoter(source, signal);
    const relations = await Promise.all(shown.slice(0, limit).map((each) => described(each, quoter)));
    return {
      folder: folderFacts(state, quoter.outdated),
      model: modelFacts(await source.model('relation-extraction', signal)),
      relations: relations.flat(),
      moreRelations: Math.max(0, shown.length - limit),
      ...(shown.length < found.length && { tentativeLeftOut: found.length - shown.length }),
    };
  },
});

function isTentative({ relation, isChecked }: FolderRelation): boolean {
  return relation.isTentative === true && !isChecked;
}

/** Keeps the first of the copies of a sentence with the same relation, such as an abstract that two databases have. */
function withoutCopies(relations: readonly FolderRelation[]): readonly FolderRelation[] {
  const ordered = relations.toSorted(
    (a, b) => compare(a.document, b.document) || a.relation.evidence.start - b.relation.evidence.start,
  );
  const keys = sentenceKeys(
    ordered.map(({ relation: { publication, citation }, sentence }) => ({
      publication,
      citation,
      text: sentence,
    })),
  );
  const known = new Set<string>();
  return ordered.filter(({ relation: { type, subject, object, negated } }, index) => {
    const sentence = keys[index];
    if (sentence === undefined) return true;
    const key = JSON.stringify([sentence, type, subject.name, object.name, negated !== undefined]);
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function described(found: FolderRelation, quoter: Quoter): Promise<readonly object[]> {
  const { document, relation, sentence, isChecked } = found;
  const { type, subject, object, evidence, probability, negated, speculated, publication, citation } =
    relation;
  const quote = await quoter.indexed({ document, ...evidence, sentence, publication, citation });
  if (!quote) return [];
  return [
    {
      type,
      subject: nameFacts(subject),
      object: nameFacts(object),
      isDenied: negated !== undefined,
      isSpeculative: speculated !== undefined,
      ...(isTentative(found) && { isTentative: true }),
      ...(isChecked ? { checkedBy: 'person' } : { probability: roundProbability(probability) }),
      ...quote,
    },
  ];
}
