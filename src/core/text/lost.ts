/** Things that a sentence names only as missing, removed or blocked: `vitamin D deficiency`, `knockdown of HMGB1`. */
import { dashes } from '../characters';
import type { EntityType, Span } from '../types';
import { finiteVerb } from './cueLexicon';

const nounsOfAny =
  'deficiency|loss|lack|absence|depletion|deprivation|withdrawal|discontinuation|cessation|restriction|removal|chelation|blockade|ablation';
const nounsOfGenes =
  'deletion|knock-?down|knock-?out|silencing|inactivation|haploinsufficiency|down-?regulation|disruption|inhibition|suppression|repression|abrogation|neutrali[sz]ation';
const nounsOfBlockers = 'antagonists?|blockers?';
const nounsOfInhibitors = 'inhibitors?|siRNAs?|shRNAs?';

/** Words between a name and the noun: `SIRT1 protein deficiency`, `histamine H1 receptor antagonists`. */
const between = String.raw`(?:\s+(?:gene|protein|expression|activity|function|signall?ing|tyrosine|kinase|mRNA|receptor|\p{Lu}\d)){0,2}[\s${dashes}]+`;

/** `X deficiency`, but not `aspirin inhibition of platelets`. */
const nounAfter = { any: afterName(''), gene: afterName(`|${nounsOfGenes}|${nounsOfInhibitors}`) };

function afterName(more: string): RegExp {
  return new RegExp(
    `^${between}(${nounsOfAny}|${nounsOfBlockers}${more})(?![\\p{L}\\p{N}])(?!\\s+of\\b)`,
    'iu',
  );
}

/** `anti-TNF therapy`, `neutralizing VEGF antibodies` and `antibodies against VEGF`: what is meant is a blockade. */
const antibodyBefore = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:anti[${dashes}]|antibod(?:y|ies)\s+(?:against|targeting)\s+(?:the\s+)?|neutrali[sz]ing\s+)$`,
  'iu',
);
const blockade = 'blockade';

/** Adjectives for a gene that is missing, as alternatives of regular expressions: `SIRT1-deficient`, `Atm-null`. */
export const lackingAdjectives = 'deficient|null|depleted|knock-?out';

/** `SIRT1-deficient`, `Atm-null`, `gluten-free`, `p53-/-`. */
const adjectiveAfter = new RegExp(
  `^(?:[${dashes}]free(?![\\p{L}\\p{N}])|[\\s${dashes}]?(?:${lackingAdjectives}|deleted|deprived|KO)(?![\\p{L}\\p{N}])|\\s?\\(?[${dashes}]/[${dashes}])`,
  'iu',
);
/** `loss of the tumour suppressor X`. */
const nounBefore = new RegExp(
  String.raw`(?<![\p{L}\p{N}${dashes}])(?:(${nounsOfAny}|${nounsOfGenes})\s+(?:of|from)|(${nounsOfInhibitors}|${nounsOfBlockers})\s+(?:of|for|to|against))\s+(?:(?!(?:by|with|in|on|from|and|or|after|to|of)\s|${finiteVerb})[\p{L}\p{N}-]+\s+){0,3}$`,
  'iu',
);
/** `inhibition of X-induced growth` takes the growth away, and not X. */
const causeAfter = new RegExp(`^[${dashes}]\\s?\\p{L}+(?:ed|ent)(?!\\p{L})`, 'iu');
/** `cells lacking X`, `silencing X`. */
const wordBefore = new RegExp(
  String.raw`(?<![\p{L}\p{N}${dashes}])(?:lack(?:s|ed|ing)?|deficient (?:in|for)|devoid of|depleted of|deprived of|silencing|deleting|depleting|inhibiting|blocking|knocking (?:down|out))\s+(?:the\s+|functional\s+|endogenous\s+)*$`,
  'iu',
);
/** `mice in which X was deleted`. */
const passiveAfter =
  /^\s+(?:is|was|are|were|(?:has|have|had) been)\s+(?:deleted|knocked|silenced|ablated|depleted|inactivated|inhibited|blocked|lost|absent|disrupted)(?!\p{L})/iu;
const inWhich = /\b(?:when|if|once|after|where|whose|in (?:which|whom))\b[^,;:]*$/iu;

/** `Discontinuation of X because of Y` does not say what the discontinuation does. */
const ended = /^(?:withdrawal|discontinuation|cessation)$/iu;
const becauseOf =
  /\b(?:because|due to|owing to|on account of|as a result of|for (?:safety|toxicity|adverse))\b/iu;

/**
 * The noun for the loss of a name at a place of a text: `knockdown`, or `loss` for `cells lacking X`.
 *
 * @param type The type of the name. What inhibits a gene takes it away; the inhibition by a chemical does not.
 * @returns undefined if the name is not lost there.
 */
export function lossAt(text: string, { start, end }: Span, type: EntityType | undefined): string | undefined {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const noun = (type === 'Gene' ? nounAfter.gene : nounAfter.any).exec(after)?.[1] ?? nounIn(before, after);
  if (noun === undefined && antibodyBefore.test(before)) return blockade;
  if (noun !== undefined) return ended.test(noun) && becauseOf.test(after) ? undefined : noun.toLowerCase();
  const isLost =
    adjectiveAfter.test(after) ||
    wordBefore.test(before) ||
    (passiveAfter.test(after) && inWhich.test(before));
  return isLost ? 'loss' : undefined;
}

/** The noun before a name. */
function nounIn(before: string, after: string): string | undefined {
  const found = nounBefore.exec(before);
  return found && !causeAfter.test(after) ? (found[1] ?? found[2]) : undefined;
}
