import * as z from 'zod';
import { isDefaultType, isShippedType, typeNamed } from '../../../core/entities/entityTypes';
import { roundProbability } from '../../../core/exports/mention';
import { throwIfCancelled } from '../../../core/errors';
import { groupBy } from '../../../core/groupBy';
import { publicationIn } from '../../../core/records/publicationIn';
import { nameKey } from '../../../core/text/mentions';
import type { EntityType } from '../../../core/types';
import { type DocumentEntities, groupMentions, type Mention, type MentionGroup } from '../../folder/grouping';
import { countMentions, mentionsInFolder, type PaperMentions } from '../../folder/mentionsInFolder';
import { conceptFacts, modelFacts } from '../conceptFacts';
import { documentNamed } from '../documents';
import type { FolderSource } from '../folderSource';
import { nameTest } from '../names';
import { Quoter } from '../quotes';
import { defineTool, folderFacts, inputs } from '../tool';

/** Number of sentences of each name in a list of many names. */
const placesInList = 2;
/** Number of sentences of each name if one name was asked for. */
const placesOfName = 20;

const input = z.strictObject({
  name: inputs.name(
    'A gene, disease, drug, chemical or species, by any of its names or by the identifier of its concept (MESH:D001241). Leave it out to list the names that are mentioned most.',
  ),
  type: inputs.type,
  document: inputs.document,
  limit: inputs.limit(200, 20),
});

/** Lists the names in the folder, or finds the sentences that mention one. */
export const findEntities = defineTool({
  name: 'biobert_find_entities',
  title: 'Find entities',
  description:
    'Finds genes, diseases, chemicals and species in the papers and notes of the open folder. Synonyms of one concept count as one name. Gives each name with its database identifiers, the number of its mentions and papers, and the sentences with their places, to be cited as they are.',
  input,
  run: async ({ name, type, document, limit }, source, signal) => {
    const state = await source.refresh(signal);
    const all = await source.entities(signal);
    const documents = document === undefined ? all : only(document, all, source);
    const isNamed = name === undefined ? () => true : await nameTest(name, source, signal);
    const wantedType = type === undefined ? undefined : (typeNamed(type) ?? type);
    const byName = new Map(documents.map((each) => [each.document, each]));
    const groups = (await grouped(documents, signal))
      .filter((group) => isWanted(group.type, wantedType))
      .filter((group) => group.mentions.some(({ entity }) => isNamed(entity)))
      .map((group) => withCounts(group, byName))
      .sort((a, b) => b.counts.mentions - a.counts.mentions);
    const shown = groups.slice(0, limit);
    const quoter = new Quoter(source, signal);
    const most = name === undefined ? placesInList : placesOfName;
    const names = await Promise.all(shown.map((group) => described(group, byName, { quoter, most })));
    return {
      folder: folderFacts(state, quoter.outdated),
      model: modelFacts(await source.model('token-classification', signal)),
      names,
      moreNames: groups.length - shown.length,
    };
  },
});

/** Variants and cell lines are listed only on request, as in the editor. Types of other models are always listed. */
function isWanted(type: EntityType, wanted: EntityType | undefined): boolean {
  return wanted === undefined ? isDefaultType(type) || !isShippedType(type) : type === wanted;
}

function only(
  document: string,
  all: readonly DocumentEntities[],
  source: FolderSource,
): readonly DocumentEntities[] {
  const names = all.map((each) => each.document);
  const wanted = documentNamed(document, names, source);
  return all.filter((each) => each.document === wanted);
}

interface CountedGroup {
  readonly group: MentionGroup;
  /** The mentions by paper, without those in copies of a paper. */
  readonly papers: readonly PaperMentions[];
  readonly counts: ReturnType<typeof countMentions>;
}

/** Groups the mentions. A folder may have a million of them, so that other work gets its turn in between. */
function grouped(documents: readonly DocumentEntities[], signal: AbortSignal): Promise<MentionGroup[]> {
  let count = 0;
  return groupMentions(documents, {
    keyOf: nameKey,
    pace: () => {
      if (++count % 5000 > 0) return undefined;
      throwIfCancelled(signal);
      return new Promise((resolve) => setImmediate(resolve));
    },
  });
}

type DocumentsByName = ReadonlyMap<string, DocumentEntities>;

/** Counts the mentions of a name. It looks at the documents with the name only: a folder has many of both. */
function withCounts(group: MentionGroup, documents: DocumentsByName): CountedGroup {
  const byDocument = groupBy(group.mentions, (mention) => mention.document);
  const own = [...byDocument].flatMap(([name, mentions]) => {
    const document = documents.get(name);
    const entities = mentions.map(({ entity }) => entity);
    return document ? [{ ...document, abbreviations: [], entities }] : [];
  });
  const { papers } = mentionsInFolder(own, () => true);
  return { group, papers, counts: countMentions(papers) };
}

async function described(
  { group, papers, counts }: CountedGroup,
  documents: DocumentsByName,
  { quoter, most }: { readonly quoter: Quoter; readonly most: number },
): Promise<object> {
  const places = await Promise.all(
    chosen(papers, most).map(async ({ document, entity }) => {
      const place = publicationIn(documents.get(document)?.publications, entity.start);
      const quote = await quoter.around({ document, entity, publication: place?.name, citation: place?.id });
      const mention = { text: entity.name, start: entity.start, end: entity.end };
      return quote ? [{ mention, probability: roundProbability(entity.probability), ...quote }] : [];
    }),
  );
  return {
    name: group.name,
    type: group.type,
    concepts: conceptFacts(group.concepts),
    spellings: group.spellings.map(({ name }) => name).slice(0, 20),
    ...counts,
    places: places.flat(),
  };
}

/** The first mention of each paper, then the second of each, until there are enough. */
function chosen(papers: readonly PaperMentions[], most: number): readonly Mention[] {
  const found: Mention[] = [];
  const longest = Math.max(0, ...papers.map(({ mentions }) => mentions.length));
  for (let round = 0; round < longest && found.length < most; round++)
    for (const { mentions } of papers) {
      const mention = mentions[round];
      if (mention && found.length < most) found.push(mention);
    }
  return found;
}
