/** Names of kinds: `tyrosine kinase` is no answer to "Which kinase does crizotinib inhibit?". */

const determiners = 'an?|the|some|several|many|other|these|various|multiple';
const describing =
  'small[- ]molecule|receptor|protein|tyrosine|serine|threonine|serine/threonine|lipid|kinase|oral|selective|potent|novel|new|' +
  'specific|targeted|multi-?targeted|multi-?kinase|missense|nonsense|frameshift|point|somatic|germline|activating|secondary|' +
  'primary|common|rare';
const nouns =
  'drugs?|agents?|compounds?|inhibitors?|antagonists?|agonists?|blockers?|medications?|kinases?|receptors?|enzymes?|' +
  'proteins?|genes?|oncogenes?|transporters?|mutations?|variants?|polymorphisms?|TKIs?|treatments?|administration';

const generic = new RegExp(
  String.raw`^(?:(?:${determiners})\s+)*(?:(?:${describing})[\s-]+)*(?:${nouns})$`,
  'iu',
);

/** Whether a text names a kind of drugs, genes or variants, and none of them; what follows in brackets does not count. */
export function isGeneric(text: string): boolean {
  const plain = text.replace(/\s\(.*$/u, '').replace(/^\(|\)$/gu, '');
  return generic.test(plain.trim());
}
