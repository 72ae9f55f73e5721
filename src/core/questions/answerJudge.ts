/**
 * Judges whether a span can answer a question, from the words around it. The model scores spans by their likeness to
 * answers; it does not see that a sentence denies one, that it is about another drug, or that the span is no number.
 */
import { covers, overlaps } from '../spanOrder';
import type { EntityType, Span } from '../types';
import type { QuestionWords } from './answerRules';
import { type BesideClass, besideClass } from './classMembers';
import { asksForDenied } from './denial';
import { askedRole, type DrugRole, roleIn } from './drugRole';
import { withDrugNames } from './drugNames';
import { type ExpectedAnswer, expectedAnswer, fitsType } from './expectedAnswer';
import { isGeneric } from './genericNames';
import { QuestionSubject } from './otherSubject';
import { PassageSentences, namesInside, type ReadSentence } from './passageSentences';
import type { NameReader, PassageName } from './passageNames';
import { type Anchor, anchorsOf, nameWeight } from './questionAnchors';
import { auxiliaries } from '../text/auxiliaries';
import { finiteVerb, statingVerbs } from '../text/cueLexicon';
import { isManufacturer } from '../text/manufacturers';
import { isResisted } from '../text/resisted';
import { asksForActing } from './resistance';
import { hasValue } from './valueKinds';

/** Numbers that are subtracted from the score of a span, in the unit of the logits. */
export const penalties = {
  /** The span belongs to another part of the sentence: the value of the other group, the antidote of the other drug. */
  part: 10,
  /** The span names a kind of things, or the terminology knows it as a name of another type. */
  type: 5,
  /** The sentence says the opposite of what the question asks: `activates AMPK` for "What inhibits AMPK?" */
  opposite: 10,
  /** A name is asked for, and the span is a clause or a comparison: `sirolimus ameliorates cyclosporine`. */
  clause: 6,
  /** The sentence speaks of another subject of the same type. */
  rival: 8,
  /** The sentence names the disease as a side effect, and the question asks what is treated, or the reverse. */
  role: 6,
  /** The question asks for what is denied, and the sentence denies nothing. */
  affirmed: 8,
  /** The question asks for what acts, and the sentence says that something is resistant to it. */
  resisted: 8,
};

/** The weight of the share of the question's words that the sentence has, and the share that changes nothing. */
export const coverage = { weight: 8, even: 0.6, elsewhere: 0.25 };

/**
 * A logistic regression of "there is an answer" on the shares of the question's words. It was fitted on the questions of
 * 12b and of the training set of 6b, with their own passages, those of another question, and those that share most words
 * among the passages of all other questions. The part of a rival was set: it is too rare there to be fitted.
 */
const support = { here: 5.5, elsewhere: 1.4, missing: -1.3, rival: -3, offset: -1.6 };

interface Shares {
  /** In the sentence. */
  readonly here: number;
  /** In other sentences of the passage only. */
  readonly elsewhere: number;
  /** The share of the names that the passage does not have. */
  readonly missing: number;
}

export interface JudgeInput {
  readonly question: string;
  readonly words: QuestionWords;
  readonly names?: NameReader | undefined;
}

/** The kind of answer that the words of a question ask for. */
interface AskedAnswer {
  readonly expected: ExpectedAnswer | undefined;
  readonly role: DrugRole | undefined;
  readonly isBeside: BesideClass | undefined;
  /** Whether it asks for what is denied, and for what acts. */
  readonly denied: boolean;
  readonly acting: boolean;
}

function askedAnswer(question: string): AskedAnswer {
  return {
    expected: expectedAnswer(question),
    role: askedRole(question),
    isBeside: besideClass(question),
    denied: asksForDenied(question),
    acting: asksForActing(question),
  };
}

/** Judges the spans of passages that are read for one question. */
export class AnswerJudge {
  private readonly names: NameReader;
  private readonly anchors: readonly Anchor[];
  private readonly subject: QuestionSubject;
  private readonly asked: AskedAnswer;
  private readonly passages = new Map<string, PassageSentences>();
  private readonly concepts = new Map<string, string | undefined>();

