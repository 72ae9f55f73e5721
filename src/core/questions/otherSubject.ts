/** Whether a passage or a sentence is about another concept than the question that is put to it. */
import { overlaps } from '../spanOrder';
import type { EntityType, Span } from '../types';
import { type AskedAct, askedAct, saysOppositeOf } from './oppositeVerbs';
import type { PassageName } from './passageNames';
import type { ReadSentence } from './passageSentences';
import type { Anchor } from './questionAnchors';
import { termsIn } from './questionTerms';
import { isResisted } from '../text/resisted';

/**
 * Names of these types are specific: a passage that lacks one, and a sentence that has another one in its place, is about
 * something else.
 */
const specificTypes: ReadonlySet<EntityType> = new Set<EntityType>(['Chemical', 'Gene', 'Variant']);

/**
 * A disease has one of two roles in a sentence. A `setting` is the disease of those who are studied, or for which a drug
 * is used: "in patients with diabetes", "proposed for the prevention of gout". A `target` is what is prevented or
 * caused. One does not stand in the place of the other.
 */
type DiseaseRole = 'setting' | 'target';

/** The words before and after the name of a disease that is a setting. */
const settingBefore = new RegExp(
  [
    '\\b(?:in|among|during',
    '(?:patients?|people|persons?|subjects|individuals|participants|women|men|children|adults|infants|those|survivors|mice|rats|models?) (?:\\p{L}+ )?(?:with|of)',
    '(?:used|proposed|given|prescribed|indicated|taken|treated|approved|treatment|therapy|surgery|chemotherapy) (?:\\p{L}+ ){0,3}(?:for|of|against))',
  ].join('|') + '\\s+(?:[\\p{L}\\p{N}-]+\\s+){0,3}$',
  'iu',
);
/** The exception: a cause has a role "in" what it causes. */
const causeBefore =
  /\b(?:roles?|involved|implicated|involvement|implication) (?:[\p{L}\p{N}-]+ ){0,4}in\s+(?:[\p{L}\p{N}-]+\s+){0,3}$/iu;
const settingAfter = /^[- ](?:patients?|subjects|cells?|models?|mice|rats|population|survivors|cohort)\b/iu;

/** A question about those who have a disease, whom a sentence on its prevention does not concern. */
const asksForIll =
  /\b(?:advanced|metastatic|recurrent|relapsed|refractory|progressive|established|(?:patients?|people|women|men|children|adults|those) with|treat\w*)\b/iu;
const preventedBefore =
  /\b(?:prevent(?:s|ed|ing|ion of)?|(?:risk|incidence|rate|onset|development) of|protects? against)\s+(?:[\p{L}-]+\s+){0,2}$/iu;
const preventedAfter = /^\s+(?:chemo)?(?:prevention|prophylaxis|incidence|risk)\b/iu;

/** The words before the second of two things that are compared. */
const comparedBefore =
  /\b(?:than|versus|vs\.?|unlike|instead of|in contrast to|compared (?:with|to))\s+(?:that of\s+|with\s+|for\s+|in\s+)?(?:the\s+)?$/iu;

/**
 * Results that are not each other. A sentence without any word of the group that the question asks about reports another
 * result: fewer infarctions are not a lower mortality.
 */
const results: readonly RegExp[] = [
  /\b(?:mortality|deaths?|die[sd]?|dying|dead|fatal\w*|lethal\w*|surviv\w+|live[sd]?|lives|life)\b/iu,
  /\b(?:recurren\w+|recur(?:s|red)?|relaps\w+)\b/iu,
  /\b(?:hospitali[sz]\w+|admi(?:ssions?|tted))\b/iu,
  /\b(?:bleed\w*|bled|ha?emorrhag\w+)\b/iu,
  /\b(?:weight|bmi|body mass|obes\w+|kg)\b/iu,
  /\b(?:quality of life|qol)\b/iu,
];

/** The number of the anchor of a name that the question lacks. */
const none = -1;

/** The text between two names of a list, whose members have the same role. */
const inList = /^\s*(?:[,;/]\s*)?(?:and|or|as well as)\s+$|^\s*[,;/]\s*$/u;

/** Words for tumours of any kind, which in a text about one tumour mean that one, and words for any disease. */
const generalStems = new Set(
  termsIn(
    'cancer cancers tumor tumors tumour tumours neoplasm neoplasms carcinoma malignancy malignancies malignant disease ' +
      'diseases disorder disorders syndrome illness condition lesion lesions primary recurrent advanced metastatic ' +
      'metastasis metastases recurrence death progression toxicity symptom symptoms pain infection infections',
  ).map(({ stem }) => stem),
);

