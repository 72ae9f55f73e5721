import * as z from 'zod';
import { toDocument } from '../../../core/documents/place';
import { roundProbability } from '../../../core/exports/mention';
import type { Entity, PassageAnswer, Span, Verdict } from '../../../core/types';
import { type ConceptFacts, modelFacts, type NameFacts, nameFacts } from '../conceptFacts';
import type { FolderPassage } from '../folderSource';
import { type Quote, Quoter } from '../quotes';
import { defineTool, folderFacts, maxInput } from '../tool';

const input = z.strictObject({
  question: z
    .string()
    .trim()
    .min(1)
    .max(maxInput)
    .describe('One question in one sentence, as in "Does aspirin prevent colorectal cancer?"'),
});

/** Answers a question from the sentences of the folder. */
export const askFolder = defineTool({
  name: 'biobert_ask',
  title: 'Ask the folder',
  description:
    'Answers a biomedical question from the papers and notes of the open folder alone: names and numbers, lists, or yes and no with the sentences for and against. Gives each sentence with its place, to be cited as it is. If the sentences settle nothing, it says so: do not answer from elsewhere without saying that.',
  input,
  run: async ({ question }, source, signal) => {
    const state = await source.refresh(signal);
    const { result, passages, papers, otherDocuments } = await source.ask(question, signal);
    const searched = { papers, otherDocuments };
    if (!result) return { folder: folderFacts(state), searched, answers: [] };
    const quoter = new Quoter(source, signal);
    const asked = new Set(passages.map(({ document }) => document));
    const names = new Map(
      (await source.entities(signal, asked)).map((each) => [each.document, each.entities]),
    );
    const places = new PassageQuotes(passages, quoter, names);
    const found = result.verdict
      ? { verdict: await places.verdict(result.verdict) }
      : { answers: await places.answers(result.answers) };
    return {
      folder: folderFacts(state, quoter.outdated),
      model: modelFacts(result.model),
      searched,
      kind: result.kind,
      ...found,
    };
  },
});

/** Maximum number of further places of an answer. */
const maxOtherPlaces = 5;

/** A sentence with the names in it. */
interface NamedQuote extends Quote {
  readonly names: readonly NameFacts[];
}

/** Quotes the sentences of answers, which are places in passages. */
class PassageQuotes {
  /** @param entities The entities of each document. */
  constructor(
    private readonly passages: readonly FolderPassage[],
    private readonly quoter: Quoter,
    private readonly entities: ReadonlyMap<string, readonly Entity[]>,
  ) {}

  async verdict({ answer, yes, no, open, papers, sentences }: Verdict): Promise<object> {
    const quoted = await Promise.all(
      sentences.map(async ({ passage, sentence, stance, probability }) => {
        const quote = await this.named(passage, sentence);
        return quote ? [{ stance, probability: roundProbability(probability), ...quote }] : [];
      }),
    );
    const probabilities = {
      yes: roundProbability(yes),
      no: roundProbability(no),
      notSettled: roundProbability(open),
    };
    return {
      answer: answer === 'open' ? 'not settled' : answer,
      probabilities,
      papers,
      sentences: quoted.flat(),
    };
  }

  async answers(answers: readonly PassageAnswer[]): Promise<readonly object[]> {
    const quoted = await Promise.all(
      answers.map(async (answer) => {
        const { passage, text, otherNames = [], probability, sentence, otherOccurrences } = answer;
        const quote = await this.named(passage, sentence);
        if (!quote) return [];
        const alsoIn = await Promise.all(
          otherOccurrences
            .slice(0, maxOtherPlaces)
            .map((each) => this.quote(each.passage, this.sentenceAt(each))),
        );
        return [
          {
            answer: text,
            ...(otherNames.length > 0 && { otherNames }),
            concepts: this.conceptsAt(answer),
            probability: roundProbability(probability),
            ...quote,
            alsoIn: alsoIn.filter((each) => each !== undefined),
          },
        ];
      }),
    );
    return quoted.flat();
  }

  private sentenceAt({ passage, start, end }: Span & { readonly passage: number }): Span {
    const sentences = this.passages[passage]?.passage.sentences ?? [];
    return sentences.findLast((each) => each.start <= start) ?? { start, end };
  }

  /** The concepts that the characters of an answer name in its document. */
  private conceptsAt({ passage: index, start, end }: PassageAnswer): readonly ConceptFacts[] {
    const { document, passage } = this.passageAt(index);
    const named = this.namesIn(document, toDocument(passage, start, end));
    return [...new Map(named.flatMap(({ concepts }) => concepts).map((each) => [each.id, each])).values()];
  }

  private async named(index: number, sentence: Span): Promise<NamedQuote | undefined> {
    const quote = await this.quote(index, sentence);
    return quote && { ...quote, names: this.namesIn(this.passageAt(index).document, quote) };
  }

  private quote(index: number, { start, end }: Span): Promise<Quote | undefined> {
    const { document, passage } = this.passageAt(index);
    const { publication, citation } = passage;
    const sentence = passage.text.slice(start, end);
    const place = toDocument(passage, start, end);
    return this.quoter.indexed({ document, ...place, sentence, publication, citation });
  }

  private namesIn(document: string, { start, end }: Span): readonly NameFacts[] {
    const entities = this.entities.get(document) ?? [];
    return entities.filter((each) => each.start < end && each.end > start).map((each) => nameFacts(each));
  }

  private passageAt(index: number): FolderPassage {
    const found = this.passages[index];
    if (!found) throw new RangeError('An answer names a passage that was not sent.');
    return found;
  }
}
