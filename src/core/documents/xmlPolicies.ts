/** Which elements of an XML vocabulary contain prose. Element names are local names in lower case. */
export interface XmlPolicy {
  /**
   * The mode outside of all listed elements. `read`: everything is prose unless it is dropped. `only`: nothing is
   * prose unless it is kept.
   */
  readonly initialMode: 'read' | 'only';
  /** Elements that are dropped with their content. */
  readonly drop: ReadonlySet<string>;
  /** Elements of whose content only the elements in {@link keep} are read. */
  readonly only: ReadonlySet<string>;
  readonly keep: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));
const emptySet: ReadonlySet<string> = new Set();

/** NLM's PubMed DTD. Most of a record consists of names, dates and numbers. */
const pubmed: XmlPolicy = {
  initialMode: 'only',
  drop: emptySet,
  only: emptySet,
  keep: words(`articletitle abstracttext vernaculartitle booktitle sectiontitle keyword descriptorname nameofsubstance
    suppmeshname`),
};

/** JATS 1.3 and its NLM predecessors. Only the titles of references are read. */
const jats: XmlPolicy = {
  initialMode: 'read',
  drop: words(`journal-meta article-id book-id contrib-group contrib aff aff-alternatives author-notes pub-date pub-history
    history permissions license self-uri counts custom-meta-group custom-meta funding-group award-group article-categories
    label object-id email uri disp-formula disp-formula-group tex-math annotation annotation-xml code preformat
    processing-meta publisher corresp institution institution-wrap institution-id addr-line address country collab
    volume issue fpage lpage elocation-id issn isbn product event conference x inline-graphic graphic
    ack copyright-statement copyright-holder copyright-year supplement floats-wrap person-group name string-name`),
  only: words('ref mixed-citation element-citation citation nlm-citation related-article related-object'),
  keep: words('article-title chapter-title part-title trans-title'),
};

/** BioC (Comeau et al. 2013): the text of passages is read, their annotations are not. */
const bioc: XmlPolicy = {
  initialMode: 'only',
  drop: words('annotation relation'),
  only: emptySet,
  keep: words('text'),
};

/** HTML, TEI and other XML: the text content of elements is read. */
export const generalPolicy: XmlPolicy = {
  initialMode: 'read',
  drop: words(
    'script style code pre kbd samp svg tex-math annotation annotation-xml nav noscript template textarea',
  ),
  only: emptySet,
  keep: emptySet,
};

/**
 * Elements of a sentence that are dropped. The sentence goes on after them. `fn` is among them because a footnote is
 * dropped if it stands within a sentence.
 */
const phrases =
  words(`email uri institution institution-wrap institution-id addr-line country collab volume issue fpage
  lpage elocation-id issn isbn object-id x inline-graphic tex-math annotation annotation-xml name string-name
  code kbd samp label fn`);

/** Whether an element that is dropped does not end the sentence around it. */
export function isPhrase(name: string): boolean {
  return phrases.has(name) || name.includes('formula');
}

/** The policy of a document, by the first of its elements that is a key of this map. */
export const policies: ReadonlyMap<string, XmlPolicy> = new Map([
  ...['pubmedarticleset', 'pubmedarticle', 'pubmedbookarticle', 'medlinecitationset', 'medlinecitation'].map(
    (name): [string, XmlPolicy] => [name, pubmed],
  ),
  ...['article', 'pmc-articleset', 'book', 'book-part'].map((name): [string, XmlPolicy] => [name, jats]),
  ['collection', bioc],
  ['html', generalPolicy],
]);

/**
 * Values of `fn-type`, `notes-type`, `sec-type` and `content-type` for notes about the authors and not about the work.
 */
export const administrative =
  /^(?:con|conflict|coi-statement|competing-interests?|author-contributions?|funding-information|supported-by|financial-disclosure|present-address|current-aff|deceased|equal|presented-(?:at|by))$/i;

/** Values of `ref-type` for references to citations and notes, which print a number, or a name and a year. */
export const citing: ReadonlySet<string> = words('bibr fn table-fn aff author-notes corresp');
