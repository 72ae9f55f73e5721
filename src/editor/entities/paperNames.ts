import { countPapers } from '../../core/records/paperCount';
import { publicationIn } from '../documents/publicationIn';
import { papersLabel } from './countLabels';
import type { DocumentEntities, Mention } from './grouping';

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
    return publicationIn(this.documents.get(document)?.publications, entity.start)?.name;
  }

  /** The listed documents in words, copies of a paper counted once: `220 papers`. */
  get label(): string {
    const all = [...this.documents.values()];
    const named = all.flatMap(({ publications = [] }) => publications);
    // A document without names, such as an export of this program, is not on the list.
    const others = all.filter(
      ({ publications = [], entities }) => publications.length === 0 && entities.length > 0,
    );
    const stated = named.map(({ name, id }) => ({ publication: name, citation: id }));
    return papersLabel(countPapers(stated), others.length);
  }

  /** The papers of some mentions in words. Undefined if they are all in one. */
  labelOf(mentions: readonly Mention[]): string | undefined {
    const papers = new Set<string>();
    const others = new Set<string>();
    for (const mention of mentions) {
      const name = this.nameOf(mention);
      if (name === undefined) others.add(mention.document);
      else papers.add(name);
    }
    return papers.size + others.size > 1 ? papersLabel(papers.size, others.size) : undefined;
  }
}