  constructor(private readonly input: JudgeInput) {
    const { question } = input;
    this.names = withDrugNames(input.names);
    this.anchors = anchorsOf(question, this.names);
    this.subject = new QuestionSubject(question, this.anchors);
    this.asked = askedAnswer(question);
  }

  /**
   * Judges a span. @returns the number to add to its score; -Infinity if it is no answer.
   */
  adjustment(text: string, span: Span): number {
    const passage = this.passageOf(text);
    const sentence = passage.at(span);
    const own = { start: span.start - sentence.start, end: span.end - sentence.start };
    const name = text.slice(span.start, span.end);
    if (span.end > sentence.end) return -Infinity;
    if (this.hasWrongValue(name, sentence, own)) return -Infinity;
    if (this.repeatsConcept(sentence, own)) return -Infinity;
    if (this.asked.expected?.kind === 'entity' && isManufacturer(sentence.text, own)) return -Infinity;
    if (this.asked.isBeside?.(sentence.text, own) === true) return -Infinity;
    const isDenied = sentence.denial.denies(own, sentence.places);
    if (isDenied && !this.asked.denied) return -Infinity;
    const penalty =
      (this.isOfOtherPart(sentence, own) ? penalties.part : 0) +
      (this.hasWrongType(sentence, own) ? penalties.type : 0) +
      (this.isClause(sentence, own) ? penalties.clause : 0) +
      (this.subject.isOppositeIn(sentence, name) ? penalties.opposite : 0) +
      (this.hasRival(sentence, own) ? penalties.rival : 0) +
      (this.hasWrongRole(sentence, own) ? penalties.role : 0) +
      (this.asked.denied && !isDenied ? penalties.affirmed : 0) +
      (this.asked.acting && isResisted(sentence.text, own) ? penalties.resisted : 0);
    const shares = this.sharesOf(passage, span);
    if (shares === undefined) return -penalty;
    return coverage.weight * (shares.here + coverage.elsewhere * shares.elsewhere - coverage.even) - penalty;
  }

  /** The concept that a text names, if it is its name and nothing else. */
  conceptOf(text: string): string | undefined {
    const name = text.replace(article, '');
    const known = this.concepts.get(name);
    if (known !== undefined || this.concepts.has(name)) return known;
    const found = this.names(name).find(({ start, end }) => start === 0 && end === name.length)?.ids[0];
    this.concepts.set(name, found);
    return found;
  }

  /**
   * The whole name of which a span is a part: `multiple myeloma` for `myeloma`, `compound C` for `C`, but not `breast cancer`
   * for `breast`.
   */
  completed(text: string, span: Span): Span {
    const letter = shortLabel.test(text.slice(span.start, span.end));
    const noun = letter ? labelled.exec(text.slice(0, span.start)) : null;
    if (noun) return { start: noun.index, end: span.end };
    const { start: base, names } = this.passageOf(text).at(span);
    const [start, end] = [span.start - base, span.end - base];
    const whole = names.find((name) => name.start <= start && end <= name.end);
    if (whole === undefined || whole.end - whole.start === end - start) return span;
    const own = this.conceptOf(text.slice(span.start, span.end));
    return own === whole.ids[0] ? { start: base + whole.start, end: base + whole.end } : span;
  }

  private passageOf(text: string): PassageSentences {
    const known = this.passages.get(text);
    if (known) return known;
    const passage = new PassageSentences(text, this.anchors, this.names);
    this.passages.set(text, passage);
    return passage;
  }

