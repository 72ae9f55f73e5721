import { BioBertError, errorCodes } from '../../src/core/errors';
import type { EntityType } from '../../src/core/types';

/** Names of our types in corpora. A name that is neither here nor in `--map` is not scored. */
const corpusNames: Readonly<Record<string, EntityType>> = {
  gene: 'Gene',
  protein: 'Gene',
  prge: 'Gene',
  ggp: 'Gene',
  gene_or_gene_product: 'Gene',
  geneorgeneproduct: 'Gene',
  // GNormPlus and NLM-Gene have this type. In the abstracts that they share with BioRED, four in five are genes there.
  familyname: 'Gene',
  disease: 'Disease',
  diseaseorphenotypicfeature: 'Disease',
  // The four classes of the NCBI disease corpus.
  specificdisease: 'Disease',
  diseaseclass: 'Disease',
  modifier: 'Disease',
  compositemention: 'Disease',
  chemical: 'Chemical',
  simple_chemical: 'Chemical',
  chemicalentity: 'Chemical',
  species: 'Species',
  organism: 'Species',
  organismtaxon: 'Species',
  variant: 'Variant',
  sequencevariant: 'Variant',
  // The classes of tmVar.
  dnamutation: 'Variant',
  proteinmutation: 'Variant',
  othermutation: 'Variant',
  snp: 'Variant',
  acidchange: 'Variant',
  dnaallele: 'Variant',
  proteinallele: 'Variant',
  cellline: 'CellLine',
};

/** Names of files or folders with bare `B` and `I` tags, and the type that they mean. */
const fileNames: readonly (readonly [RegExp, EntityType])[] = [
  [/disease/i, 'Disease'],
  [/chem/i, 'Chemical'],
  [/bc2gm|jnlpba|gene|ggp|protein/i, 'Gene'],
  [/linnaeus|s800|species/i, 'Species'],
];

/** Corpora whose guideline is not that of the shown type: what to think of when reading their figures. */
const remarks: readonly (readonly [RegExp, string])[] = [
  [
    /bc2gm/i,
    'counts head words ("gene", "protein") as part of a name. A tagger with a head BC2GM-gene shows Gene by the guideline of NLM-Gene, which does not.',
  ],
  [
    /jnlpba/i,
    'annotates proteins, DNA, RNA, cell lines and cell types by the guideline of GENIA. The shown Gene follows another one, so that part of the difference is no error. Tags without types, and --collapse, merge all five.',
  ],
  [
    /linnaeus/i,
    'annotates words for humans too (patients, women, participants), which the shown Species does not.',
  ],
  [/s800|species-?800/i, 'annotates strains and genera too, and no words for humans but "human" itself.'],
];

export interface TypeNamesOptions {
  /** Lower-case name of the corpus → type of the model; `-` for none. */
  readonly map: ReadonlyMap<string, EntityType>;
  /** Type of bare tags. Default: from the name of the file and its folder. */
  readonly bareType?: EntityType | undefined;
}

/** Puts the model's type in place of a corpus's name for it. */
export type TypeOf = (corpusName: string) => EntityType | undefined;

/** @throws {BioBertError} ARGUMENT_INVALID, from the result, on a bare tag in a file whose name says nothing. */
export function typeNames(file: string, { map, bareType }: TypeNamesOptions): TypeOf {
  return (name) => {
    const known = name === '' ? (bareType ?? bareTypeOf(file)) : name;
    const type = map.get(known.toLowerCase()) ?? corpusNames[known.toLowerCase()];
    return type === '-' ? undefined : (type ?? known);
  };
}

/** A remark on the guideline of a corpus, chosen by the name of the file and its folder. */
export function remarkOn(file: string): string | undefined {
  return remarks.find(([pattern]) => pattern.test(lastNames(file)))?.[1];
}

/** Folder and name: what says of which corpus a file is. */
export function lastNames(file: string): string {
  return file.split(/[\\/]/).slice(-2).join('/');
}

function bareTypeOf(file: string): EntityType {
  const type = fileNames.find(([pattern]) => pattern.test(lastNames(file)))?.[1];
  if (type !== undefined) return type;
  throw new BioBertError(
    errorCodes.ARGUMENT_INVALID,
    'Its tags are B and I without a type.',
    'Say which type they mean with --type, for example --type Gene.',
  );
}
