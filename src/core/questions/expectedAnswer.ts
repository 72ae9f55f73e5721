/** The kind of answer that the words of a question ask for. */
import { auxiliaries } from '../text/auxiliaries';
import type { EntityType } from '../types';
import type { ValueKind } from './valueKinds';

/** The kind of thing that an answer has to be. */
export type ExpectedAnswer =
  | { readonly kind: 'value'; readonly value: ValueKind }
  | { readonly kind: 'entity'; readonly type: EntityType };

const valuePatterns: readonly (readonly [ValueKind, RegExp])[] = [
  ['count', /\bhow many\b|\bwhat (?:is|was|were) the (?:total )?number of\b/],
  [
    'share',
    /\b(?:what|which) (?:proportion|percentage|percent|fraction|share)\b|\bwhat (?:is|was) the (?:proportion|percentage|share)\b/,
  ],
  ['year', /\b(?:which|what) (?:calendar )?years?\b/],
  ['country', /\b(?:which|what) countr(?:y|ies)\b/],
  ['chromosome', /\b(?:which|what) (?:human )?chromosomes?\b/],
  [
    'quantity',
    /\bhow (?:much|long|old|often|frequent|frequently|large|big|tall|heavy|far|high|fast|common|prevalent)\b/,
  ],
  ['date', /(?:^|, ?)(?:since )?when (?:was|were|did)\b|\b(?:on|at) (?:which|what) date\b/],
];

/** Nouns that name a quantity, after "what is the …". */
const quantityNoun =
  /\bwhat (?:is|was|were|are) (?:the )?(?:(?!(?:with|of|for|in|on|that|at|to|by|from|after) )[\w-]+ ){0,4}?(?:half-li(?:fe|ves)|doses?|dosage|mortality|prevalence|incidence|duration|follow-up|sensitivity|specificity|diameter|length|molecular weight|hazard ratio|odds ratio|relative risk|p[ -]value|(?:response|survival|cure|death|infection|fatality|relapse|success|detection) rate|median age|mean age|sample size|bioavailability)\b(?! (?:form|curve|score|analysis|adjustment|factor|marker))/;

const nounsByType: Readonly<Record<string, readonly string[]>> = {
  Chemical: [
    'drug',
    'medication',
    'medicine',
    'compound',
    'chemical',
    'antibiotic',
    'antidote',
    'anticoagulant',
    'vitamin',
    'substance',
    'statin',
    'antiviral',
    'antidepressant',
    'antipsychotic',
    'diuretic',
    'antihypertensive',
    'inhibitor',
    'antagonist',
    'agonist',
    'blocker',
  ],
  Gene: [
    'gene',
    'protein',
    'enzyme',
    'receptor',
    'kinase',
    'cytokine',
    'oncogene',
    'transporter',
    'protease',
    'transcription factor',
    'tumour suppressor',
    'tumor suppressor',
    'phosphatase',
    'chemokine',
    'isoenzyme',
  ],
  Disease: [
    'disease',
    'disorder',
    'syndrome',
    'cancer',
    'illness',
    'symptom',
    'complication',
    'tumor',
    'tumour',
    'malignancy',
    'side effect',
    'adverse effect',
    'adverse event',
    'adverse reaction',
    'infection',
  ],
  Species: [
    'species',
    'organism',
    'animal',
    'parasite',
    'bacterium',
    'bacteria',
    'virus',
    'mosquito',
    'tick',
    'fungus',
    'fungi',
    'pathogen',
    'microbe',
    'microorganism',
  ],
  Variant: ['mutation', 'variant', 'polymorphism', 'allele', 'substitution', 'genotype'],
};

const typeOfNoun = new Map(
  Object.entries(nounsByType).flatMap(([type, nouns]) => nouns.map((noun) => [noun, type] as const)),
);

/** Nouns that change what is asked for: a drug class is no drug. */
const otherHead =
  /^(?:class|classes|type|types|famil(?:y|ies)|group|groups|targets?|domains?|levels?|pathways?|therap(?:y|ies)|combinations?|names?|products?|interactions?|models?|subtypes?|complex(?:es)?|cells?|lines?|vectors?|process(?:es)?|databases?|tools?|trials?|regions?|sites?|motifs?|modifications?|symptoms?|markers?|testing|tests?|resistance|expression|delivery|treatments?)$/;

/** The kind of answer that a question asks for. @returns undefined if its words do not say it. */
export function expectedAnswer(question: string): ExpectedAnswer | undefined {
  const lower = question.toLowerCase().replace(/\s+/g, ' ');
  for (const [value, pattern] of valuePatterns) if (pattern.test(lower)) return { kind: 'value', value };
  if (quantityNoun.test(lower)) return { kind: 'value', value: 'quantity' };
  const type = entityType(lower);
  return type === undefined ? undefined : { kind: 'entity', type };
}

const asking =
  /\b(?:which|what(?: (?:is|are|was|were) the)?|(?:list|name|give|enumerate)(?: (?:the|all|some))?)((?: [\p{L}\p{N}/-]+){1,5})/gu;

/** The type of the noun that follows "which", "what" or "list": in `which cancer drug` it is the drug. */
function entityType(question: string): EntityType | undefined {
  for (const [, phrase = ''] of question.matchAll(asking)) {
    const words = phrase.trim().split(' ');
    let found: EntityType | undefined;
    let isHeadElsewhere = false;
    for (let at = 0; at < words.length; at++) {
      const two = nounType(words.slice(at, at + 2).join(' '));
      const type = two ?? nounType(words[at] ?? '');
      if (type === undefined && found !== undefined) {
        isHeadElsewhere = otherHead.test(words[at] ?? '');
        break;
      }
      if (two !== undefined) at += 1;
      found = type ?? found;
      if (found === undefined && endsPhrase.test(words[at] ?? '')) break;
    }
    if (found !== undefined) return isHeadElsewhere ? undefined : found;
  }
  return undefined;
}

const endsPhrase = new RegExp(
  `^(?:${auxiliaries}|of|in|for|with|by|to|on|from|kinds?|types?|class(?:es)?|that|which|causes?|caused|other)$`,
);

/** The type that a noun in small letters asks for: a gene for `kinases`. */
export function nounType(noun: string): EntityType | undefined {
  const forms = [noun, noun.replace(/s$/, ''), noun.replace(/es$/, ''), noun.replace(/ies$/, 'y')];
  for (const form of forms) {
    const type = typeOfNoun.get(form);
    if (type !== undefined) return type;
  }
  return undefined;
}

/** Types whose names also answer for others: a disease is named by its agent, a mutation by its gene. */
const standIns: Readonly<Partial<Record<EntityType, EntityType>>> = { Disease: 'Species', Variant: 'Gene' };

/** Whether a name of a type can answer a question that asks for another one, or the same. */
export function fitsType(type: EntityType, expected: EntityType): boolean {
  return type === expected || type === standIns[expected];
}