/** Words for the usual form of a disease, which texts leave out: type 2 diabetes, essential hypertension. */
const usualStems = new Set(
  termsIn('type 2 ii mellitus essential arterial systemic adult human clinical unipolar major').map(
    ({ stem }) => stem,
  ),
);

/** The names of a question that a sentence must be about. */
export class QuestionSubject {
  private readonly diseases: readonly { readonly index: number; readonly role: DiseaseRole }[];
  private readonly results: readonly RegExp[];
  private readonly act: AskedAct | undefined;
  private readonly isAboutResistance: boolean;
  private readonly isAboutIll: boolean;

  /** @param question The question as it is put to the passage; its names are `anchors`. */
  constructor(
    question: string,
    private readonly anchors: readonly Anchor[],
  ) {
    const places = anchors.flatMap(({ type, place }, index) =>
      type === 'Disease' && place ? [{ ...place, index }] : [],
    );
    this.diseases = withRoles(question, places).map(({ index, role }) => ({ index, role }));
    this.results = results.filter((words) => words.test(question));
    this.act = askedAct(question, placesIn(question, anchors));
    this.isAboutIll = asksForIll.test(question) && !/prevent|risk|incidence/iu.test(question);
    this.isAboutResistance = /resist|refractor|sensitiv|toleran|failure|na[iï]ve|depend/iu.test(question);
  }

  /**
   * Whether a passage is about something else: it lacks a drug, gene or variant of the question, or it names diseases
   * but not that of the question, which may be paraphrased if it names none. A wider disease is another one: what is
   * said of breast cancer need not be true of triple-negative breast cancer.
   */
  isMissingIn(found: ReadonlySet<number>, sentences: Iterable<ReadSentence>): boolean {
    if (this.missingTypes(found).size > 0) return true;
    const missing = this.diseases.filter(({ index }) => !found.has(index));
    if (missing.length === 0) return false;
    const narrow = missing.flatMap(({ index }) => this.anchors[index]?.stems ?? []);
    return Array.from(sentences).some(
      (sentence) =>
        otherDiseases(sentence, this.anchors).length > 0 ||
        othersIn(sentence).some((name) => isOnly(name, diseaseOnly) && isWider(sentence.text, name, narrow)),
    );
  }

  /**
   * Whether a sentence has another concept in the place of one of the question that it lacks, or speaks of the one of the
   * question in passing only.
   *
   * @param found The names of the question in the sentence, or in the one to which it refers.
   * @param read The sentence with the one to which it refers. Default: it refers to none.
   */
  isReplacedIn(sentence: ReadSentence, found: ReadonlySet<number>, read = sentence.text): boolean {
    const missing = this.missingTypes(found);
    const others = othersIn(sentence);
    if (others.some((name) => isOnly(name, missing))) return true;
    return (
      this.isInPassing(sentence, others) ||
      this.isOtherDiseaseIn(sentence, found) ||
      this.isOnPreventionOnly(sentence) ||
      !this.results.every((words) => words.test(read))
    );
  }

  /**
   * Whether a sentence says the opposite of what the question asks of its object, see `saysOppositeOf`.
   *
   * @param agent The answer that is said to act. Default: what the question names.
   */
  isOppositeIn({ text, places }: ReadSentence, agent?: string): boolean {
    const { act } = this;
    if (act === undefined) return false;
    const objects = places.filter(({ anchor }) => anchor === act.object);
    return saysOppositeOf(act, text, objects, agent);
  }

  /**
   * Whether a drug, gene or variant of the question is named only as that to which something is resistant, or with which
   * another one is compared.
   */
  private isInPassing({ text, places }: ReadSentence, others: readonly PassageName[]): boolean {
    return this.anchors.some(({ type }, index) => {
      if (type === undefined || !specificTypes.has(type)) return false;
      const own = places.filter(({ anchor }) => anchor === index);
      if (own.length === 0) return false;
      if (!this.isAboutResistance && own.every((place) => isResisted(text, place))) return true;
      const isCompared = ({ start }: Span) => comparedBefore.test(text.slice(0, start));
      return others.some((name) => isOnly(name, new Set([type]))) && own.every(isCompared);
    });
  }