  /**
   * The part of the logit of "there is an answer" that depends on the sentence of a span. Undefined if the question has
   * no words to compare.
   */
  support(text: string, span: Span): number | undefined {
    const passage = this.passageOf(text);
    const sentence = passage.at(span);
    const own = { start: span.start - sentence.start, end: span.end - sentence.start };
    const shares = this.sharesOf(passage, span);
    if (shares === undefined) return undefined;
    const { here, elsewhere, missing } = shares;
    const rival = this.hasRival(sentence, own) ? support.rival : 0;
    return (
      support.here * here + support.elsewhere * elsewhere + support.missing * missing + rival + support.offset
    );
  }

  /** The shares of the question's words that the sentence has and that other sentences of the passage have. */
  private sharesOf(passage: PassageSentences, span: Span): Shares | undefined {
    // The question has no words that say more than "the study": it is about the text at hand.
    if (!this.anchors.some(({ weight }) => weight >= 1)) return undefined;
    const inSentence = passage.anchorsAt(span);
    const inPassage = passage.anchorsOfPassage;
    let [here, elsewhere, total] = [0, 0, 0];
    let [names, missing] = [0, 0];
    for (const [index, { weight }] of this.anchors.entries()) {
      total += weight;
      if (inSentence.has(index)) here += weight;
      else if (inPassage.has(index)) elsewhere += weight;
      if (weight < nameWeight) continue;
      names += 1;
      if (!inPassage.has(index)) missing += 1;
    }
    return { here: here / total, elsewhere: elsewhere / total, missing: missing / Math.max(1, names) };
  }

  private hasWrongValue(name: string, { text }: ReadSentence, own: Span): boolean {
    if (this.asked.expected?.kind !== 'value') return false;
    const { value } = this.asked.expected;
    if (!hasValue(value, name)) return true;
    return value === 'count' && measure.test(text.slice(own.end)) && !measureAsked.test(this.input.question);
  }

  private hasWrongType(sentence: ReadSentence, own: Span): boolean {
    if (this.asked.expected?.kind !== 'entity') return false;
    if (isGeneric(sentence.text.slice(own.start, own.end))) return true;
    const { type } = this.asked.expected;
    const names = namesInside(sentence, own);
    const fits = ({ types }: PassageName) => [...types].some((other) => fitsType(other, type));
    return names.length > 0 && !names.some(fits) && covers(names, own);
  }

  private isClause(sentence: ReadSentence, own: Span): boolean {
    if (this.asked.expected?.kind !== 'entity' && !asksForObject.test(this.input.question)) return false;
    if (!clauseSign.test(sentence.text.slice(own.start, own.end))) return false;
    return !sentence.names.some((name) => name.start <= own.start && own.end <= name.end);
  }

  /** Whether a span is another name of a concept that the question names. */
  private repeatsConcept(sentence: ReadSentence, own: Span): boolean {
    if (this.input.words.isChoice || asksForName.test(this.input.question)) return false;
    const names = namesInside(sentence, own);
    const [name] = names;
    const [id] = name?.ids ?? [];
    if (name === undefined || id === undefined || names.length > 1 || !covers(names, own)) return false;
    // `NF1` is a disease and its gene: a question for the gene is answered by it.
    if (
      this.asked.expected?.kind === 'entity' &&
      name.types.size > 1 &&
      name.types.has(this.asked.expected.type)
    )
      return false;
    return this.anchors.some(({ ids, weight }) => weight > 1 && [...ids][0] === id);
  }

  /** Whether the sentence says what is asked in another of its parallel parts. */
  private isOfOtherPart({ places, parts }: ReadSentence, own: Span): boolean {
    return parts.some((analysis) => {
      const partOf = (span: Span) =>
        analysis.findIndex((part) => part.some((piece) => overlaps(piece, span)));
      const ownPart = partOf(own);
      if (ownPart < 0) return false;
      if (analysis.filter((part) => part.some((piece) => overlaps(piece, own))).length > 1) return true;
      const outside = places.filter((place) => !overlaps(place, own));
      const partsOf = new Map<number, Set<number>>();
      for (const place of outside) {
        const found = partsOf.get(place.anchor) ?? new Set<number>();
        partsOf.set(place.anchor, found.add(partOf(place)));
      }
      let [here, there] = [0, 0];
      for (const [anchor, found] of partsOf) {
        const weight = this.anchors[anchor]?.weight ?? 0;
        if (found.has(-1)) continue;
        if (found.size === 1 && found.has(ownPart)) here += weight;
        if (!found.has(ownPart)) there += weight;
      }
      return there > here;
    });
  }

