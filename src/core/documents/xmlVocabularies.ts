import type { FieldKind } from './recordSyntax';

/** The fields of an XML vocabulary of bibliographic records. Element names are local names in lower case. */
export interface XmlVocabulary {
  /** Names of the elements that are a record each. */
  readonly records: readonly string[];
  /** The meaning of the content of each element. */
  readonly fields: ReadonlyMap<string, readonly FieldRule[]>;
  /** The element of an author, and those in it that have the parts of the name. */
  readonly person: {
    readonly element: string;
    readonly family: readonly string[];
    readonly given: readonly string[];
  };
  /** Elements whose content is no field of the record, such as the references of an article. */
  readonly skipped: ReadonlySet<string>;
}

interface FieldRule {
  readonly kind: FieldKind;
  /** An element that must be around it. Default: any. */
  readonly within?: string;
  /** An attribute that it must have, as `name=value`. Default: none. */
  readonly attribute?: readonly [name: string, value: RegExp];
}

/** @param lines `element kind`, `element<ancestor kind` or `element[attribute=value] kind` */
function fieldsOf(lines: string): ReadonlyMap<string, readonly FieldRule[]> {
  const rules = new Map<string, FieldRule[]>();
  for (const line of lines.trim().split('\n')) {
    const [path = '', kind = ''] = line.trim().split(' ');
    const [, name = '', within, attribute, value = ''] =
      /^([\w-]+)(?:<([\w-]+))?(?:\[([\w-]+)=([\w-|]+)\])?$/.exec(path) ?? [];
    const rule: FieldRule = {
      kind: kind as FieldKind,
      ...(within === undefined ? {} : { within }),
      ...(attribute === undefined ? {} : { attribute: [attribute, new RegExp(`^(?:${value})$`, 'i')] }),
    };
    rules.set(name, [...(rules.get(name) ?? []), rule]);
  }
  return rules;
}

/** EndNote's XML, which Zotero, Mendeley and Covidence write, too. */
export const endnoteXml: XmlVocabulary = {
  records: ['record'],
  fields: fieldsOf(`
    title<titles title
    translated-title otherTitle
    abstract abstract
    keyword keyword
    notes note
    research-notes note
    year<dates date
    secondary-title journal
    full-title<periodical journal
    volume volume
    number issue
    issue issue
    pages pages
    electronic-resource-num doi
    accession-num id
    custom2 pmcid
    remote-database-name database`),
  person: { element: 'author', family: [], given: [] },
  skipped: new Set(['secondary-authors', 'tertiary-authors', 'subsidiary-authors', 'translated-authors']),
};

/** Results of the search of Europe PMC (https://europepmc.org/RestfulWebService). */
export const europePmc: XmlVocabulary = {
  records: ['result'],
  fields: fieldsOf(`
    title<journal journal
    title title
    abstracttext abstract
    keyword keyword
    descriptorname keyword
    authorstring author
    pubyear date
    volume volume
    issue issue
    pageinfo pages
    doi doi
    pmid pmid
    pmcid pmcid
    pubtype type
    source database`),
  person: { element: '', family: [], given: [] },
  skipped: new Set([
    'authorlist',
    'grantslist',
    'fulltexturllist',
    'commentcorrectionlist',
    'bookorreportdetails',
  ]),
};

/** PubMed's DTD. */
export const pubmedXml: XmlVocabulary = {
  records: ['pubmedarticle', 'pubmedbookarticle'],
  fields: fieldsOf(`
    articletitle title
    booktitle title
    vernaculartitle otherTitle
    abstracttext abstract
    keyword keyword
    descriptorname keyword
    title<journal journal
    year<pubdate date
    medlinedate<pubdate date
    volume volume
    issue issue
    medlinepgn pages
    elocationid[eidtype=doi] doi
    articleid[idtype=doi] doi
    articleid[idtype=pmc] pmcid
    pmid pmid
    publicationtype type`),
  person: { element: 'author', family: ['lastname', 'collectivename'], given: ['forename', 'initials'] },
  skipped: new Set(['referencelist', 'commentscorrectionslist']),
};

/** The metadata of a JATS article. */
export const jatsFront: XmlVocabulary = {
  records: ['article'],
  fields: fieldsOf(`
    article-title<title-group title
    abstract abstract
    kwd keyword
    journal-title journal
    year<pub-date date
    volume volume
    issue issue
    fpage pages
    elocation-id pages
    article-id[pub-id-type=doi] doi
    article-id[pub-id-type=pmid] pmid
    article-id[pub-id-type=pmc|pmcid] pmcid`),
  person: { element: 'contrib', family: ['surname', 'collab', 'string-name'], given: ['given-names'] },
  skipped: new Set(['body', 'back', 'sub-article', 'response', 'floats-group', 'related-article']),
};

export const vocabularies = {
  endnote: endnoteXml,
  'europe-pmc': europePmc,
  pubmed: pubmedXml,
  jats: jatsFront,
};

export type VocabularyName = keyof typeof vocabularies;

/** Recognises a vocabulary by the beginning of an XML document. */
export function vocabularyOf(head: string): VocabularyName | undefined {
  if (/<(?:[\w.-]+:)?records?[\s>][^]{0,6000}?<(?:ref-type|titles|contributors|rec-number)[\s>]/i.test(head))
    return 'endnote';
  if (/<(?:responseWrapper|resultList)[\s>]/.test(head)) return 'europe-pmc';
  if (/<Pubmed(?:Book)?Article(?:Set)?[\s>]/.test(head)) return 'pubmed';
  return /<(?:pmc-articleset|article)[\s>]/.test(head) ? 'jats' : undefined;
}

/** Number of characters at the beginning of a document that {@link vocabularyOf} looks at. */
export const vocabularyHead = 8000;
