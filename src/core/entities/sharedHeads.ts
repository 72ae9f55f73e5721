import type { EntityType } from '../types';
import { singularPhrase } from './singularPhrase';

/**
 * Enumerations that share their last word: `breast, ovarian and prostate cancers`. Which words belong to which name is
 * a matter of grammar, so this applies only where the form leaves little doubt: every part is one word, the last part is
 * one word and a common head, and the other parts are words that such a head needs.
 */

interface Heads {
  /** Matches the last word of the mention. */
  readonly head: RegExp;
  /** Matches the words that stand in front of it. */
  readonly modifier: RegExp;
}

const organs =
  'bladder|blood|bone|brain|breast|colon|ear|eye|heart|kidney|liver|lung|muscle|nerve|ovary|pancreas|prostate|rectum|skin|stomach|thyroid|uterus';
const adjective = String.raw`[\p{L}-]{2,}(?:al|an|ar|ary|eal|ed|ent|ic|ine|ive|oid|ous)`;

const heads: ReadonlyMap<EntityType, Heads> = new Map([
  [
    'Disease',
    {
      head: /^(?:adenoma|ana?emia|arthritis|cancer|carcinoma|cirrhosis|deficienc|dementia|disease|disorder|dystroph|failure|fibrosis|h(?:a)?emorrhage|hypertension|infection|injur|leuka?emia|lymphoma|malformation|metastas|myopath|neoplasm|neuropath|sarcoma|stenos|syndrome|thrombos|tumou?r|ulcer)(?:s|y|ies|[ei]s)?$/u,
      modifier: new RegExp(`^(?:${organs}|${adjective}|\\p{Lu}\\p{Ll}+['’]s?)$`, 'iu'),
    },
  ],
  [
    'Gene',
    {
      head: /^(?:cadherins|collagens|cyclins|integrins|interferons|kinases|phosphatases|proteases|receptors|tubulins)$/u,
      modifier: /^\p{L}\p{Ll}{4,}$/u,
    },
  ],
  [
    'Chemical',
    {
      head: /^(?:acetates|acids?|alcohols|bromides|carbonates|chlorides|fluorides|hydroxides|iodides|nitrates|nitrites|oxides|phosphates|sul(?:f|ph)ates|sul(?:f|ph)ides)$/u,
      modifier: /^\p{L}[\p{Ll}-]{2,}(?:ic|um|nc|on|ous|yl)$/u,
    },
  ],
]);

/** The names that share their last word, or undefined. */
export function sharedHead(parts: readonly string[], type: EntityType): readonly string[] | undefined {
  const rule = heads.get(type);
  const last = parts.at(-1) ?? '';
  const [modifier = '', head = '', ...more] = last.split(' ');
  if (rule === undefined || more.length > 0 || !rule.head.test(head) || !rule.modifier.test(modifier))
    return undefined;
  const others = parts.slice(0, -1);
  if (!others.every((text) => rule.modifier.test(text))) return undefined;
  return [...others.map((text) => `${text} ${singularPhrase(head)}`), last];
}
