/**
 * Sentences on what happens without the thing that a question says to act. `Gankyrin deficiency reduced STAT3 activity`
 * tells that gankyrin activates STAT3, and `vitamin D deficiency causes rickets` that vitamin D prevents it. The stance
 * model reads past the deficiency; asked about the loss instead of the thing, it reads such sentences right.
 */
import type { Span } from '../types';
import { lossAt } from '../text/lost';
import type { Anchor } from './questionAnchors';
import type { ReadSentence } from './passageSentences';
import { termsIn } from './questionTerms';

/** Verbs of which the loss of what acts does the opposite. */
const directed =
  '(?:inhibit|block|suppress|inactivat|reduc|decreas|lower|attenuat|prevent|protect|delay|slow|activat|stimulat|promot|enhanc|' +
  'potentiat|increas|rais|induc|upregulat|up-regulat|downregulat|down-regulat|caus|trigger|provok|aggravat|exacerbat|worsen|' +
  'improv|ameliorat|alleviat|reliev|driv|accelerat|impair|restor|maintain|repress|limit)(?:e|es|s|ed|d|ing)?';

/** `Does X strongly activate …`, with X as its group. */
const activeQuestion = new RegExp(
  String.raw`^(?:does|do|did|can|could|may|might|will|would)\s+(?:the\s+)?(.{2,80}?)\s+(?:\p{L}+ly\s+)?${directed}(?![\p{L}-])`,
  'diu',
);
/** `Is Y activated by X?`, with X as its group. */
const passiveQuestion = new RegExp(
  String.raw`^(?:is|are|was|were)\s+.{2,80}?\s+${directed}\s+by\s+(?:the\s+)?(.{2,80}?)\s*\?*$`,
  'diu',
);

/** Words beside the name of what acts, without which the question is the same. */
const besideName =
  /^(?:the|an?|of|dietary|oral|high|daily|use|uptake|intake|supplement\w*|treatment|therapy|administration|gene|protein|kinase|receptor|expression|overexpression|activation|activity|signall?ing|pathway|levels?)$/iu;

/** A loss that the question would deny by. */
const denying = /^(?:lack|absence)$/u;

/** Whether a gene causes a disease is asked in two senses: mutations that destroy it may cause the disease. */
const causes = /\b(?:cause|lead to|trigger|induce|drive)s?\b|\b(?:caused|induced|driven|triggered) by\b/iu;

/** How a sentence speaks of the loss of an agent. */
export interface AgentLoss {
  /** The question about the loss: `Does deficiency of gankyrin inhibit STAT3?` */
  readonly question: string;
  /** Whether the question has another sense, in which the loss is what is asked about. */
  readonly isAmbiguous: boolean;
}

/** Finds out whether a sentence speaks of the agent of a question only as lost. */
export type LossFinder = (sentence: ReadSentence) => AgentLoss | undefined;

/**
 * Creates the finder of a question.
 *
 * @param anchors The names and words of the question.
 * @returns undefined if the question has no agent, no verb with an opposite, or asks about a loss itself.
 */
export function lossFinder(question: string, anchors: readonly Anchor[]): LossFinder | undefined {
  const agent = agentOf(question);
  if (!agent) return undefined;
  const index = anchorIn(agent, question, anchors);
  const anchor = anchors[index];
  if (!anchor) return undefined;
  const { type } = anchor;
  const own = anchor.place ?? agent;
  const beside = question.slice(agent.start, own.start) + question.slice(own.end, agent.end);
  if (!(beside.match(/[\p{L}\p{N}]+/gu) ?? []).every((word) => besideName.test(word))) return undefined;
  if (lossAt(question, own, type) !== undefined) return undefined;
  const isOfDisease = anchors.some((other) => other.type === 'Disease' && other !== anchor);
  const isAmbiguous = type === 'Gene' && isOfDisease && causes.test(question);
  return ({ text, places }) => {
    const mentions = places.filter((place) => place.anchor === index);
    const nouns = mentions.map((place) => lossAt(text, place, type));
    const [noun] = nouns;
    if (noun === undefined || nouns.includes(undefined)) return undefined;
    const lost = `${denying.test(noun) ? 'loss' : noun} of ${question.slice(own.start, own.end)}`;
    const asked = question.slice(0, agent.start) + lost + question.slice(agent.end);
    return { question: asked, isAmbiguous };
  };
}

/** The place of what a question says to act. */
function agentOf(question: string): Span | undefined {
  const place = (activeQuestion.exec(question) ?? passiveQuestion.exec(question))?.indices?.[1];
  return place && { start: place[0], end: place[1] };
}

/** The number of the first name of an agent, or of its first word. @returns -1 if it has none. */
function anchorIn(agent: Span, question: string, anchors: readonly Anchor[]): number {
  const isInside = ({ start, end }: Span) => start >= agent.start && end <= agent.end;
  const named = anchors.findIndex(({ place }) => place && isInside(place));
  if (named >= 0) return named;
  const [first] = termsIn(question.slice(agent.start, agent.end));
  return anchors.findIndex(({ place, stems }) => !place && first !== undefined && stems[0] === first.stem);
}