  /** Whether the sentence names another drug or gene than the question does. */
  private hasRival({ names, places }: ReadSentence, own: Span): boolean {
    const here = new Set(places.map(({ anchor }) => anchor));
    const expectedType = this.asked.expected?.kind === 'entity' ? this.asked.expected.type : undefined;
    const ownTypes = new Set(names.filter((name) => overlaps(name, own)).flatMap(({ types }) => [...types]));
    const others = names.filter(
      (name) => !overlaps(name, own) && !places.some((place) => overlaps(name, place)),
    );
    return this.anchors.some(({ type, weight }, index) => {
      if (type === undefined || weight < nameWeight || here.has(index)) return false;
      if (type === expectedType || ownTypes.has(type) || !specificTypes.has(type)) return false;
      return others.some(({ types }) => types.has(type) && types.size === 1);
    });
  }

  private hasWrongRole(sentence: ReadSentence, own: Span): boolean {
    if (this.asked.role === undefined || this.asked.expected?.kind === 'value') return false;
    const types = namesInside(sentence, own).flatMap((name) => [...name.types]);
    if (types.length > 0 && !types.includes('Disease')) return false;
    if (this.asked.expected?.kind === 'entity' && this.asked.expected.type !== 'Disease') return false;
    const role = roleIn(sentence.text, own);
    return role !== undefined && role !== this.asked.role;
  }
}

/** Types whose names exclude each other. A disease may be named by a wider or a narrower term. */
const specificTypes: ReadonlySet<EntityType> = new Set(['Chemical', 'Gene']);

/** A question for another name of what it names. */
const asksForName =
  /\b(?:stands? for|abbreviat\w*|acronym|synonyms?|(?:generic|brand|trade|other|another|full|alternative|common) names?|(?:also|otherwise) (?:known|called)|active ingredients?|mean)\b/iu;

const article = /^(?:the|an?) /i;

/** A letter or number that is no name without the noun before it. */
const shortLabel = /^(?:\p{Lu}\d?|[IVX]{1,4}|\d{1,2})$/u;
const labelled =
  /(?<![\p{L}\p{N}])(?:compound|coenzyme|vitamin|factor|protein|hepatitis|influenza|caspase|cytochrome|complex|toxin|antigen)\s+$/iu;

/** A verb between other words or before them, a conjunction, or a comparison. */
const clauseSign = new RegExp(
  String.raw`\S\s+(?:${finiteVerb}|(?:${statingVerbs}))\s+\S|^(?:${auxiliaries})\s|\b(?:but|which|that|who|than|superior|inferior)\b`,
  'iu',
);

/** A question for what something acts on, which is a thing and no clause. */
const asksForObject =
  /^what (?:does|do|did)\b.*\b(?:inhibit|block|suppress|antagoni[sz]e|activate|stimulate|induce|bind(?: to)?|target|encode|regulate|phosphorylate|cause|treat|prevent|increase|decrease|reduce)\s*\?*$/iu;

/** A unit after a number: the number counts nothing. */
const measure =
  /^\s*(?:%|per ?cent\b|mg\b|g\b|kg\b|µg\b|mcg\b|ml\b|mL\b|L\b|mm\b|cm\b|mmHg\b|years?\b|months?\b|weeks?\b|days?\b|hours?\b|minutes?\b|h\b|°|IU\b|units?\b)/u;
const measureAsked =
  /\bhow many (?:mg|milligrams?|grams?|years?|months?|weeks?|days?|hours?|minutes?|times|units?|IU)\b/iu;
