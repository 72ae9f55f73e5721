import type { EntityType } from './types';

/** What the product knows of a type of entity, whichever model finds it. */
interface KnownType {
  /** Whether it is marked, listed and written where nobody has chosen types. */
  readonly isOnByDefault: boolean;
  /** What corpora and the labels of models call it: lower case, separated by blanks. */
  readonly otherNames: string;
}

/**
 * The types that have a look, a setting and links of their own, in the order in which they are listed. This is the one
 * list of them: a new type is a line here, and the compiler then asks for its look, words and links. A model need not
 * have all of them.
 *
 * Variants and cell lines are off by default: most readers look for genes, diseases, chemicals and species, and six
 * colours in a paragraph are hard to read.
 */
const knownTypes = {
  Gene: {
    isOnByDefault: true,
    otherNames: 'genes gp geneproduct protein prot gene_protein geneorgeneproduct gene_or_gene_product ggp',
  },
  Disease: {
    isOnByDefault: true,
    otherNames: 'diseases dis ds disease_disorder diseaseordisorder disorder',
  },
  Chemical: {
    isOnByDefault: true,
    otherNames: 'chemicals chem cd drug drugs simple_chemical chemicalentity',
  },
  Species: {
    isOnByDefault: true,
    otherNames: 'organism organisms organismtaxon organism_taxon taxon',
  },
  Variant: {
    isOnByDefault: false,
    otherNames: 'variants sequencevariant sequence_variant mutation mutations',
  },
  CellLine: {
    isOnByDefault: false,
    otherNames: 'celllines cell_line cell_lines cell-line cell-lines',
  },
} as const satisfies Readonly<Record<EntityType, KnownType>>;

export type ShippedType = keyof typeof knownTypes;

/** In the order in which they are listed. */
export const shippedTypes = Object.keys(knownTypes) as readonly ShippedType[];

/** Those that are on where nobody has chosen: also the default of `biobert.types` in package.json. */
export const defaultTypes: readonly ShippedType[] = shippedTypes.filter(isOnByDefault);

export function isShippedType(type: EntityType): type is ShippedType {
  return Object.hasOwn(knownTypes, type);
}

/** False for a type that has to be switched on, and for one that only a model of the user's own has. */
export function isDefaultType(type: EntityType): boolean {
  return isShippedType(type) && isOnByDefault(type);
}

function isOnByDefault(type: ShippedType): boolean {
  return knownTypes[type].isOnByDefault;
}

const typesByName: ReadonlyMap<string, ShippedType> = new Map(
  shippedTypes.flatMap((type) =>
    [type.toLowerCase(), ...knownTypes[type].otherNames.split(' ')].map((name) => [name, type] as const),
  ),
);

/** Our name for what a corpus or a model calls a type, in any case; undefined for a type that we do not know. */
export function typeNamed(name: string): ShippedType | undefined {
  return typesByName.get(name.toLowerCase());
}
