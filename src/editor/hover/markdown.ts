/** Markdown for hovers, in which text of a document cannot become markup. */
import type * as vscode from 'vscode';
import type { Entity, Span } from '../../core/types';
import type { MentionLink } from '../commandIds';
import { escapeMarkdown } from '../escapeMarkdown';
import { encodeForLink } from './databaseLinks';

/** Screen readers pause at this separator. */
export const separator = ' · ';

/** The argument of a link to a place, with the mention there if the command needs its name. */
export function linkTo(
  document: vscode.TextDocument,
  { start, end }: Span,
  named?: Pick<Entity, 'name' | 'type' | 'concepts'>,
): MentionLink {
  const link = { uri: document.uri.toString(), start, end };
  if (!named) return link;
  const { name, type, concepts } = named;
  return { ...link, name, type, ...(concepts?.length && { concepts: concepts.map(({ id }) => id) }) };
}

export function commandLink(label: string, command: string, link: MentionLink): string {
  return `[${escapeMarkdown(label)}](command:${command}?${encodeForLink(JSON.stringify([link]))})`;
}
