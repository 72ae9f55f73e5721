import { lookOf } from '../../src/protocol/typeLooks';
import { el } from '../panel/dom';
import type { Piece } from './highlight';

/** Number of colours for groups of keywords; further groups begin again with the first. */
export const groupColours = 6;

/** A text with its marks. Colours and lines come from the theme and from the looks of the types. */
export function markedText(text: string, pieces: readonly Piece[]): readonly (Node | string)[] {
  return pieces.map((piece) => {
    const content = text.slice(piece.start, piece.end);
    const { entity, groups } = piece;
    const title = [...groups.map(({ name }) => name), ...(entity ? [entity.typeName] : [])].join(' · ');
    if (title === '') return content;
    const classes = groups
      .slice(0, 2)
      .map(({ group }, place) => `${place === 0 ? '' : 'second-'}${colourOf(group)}`);
    const element = el(
      groups.length > 0 ? 'mark' : 'span',
      { class: ['marked', ...classes].join(' '), attributes: { title } },
      content,
    );
    if (entity) underline(element, entity.type);
    return element;
  });
}

/** The class with the colour of a group. */
export function colourOf(group: number): string {
  return `group-${group % groupColours}`;
}

function underline(element: HTMLElement, type: string): void {
  const { border, colour } = lookOf(type);
  element.classList.add('entity');
  element.style.borderWidth = border.width;
  element.style.borderStyle = border.style;
  element.style.borderColor = `var(--vscode-biobert-${colour})`;
}
