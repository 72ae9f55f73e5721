/** How types of entities look, for the editor, the list of entities, the side panel and its graph alike. */
import { isShippedType, type ShippedType } from '../core/entities/entityTypes';
import type { EntityType } from '../core/types';

export interface TypeLook {
  /** Below `biobert.`: the theme colour of lines; with `Background` behind it, that of the tint. Also a CSS class. */
  readonly colour: string;
  /** A codicon. Each type has its own: the colour never stands alone. */
  readonly icon: string;
  /** The shape of a node of the graph, similar to the icon. */
  readonly shape: 'ellipse' | 'triangle' | 'hexagon' | 'diamond' | 'star' | 'rectangle' | 'octagon';
  /** The lines at a mention in the editor, as in CSS. */
  readonly border: { readonly width: string; readonly style: 'solid' | 'dotted' | 'dashed' | 'double' };
}

/** Types of a model of the user's own share one look. */
export type LookName = ShippedType | 'other';

export const typeLooks: Readonly<Record<LookName, TypeLook>> = {
  Gene: {
    colour: 'gene',
    icon: 'circle-filled',
    shape: 'ellipse',
    border: { width: '0 0 2px 0', style: 'solid' },
  },
  Disease: {
    colour: 'disease',
    icon: 'triangle-up',
    shape: 'triangle',
    border: { width: '0 0 2px 0', style: 'dotted' },
  },
  Chemical: {
    colour: 'chemical',
    icon: 'debug-breakpoint-data',
    shape: 'hexagon',
    border: { width: '0 0 2px 0', style: 'dashed' },
  },
  Species: {
    colour: 'species',
    icon: 'debug-breakpoint-log',
    shape: 'diamond',
    border: { width: '0 0 3px 0', style: 'double' },
  },
  Variant: {
    colour: 'variant',
    icon: 'star-full',
    shape: 'star',
    border: { width: '1px 0 1px 0', style: 'dotted' },
  },
  CellLine: {
    colour: 'cellLine',
    icon: 'primitive-square',
    shape: 'rectangle',
    border: { width: '1px 0 1px 0', style: 'dashed' },
  },
  other: {
    colour: 'other',
    icon: 'circle-outline',
    shape: 'octagon',
    border: { width: '1px 0 1px 0', style: 'solid' },
  },
};

export const lookNames = Object.keys(typeLooks) as readonly LookName[];

export function lookNameOf(type: EntityType): LookName {
  return isShippedType(type) ? type : 'other';
}

export function lookOf(type: EntityType): TypeLook {
  return typeLooks[lookNameOf(type)];
}
