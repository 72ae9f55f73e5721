/** What of an XML vocabulary is prose. Names are local and in lower case. */
export interface XmlPolicy {
  /** `read`: everything but what is dropped. `only`: nothing but what is kept. */
  readonly begins: 'read' | 'only';
  /** Dropped with all that is in them. */
  readonly drop: ReadonlySet<string>;
  /** Elements of which only those in {@link keep} are read. */
  readonly only: ReadonlySet<string>;
  readonly keep: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));
const none: ReadonlySet<string> = new Set();

/** NLM's PubMed DTD: the record is mostly names, dates and numbers. */
const pubmed: XmlPolicy = {
  begins: 'only',
  drop: none,
  only: none,
  keep: words(`articletitle abstracttext vernaculartitle booktitle sectiontitle keyword descriptorname nameofsubstance
    suppmeshname`),
};

/** JATS 1.3 and its NLM forerunners; of references the titles alone. */
const jats: XmlPolicy = {
  begins: 'read',
  drop: words(`journal-meta article-id book-id contrib-group contrib aff aff-alternatives author-notes pub-date pub-history
    history permissions license self-uri counts custom-meta-group custom-meta funding-group award-group article-categories
    label object-id email uri disp-formula disp-formula-group tex-math annotation annotation-xml code preformat
    processing-meta publisher corresp institution institution-wrap institution-id addr-line address country collab
    volume issue fpage lpage elocation-id issn isbn product event conference x inline-graphic graphic
    ack copyright-statement copyright-holder copyright-year supplement floats-wrap person-group name string-name`),
  only: words('ref mixed-citation element-citation citation nlm-citation related-article related-object'),
  keep: words('article-title chapter-title part-title trans-title'),
};

/** BioC (Comeau et al. 2013): passages of text beside their annotations. */
const bioc: XmlPolicy = {
  begins: 'only',
  drop: words('annotation relation'),
  only: none,
  keep: words('text'),
};

/** HTML, TEI and whatever else: the text that elements contain. */
export const generalPolicy: XmlPolicy = {
  begins: 'read',
  drop: words(
    'script style code pre kbd samp svg tex-math annotation annotation-xml nav noscript template textarea',
  ),
  only: none,
  keep: none,
};

/** By the first element of a document that is in here. */
export const policies: ReadonlyMap<string, XmlPolicy> = new Map([
  ...['pubmedarticleset', 'pubmedarticle', 'pubmedbookarticle', 'medlinecitationset', 'medlinecitation'].map(
    (name): [string, XmlPolicy] => [name, pubmed],
  ),
  ...['article', 'pmc-articleset', 'book', 'book-part'].map((name): [string, XmlPolicy] => [name, jats]),
  ['collection', bioc],
  ['html', generalPolicy],
]);

/** What `fn-type`, `notes-type`, `sec-type` or `content-type` call notes about the authors and not about the work. */
export const administrative =
  /^(?:con|conflict|coi-statement|competing-interests?|author-contributions?|funding-information|supported-by|financial-disclosure|present-address|current-aff|deceased|equal|presented-(?:at|by))$/i;

/** Cross-references to citations and notes print a number or a name and a year. */
export const citing: ReadonlySet<string> = words('bibr fn table-fn aff author-notes corresp');
