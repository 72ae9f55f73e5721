/** The publication of an HTML page, as its head states it for search engines and reference managers. */
import type { Span } from '../types';
import type { FieldKind, SourceField } from './recordSyntax';

/**
 * The names of metadata, in lower case: those of Highwire Press, which Google Scholar asks for, and those of Dublin Core.
 * A page often has both, so only the first vocabulary that states a title is read.
 */
const vocabularies: readonly ReadonlyMap<string, FieldKind>[] = [
  new Map([
    ['citation_title', 'title'],
    ['citation_author', 'author'],
    ['citation_authors', 'author'],
    ['citation_publication_date', 'date'],
    ['citation_date', 'date'],
    ['citation_year', 'date'],
    ['citation_online_date', 'date'],
    ['citation_journal_title', 'journal'],
    ['citation_volume', 'volume'],
    ['citation_issue', 'issue'],
    ['citation_firstpage', 'pages'],
    ['citation_lastpage', 'pages'],
    ['citation_doi', 'doi'],
    ['citation_pmid', 'pmid'],
    ['citation_abstract', 'abstract'],
  ]),
  new Map(
    ['dc', 'dcterms'].flatMap((prefix): [string, FieldKind][] => [
      [`${prefix}.title`, 'title'],
      [`${prefix}.creator`, 'author'],
      [`${prefix}.date`, 'date'],
      [`${prefix}.issued`, 'date'],
      [`${prefix}.identifier`, 'doi'],
    ]),
  ),
];

/** Programs that render the drafts of the user. Quarto states the metadata of an article for a draft, too. */
const renderers = /^(?:pandoc|quarto)\b/i;

const metaStart = /<meta\s/gi;
const metaTag = /^<meta(?:[^<>"']|"[^"]*"|'[^']*')*>/i;
/** Maximum length of a tag, so that a broken page is read in time. Abstracts are shorter. */
const maxTag = 20_000;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;

interface Metadata {
  readonly name: string;
  /** The place of the value in the page. */
  readonly content: Span;
}

/** Whether the root of a document is that of an HTML page. @param head The first characters. */
export function isHtmlPage(head: string): boolean {
  return /^[^<]*(?:<[!?][^>]*>[^<]*)*<html[\s>]/i.test(head);
}

/**
 * The fields of the publication that a page holds, in document order. None if the page states no title, or if Pandoc or
 * Quarto made it: then it is a draft of the user.
 *
 * @param page The whole page.
 */
export function htmlFields(page: string): readonly SourceField[] {
  const body = page.search(/<body[\s>]/i);
  const all = [...metadataOf(body < 0 ? page : page.slice(0, body))];
  const isDraft = all.some(
    ({ name, content }) => name === 'generator' && renderers.test(page.slice(content.start, content.end)),
  );
  if (isDraft) return [];
  const fieldsOf = (kinds: ReadonlyMap<string, FieldKind>): SourceField[] =>
    all.flatMap(({ name, content }) => {
      const kind = kinds.get(name);
      return kind ? [{ kind, parts: [content] }] : [];
    });
  return vocabularies.map(fieldsOf).find((fields) => fields.some(({ kind }) => kind === 'title')) ?? [];
}

function* metadataOf(head: string): Generator<Metadata> {
  for (const { index } of head.matchAll(metaStart)) {
    const [tag = ''] = metaTag.exec(head.slice(index, index + maxTag)) ?? [];
    let name: string | undefined;
    let content: Span | undefined;
    for (const match of tag.matchAll(attribute)) {
      const [all, key = '', inDouble, inSingle, bare] = match;
      const value = inDouble ?? inSingle ?? bare ?? '';
      const isQuoted = /["']$/.test(all);
      const end = index + match.index + all.length - (isQuoted ? 1 : 0);
      if (/^(?:name|property)$/i.test(key)) name = value.trim().toLowerCase();
      else if (/^content$/i.test(key) && value.trim() !== '') content = { start: end - value.length, end };
    }
    if (name !== undefined && content) yield { name, content };
  }
}
