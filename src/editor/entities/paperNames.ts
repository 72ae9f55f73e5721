import { countDocuments, type CountedPlace } from '../../core/records/paperCount';
import type { StatedPublication } from '../../core/records/publicationKeys';
import type { PublicationPlace } from '../../core/types';
import { isDraft } from '../documents/draft';
import { publicationIn } from '../../core/records/publicationIn';
import { papersLabel } from './countLabels';
import type { DocumentEntities, Mention } from '../../runtime/folder/grouping';

/** The publications of the listed documents: a mention is shown under the name of the paper that it is in. */
export class PaperNames {
  private readonly documents: ReadonlyMap<string, DocumentEntities>;

  constructor(documents: readonly DocumentEntities[]) {
    this.documents = new Map(documents.map((each) => [each.document, each]));
  }

  /** True if the mentions are in more than one paper or document. */
  get hasSeveral(): boolean {
    const [only] = this.documents.values();
    return this.documents.size > 1 || (only?.publications?.length ?? 0) > 1;
  }

  /** The name of the publication that a mention is in. Undefined if the document names none. */
  nameOf({ document, entity }: Mention): string | undefined {
    return this.placeOf({ document, entity })?.name;
  }

  /** The listed documents in words, copies of a paper counted once: `220 papers`. */
  get label(): string {
    const places = [...this.documents.values()].flatMap(({ document, publications = [], entities }) => {
      // A document without names, such as an export of this program, is not on the list.
      if (publications.length === 0 && entities.length === 0) return [];
      const isPublished = !isDraft(document, publications[0]?.name);
      const named = publications.length > 0 ? publications : [undefined];
      return named.map((place) => ({ document, stated: statedIn(place), isPublished }));
    });
    const { papers, otherDocuments } = countDocuments(places);
    return papersLabel(papers, otherDocuments);
  }

  /** The papers of some mentions in words. Undefined if they are all in one. */
  labelOf(mentions: readonly Mention[]): string | undefined {
    const places = new Map<string, CountedPlace>();
    for (const mention of mentions) {
      const { document } = mention;
      const place = this.placeOf(mention);
      const key = `${document}\n${place?.start}`;
      if (places.has(key)) continue;
      places.set(key, { document, stated: statedIn(place), isPublished: !isDraft(document, place?.name) });
    }
    const { papers, otherDocuments } = countDocuments(places.values());
    return papers + otherDocuments > 1 ? papersLabel(papers, otherDocuments) : undefined;
  }

  private placeOf({ document, entity }: Mention): PublicationPlace | undefined {
    return publicationIn(this.documents.get(document)?.publications, entity.start);
  }
}

function statedIn(place: PublicationPlace | undefined): StatedPublication {
  return { publication: place?.name, citation: place?.id };
}
