/** Writes the preferred name of a concept as running text has it: terminologies keep headings such as `Anemia, Sickle Cell`. */
import type { EntityType } from '../types';

/** Words in names of diseases and chemicals that keep their capital, because they are names of people or places. */
const properNames = new Set(
  (
    'addison adie alport alzheimer angelman asperger barre barrett bartter basedow bechterew behcet bell bowen brugada burkitt ' +
    'castleman chagas charcot chiari cockayne congo conn creutzfeldt crohn cushing dravet dupuytren ebola ebstein ehlers ' +
    'eisenmenger epstein evans ewing fabry fallot fanconi fraumeni friedreich gaucher gilbert gilles guillain hashimoto ' +
    'hirschsprung hodgkin hoechst horner huntington hurler jakob johnson joseph kaposi kawasaki kennedy klinefelter ' +
    'krabbe langerhans leber leigh lennox lewy lou lyme lynch machado marfan marie meniere menkes merkel moyamoya newcastle nile noonan ' +
    'osler paget parkinson peutz pick pompe prader prussian purkinje raynaud reiter rett reye schwann sezary sjogren ' +
    'stevens sydenham takayasu tay tourette turner von waldenstrom wegener werner west whipple williams willi wilms wilson wolff zika zollinger'
  ).split(' '),
);

/** A person may have described what is called `X Disease`, but not if X is a part of the body or an adjective. */
const described = /^(\p{Lu}\p{Ll}+) (?:Disease|Syndrome)$/u;
const describedByWord =
  /^(?:bone|brain|chest|eye|graft|gum|heart|joint|kidney|liver|lung|lymph|mouth|muscle|skin|spleen|\p{L}+(?:ac|al|ar|ary|ed|ic|ing|ive|ous))$/iu;

/** A word with a capital in front. Symbols (`DNA`, `NaCl`) and single letters (`Vitamin D`) do not match. */
const capitalised = /(?<![\p{L}\p{N}])\p{Lu}\p{Ll}{2,}(?![\p{L}\p{N}])/gu;

/** A name in capitals throughout, such as `GEFITINIB`. Shorter ones may be abbreviations. */
const shouted = /^\p{Lu}{6,}(?:\s\p{Lu}+)*$/u;

/** Words with which a part behind a comma continues the name, so that it cannot stand in front. */
const continues = /^(?:and|due|in|of|or|to|with|without)\b/iu;

/**
 * The preferred name of a concept as authors write it: `gefitinib` for `Gefitinib`, `sickle cell anemia` for `Anemia, Sickle
 * Cell`. Symbols of genes and names of species have no other form.
 *
 * @example readableName('Lymphoma, Non-Hodgkin', 'Disease'); // 'non-Hodgkin lymphoma'
 */
export function readableName(name: string, type: EntityType): string {
  if (type !== 'Chemical' && type !== 'Disease') return name;
  if (shouted.test(name)) return name.toLowerCase();
  const turned = isInvertedName(name) ? name.split(', ').reverse().join(' ') : name;
  const person = type === 'Disease' ? described.exec(turned)?.[1] : undefined;
  const kept = person === undefined || describedByWord.test(person) ? '' : person;
  return turned.replace(capitalised, (word) =>
    word === kept || properNames.has(word.toLowerCase()) ? word : word.toLowerCase(),
  );
}

/** Whether a name is a heading that begins with its last word: `Anemia, Sickle Cell`. */
export function isInvertedName(name: string): boolean {
  const parts = name.split(', ');
  return parts.length > 1 && parts.every((part) => /^\p{L}{2}/u.test(part) && !continues.test(part));
}
