/** Chooses the sentences that are read for a yes-no question. */
import { Memo } from '../memo';
import { sentenceLetters } from '../records/copiedSentences';
import { sigmoid } from '../tensors/sigmoid';
import type { Span } from '../types';
import { type LossFinder, lossFinder } from './lostAgent';
import { QuestionSubject } from './otherSubject';
import { withDrugNames } from './drugNames';
import type { NameReader } from './passageNames';
import { PassageSentences } from './passageSentences';
import { type Anchor, anchorsOf } from './questionAnchors';
import { relevanceOf } from './relevance';
import { withVariantNames } from './variantNames';

/** A sentence to read, with the sentence before it in the same passage. */
export interface ClaimSentence {
  readonly passage: number;
  readonly sentence: Span;
  readonly text: string;
  /** The sentence before, to which a pronoun may refer. Empty for the first sentence of a passage. */
  readonly context: string;
  /** Probability that the sentence is about the subject of the question, from its words and names. */
  readonly relevance: number;
  /** The factor of the relevance that the names give: less than 1 if the passage or the sentence is about another one. */
  readonly ofNames: number;
  /** Whether its verb says the opposite of that of the question. It cannot support the claim. */
  readonly isOpposite: boolean;
  /** The question about the loss of what acts, if the sentence speaks of that. Its answer is the opposite one. */
  readonly lossQuestion?: string | undefined;
}

/** A yes-no question and the passages to read, best first. */
export interface Claim {
  readonly texts: readonly string[];
  /** Returns the question as it is put to a passage. */
  readonly questionOf: (passage: number) => string;
  /** Returns the key of the paper that a passage is from. */
  readonly paperOf: (passage: number) => string;
  /** Finds the names of concepts. Default: only drugs that are recognised by their ending are names. */
  readonly names?: NameReader | undefined;
}

/** Maximum number of sentences that are read for one question, so that its time is bounded. */
const maxSentences = 120;

/**
 * Share of the words and names of a question in a passage at which the relevance is 0.5, and the slope there. They were
 * chosen on the dev questions of verdicts.
 */
const ofPassage = { even: 0.3, steepness: 12 };

/** The same for a sentence, with the one before it if a word refers to that. */
const ofSentence = { even: 0.2, steepness: 10 };

/** Factor of the relevance of a passage or a sentence that is about something else. It cannot decide. */
const withoutName = 0.3;

/** Words that may stand for a name in the sentence before. */
const anaphor =
  /\b(?:it|its|they|their|them|this|these|both|such|neither|(?:the|this|these|no) (?:\p{L}+ )?(?:drugs?|treatments?|therap(?:y|ies)|agents?|compounds?|interventions?|inhibitors?|antibod(?:y|ies)|vaccines?|supplements?|genes?|proteins?|enzymes?|receptors?|kinases?|mutations?|hormones?|groups?)|treatment|treated)\b/iu;

/**
 * The sentences of the passages that are about the subject of the question, in the order of the passages. Each has at
 * least one word or name of the question, or begins with a pronoun after such a sentence. If there are too many, those
 * that share the most words with the question are chosen. Sentences that ask are left out, and one that several passages
 * of one paper contain is read once.
 */
export function claimSentences(claim: Claim): ClaimSentence[] {
  const { texts, questionOf, paperOf } = claim;
  const names = withVariantNames(withDrugNames(claim.names));
  const known = new Set<string>();
  const asked = new Memo<string, Asked>(texts.length);
  const askedOf = (question: string) =>
    asked.get(question, () => {
      const anchors = anchorsOf(question, names);
      const subject = new QuestionSubject(question, anchors);
      return { anchors, subject, lossIn: lossFinder(question, anchors) };
    });
  const sentences = texts.flatMap((text, passage) => {
    const isNew = (sentence: string) => {
      const key = `${paperOf(passage)}\n${sentenceLetters(sentence)}`;
      if (known.has(key)) return false;
      known.add(key);
      return true;
    };
    return sentencesOf({ text, passage, ...askedOf(questionOf(passage)), names, isNew });
  });
  return sentences.length <= maxSentences ? sentences : closest(sentences, questionOf);
}

/** The names and words of a question. */
interface Asked {
  readonly anchors: readonly Anchor[];
  readonly subject: QuestionSubject;
  readonly lossIn: LossFinder | undefined;
}

interface ClaimPassage extends Asked {
  readonly text: string;
  readonly passage: number;
  readonly names: NameReader | undefined;
  readonly isNew: (sentence: string) => boolean;
}

function sentencesOf({
  text: passageText,
  passage,
  anchors,
  subject,
  lossIn,
  names,
  isNew,
}: ClaimPassage): ClaimSentence[] {
  const read = new PassageSentences(passageText, anchors, names);
  const passageRelevance = relevanceIn(anchors, read.anchorsOfPassage, ofPassage);
  const ofPassageNames = subject.isMissingIn(read.anchorsOfPassage, read.all()) ? withoutName : 1;
  const placesIn = (span: Span | undefined) => (span ? read.at(span).places : []);
  const { spans } = read;
  return spans.flatMap((sentence, i): ClaimSentence[] => {
    const text = passageText.slice(sentence.start, sentence.end);
    // A sentence that asks states nothing.
    if (text.trimEnd().endsWith('?') || read.anchorsAt(sentence).size === 0 || !isNew(text)) return [];
    const before = spans[i - 1];
    const context = before ? passageText.slice(before.start, before.end) : '';
    const places = anaphor.test(text) ? [...placesIn(sentence), ...placesIn(before)] : placesIn(sentence);
    const found = new Set(places.map(({ anchor }) => anchor));
    const own = relevanceIn(anchors, found, ofSentence);
    const isReplaced = subject.isReplacedIn(
      read.at(sentence),
      read.anchorsAt(sentence),
      read.textAt(sentence),
    );
    const loss = lossIn?.(read.at(sentence));
    const isOther = isReplaced || loss?.isAmbiguous === true;
    const ofNames = ofPassageNames * (isOther ? withoutName : 1);
    const relevance = passageRelevance * own * ofNames;
    const isOpposite = subject.isOppositeIn(read.at(sentence));
    const lossQuestion = loss?.question;
    return [{ passage, sentence, text, context, relevance, ofNames, isOpposite, lossQuestion }];
  });
}

/** The relevance of a text, from the share of the words and names of the question that it has. */
function relevanceIn(
  anchors: readonly Anchor[],
  found: ReadonlySet<number>,
  { even, steepness }: typeof ofPassage,
): number {
  const weightOf = (some: readonly Anchor[]) => some.reduce((sum, { weight }) => sum + weight, 0);
  const total = weightOf(anchors);
  if (total === 0) return 1;
  return sigmoid(steepness * (weightOf(anchors.filter((_, i) => found.has(i))) / total - even));
}

/** The sentences that share the most words with the question, in their order. */
function closest(
  sentences: readonly ClaimSentence[],
  questionOf: (passage: number) => string,
): ClaimSentence[] {
  const closeness = relevanceOf(
    (i) => questionOf(sentences[i]?.passage ?? 0),
    sentences.map(({ text, context }) => `${context} ${text}`),
  );
  const order = [...sentences.keys()].sort((a, b) => (closeness[b] ?? 0) - (closeness[a] ?? 0));
  const chosen = new Set(order.slice(0, maxSentences));
  return sentences.filter((_, i) => chosen.has(i));
}