  /** Whether a sentence speaks of the prevention of a disease, and the question of those who have it. */
  private isOnPreventionOnly({ text, places }: ReadSentence): boolean {
    if (!this.isAboutIll) return false;
    return this.diseases.some(({ index }) => {
      const own = places.filter(({ anchor }) => anchor === index);
      const isPrevented = ({ start, end }: Span) =>
        preventedBefore.test(text.slice(0, start)) || preventedAfter.test(text.slice(end));
      return own.length > 0 && own.every(isPrevented);
    });
  }

  /** Whether a sentence has another disease in the role that one of the question does not have there. */
  private isOtherDiseaseIn(sentence: ReadSentence, found: ReadonlySet<number>): boolean {
    const asked = sentence.places.filter(({ anchor }) => this.anchors[anchor]?.type === 'Disease');
    const others = otherDiseases(sentence, this.anchors).map(({ start, end }) => ({
      anchor: none,
      start,
      end,
    }));
    const inRoles = withRoles<Span & { readonly anchor: number }>(sentence.text, [...asked, ...others]);
    return this.diseases.some(({ index, role }) => {
      const own = inRoles.filter(({ anchor }) => anchor === index);
      const isThere =
        own.length === 0 ? found.has(index) : role === 'setting' || own.some((each) => each.role === role);
      return !isThere && inRoles.some((each) => each.anchor === none && each.role === role);
    });
  }

  /** The types of the specific names of the question that are not found. */
  private missingTypes(found: ReadonlySet<number>): ReadonlySet<EntityType> {
    return new Set(
      this.anchors.flatMap(({ type }, i) =>
        type !== undefined && specificTypes.has(type) && !found.has(i) ? [type] : [],
      ),
    );
  }
}

/** The places of the names and words of a question in it, with their numbers. */
function placesIn(question: string, anchors: readonly Anchor[]): (Span & { readonly index: number })[] {
  const terms = termsIn(question);
  return anchors.flatMap(({ place, stems }, index) => {
    const found = place ?? terms.find(({ stem }) => stem === stems[0]);
    return found ? [{ start: found.start, end: found.end, index }] : [];
  });
}

/** Adds the role of each name, in the order of the text; the members of a list have the role of its first one. */
function withRoles<Name extends Span>(
  text: string,
  names: readonly Name[],
): readonly (Name & { readonly role: DiseaseRole })[] {
  const found: (Name & { readonly role: DiseaseRole })[] = [];
  for (const name of [...names].sort((a, b) => a.start - b.start)) {
    const before = found.at(-1);
    const isListed = before !== undefined && inList.test(text.slice(before.end, name.start));
    const role = isListed ? before.role : isSetting(text, name) ? 'setting' : 'target';
    found.push({ ...name, role });
  }
  return found;
}

function isSetting(text: string, { start, end }: Span): boolean {
  const before = text.slice(0, start);
  return (settingBefore.test(before) && !causeBefore.test(before)) || settingAfter.test(text.slice(end));
}

/** The names of a sentence that are not names of the question. */
function othersIn({ names, places }: ReadSentence): readonly PassageName[] {
  return names.filter((name) => !places.some((place) => overlaps(place, name)));
}

/** The diseases of a sentence that the question does not name, not even in a general word such as "cancer". */
function otherDiseases(sentence: ReadSentence, anchors: readonly Anchor[]): readonly PassageName[] {
  const asked = new Set(anchors.flatMap(({ stems }) => stems));
  return othersIn(sentence).filter(
    (name) =>
      isOnly(name, diseaseOnly) &&
      !stemsOf(sentence.text, name).every((stem) => generalStems.has(stem) || asked.has(stem)),
  );
}

/** Whether the name of a disease has some words of a narrower one, and lacks one that tells kinds apart. */
function isWider(text: string, name: Span, narrow: readonly string[]): boolean {
  const stems = stemsOf(text, name);
  const isKind = (stem: string) => !generalStems.has(stem);
  return (
    stems.some((stem) => isKind(stem) && narrow.includes(stem)) &&
    narrow.some((stem) => isKind(stem) && !usualStems.has(stem) && !stems.includes(stem))
  );
}

function stemsOf(text: string, { start, end }: Span): readonly string[] {
  return termsIn(text.slice(start, end)).map(({ stem }) => stem);
}

const diseaseOnly: ReadonlySet<EntityType> = new Set<EntityType>(['Disease']);

/** Whether a name has one possible type, which is one of these. */
function isOnly({ types }: PassageName, wanted: ReadonlySet<EntityType>): boolean {
  const [type, ...more] = types;
  return type !== undefined && more.length === 0 && wanted.has(type);
}
