/**
 * Names of families and classes of proteins. A terminology has them as names of single genes too, because an annotator
 * once meant one gene by "receptor tyrosine kinase", or because a gene had the abbreviation as an alias. A single gene is
 * a wrong guess for them; a family of the terminology is right.
 */
import { termKey } from './termKey';

/** A name of nothing but these words is that of a class: `receptor tyrosine kinase`, `proapoptotic proteins`. */
const classWords = keysOf(
  'receptor tyrosine serine threonine protein kinase phosphatase protease proteinase peptidase metalloprotease ' +
    'metalloproteinase metalloprotein matrix nonreceptor non cytoplasmic nuclear membrane transmembrane transcription ' +
    'transcriptional factor activator repressor coactivator corepressor cytokine chemokine interleukin interferon lymphokine ' +
    'oncoprotein oncogene proapoptotic antiapoptotic apoptotic proinflammatory inflammatory enzyme ' +
    'transferase oxygenase monooxygenase mono oxidase reductase dehydrogenase hydrolase synthase lipase esterase ligase ' +
    'helicase polymerase nuclease endonuclease topoisomerase methyltransferase acetyltransferase deacetylase demethylase ' +
    'transporter exchanger channel ion pump adhesion molecule cell surface antigen antibody immunoglobulin autoantibody ligand ' +
    'integrin cadherin selectin lectin collagen laminin keratin tubulin histone globulin glycoprotein lipoprotein ' +
    'neuropeptide neurotrophin caspase cathepsin proteasome connexin claudin aquaporin mucin ' +
    'chaperone heat shock stress signaling signalling adaptor scaffold coupled effector',
);

/** Abbreviations and further names of classes; and measures, such as HbA1c, of which a tagger may leave the end out. */
const classNames = keysOf(
  'RTK PTK TKI GPCR MMP ABC HLA HDAC HSP NR PKC PKA PKG CK2 MHC Ig CDK BMP GST UGT NOS PDE COX CYP ALDH PARP HAT ' +
    'HbA HbA1 HbA1c Hb CYP450 P450 TLR CAM JNK AMPK VEGFR FGFR PDGFR PI3K MAPK ' +
    'MEK MKK RAF IKK PP2A',
  'G protein',
  'G protein-coupled receptor',
  'growth factor',
  'growth factor receptor',
  'cytochrome P450',
  'ATP-binding cassette transporter',
  'protein kinase C',
  'protein kinase A',
  'small GTPase',
  'bone morphogenetic protein',
  'cyclin-dependent kinase',
  'matrix metalloproteinase',
  'major histocompatibility complex',
  'human leukocyte antigen',
);

/** Names that are too ambiguous for any concept: TK is mostly a tyrosine kinase, but the family TK is thymidine kinase. */
const ambiguous = keysOf('TK');

/** Names of nothing but class words that are one protein. */
const proteins = keysOf('', 'transcription factor 3', 'cell adhesion molecule 1', 'protein C', 'protein S');

function keysOf(words: string, ...phrases: readonly string[]): ReadonlySet<string> {
  return new Set([...words.split(' '), ...phrases].map(termKey).filter((key) => key !== ''));
}

/** Whether a name is an abbreviation that says nothing without its long form. */
export function isAmbiguousClass(name: string): boolean {
  return ambiguous.has(termKey(name));
}

/** Whether a name is that of a class of proteins, in the singular or the plural. */
export function isClassName(name: string): boolean {
  const key = termKey(name);
  if (classNames.has(key)) return true;
  const words = name.split(/[\s/-]+/u).filter((word) => word !== '');
  return words.length > 0 && !proteins.has(key) && words.every((word) => classWords.has(termKey(word)));
}

/** Classes that the terminology has only under an abbreviation. */
const abbreviated: ReadonlyMap<string, string> = new Map([[termKey('receptor tyrosine kinase'), 'RTK']]);

/** Another name of a class, under which the terminology may have it. */
export function classAbbreviation(name: string): string | undefined {
  return abbreviated.get(termKey(name));
}
