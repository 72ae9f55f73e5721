import type { EntityType } from '../types';

/** Properties of an entity type that do not depend on the model. */
interface KnownType {
  /** Whether the type is highlighted, listed and exported if the user has not chosen any types. */
  readonly isOnByDefault: boolean;
  /** Names that corpora and model labels use for the type: lower case, separated by spaces. */
  readonly otherNames: string;
}

/**
 * The entity types that have their own colour, setting and links, in display order. This is the only list of them: to
 * add a type, add an entry here, and the compiler then reports where its colour, labels and links are missing. A model
 * need not predict all types.
 *
 * Variants and cell lines are off by default: most users look for genes, diseases, chemicals and species, and six
 * colours in one paragraph are hard to read.
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

/** All types, in display order. */
export const shippedTypes = Object.keys(knownTypes) as readonly ShippedType[];

/** Types that are enabled by default; `biobert.types` in package.json has the same default. */
export const defaultTypes: readonly ShippedType[] = shippedTypes.filter(isOnByDefault);

export function isShippedType(type: EntityType): type is ShippedType {
  return Object.hasOwn(knownTypes, type);
}

/** Returns false for a type that has to be enabled, and for a type that only a user's own model predicts. */
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

/**
 * The extension's name for a type as a corpus or a model calls it, in any letter case. Undefined if the name is not
 * known.
 * @example typeNamed('gene_protein') // 'Gene'
 */
export function typeNamed(name: string): ShippedType | undefined {
  return typesByName.get(name.toLowerCase());
}

/**
 * The types that are found unless the user names some. As in the editor, variants and cell lines of the tagger that ships are
 * off. All types of another tagger are on, because a user who chooses a tagger wants all of its entities.
 * @returns undefined for all types.
 */
export function typesByDefault(
  known: readonly EntityType[],
  isShippedTagger: boolean,
): readonly EntityType[] | undefined {
  return isShippedTagger ? known.filter(isDefaultType) : undefined;
}

/**
 * The types that a user named, as the model spells them. Letter case is ignored.
 * @param refuse Throws the error for a type that the model does not have.
 */
export function spelledTypes(
  named: readonly string[],
  known: readonly string[],
  refuse: (name: string) => never,
): readonly string[] {
  return named.map((name) => known.find((type) => type.toLowerCase() === name.toLowerCase()) ?? refuse(name));
}

/** The value that stands for every type of the model. */
export const allTypes = 'all';
