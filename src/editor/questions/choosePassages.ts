import type { AskedQuestion } from '../../core/questions/askedQuestion';
import { selectPassages } from '../../core/questions/select';
import { rankByWords } from '../../core/questions/words';
import type { TextPassage } from '../../core/types';
import type { PanelEngine } from '../engine/panelEngine';

/** Number of passages that share words with the question and are compared by embedding. */
const comparedPassages = 100;

interface ChosenPassages<Passage> {
  /** Best first. */
  readonly passages: readonly Passage[];
  /** Whether the question model has embeddings, which then were compared. */
  readonly hasEmbeddings: boolean;
}

/** Chooses the passages to read for a question with {@link selectPassages}. @param limit Their largest number. */
export async function choosePassages<Passage extends { readonly passage: TextPassage }>(
  engine: Pick<PanelEngine, 'load' | 'embed'>,
  question: AskedQuestion,
  all: readonly Passage[],
  limit: number,
  signal: AbortSignal,
): Promise<ChosenPassages<Passage>> {
  const { questions } = await engine.load(signal, 'question-answering');
  const hasEmbeddings = questions?.embeddings !== false;
  const embed = (texts: readonly string[]) => engine.embed({ texts, priority: 'interactive' }, { signal });
  const indices = await selectPassages(
    question,
    all.map(({ passage }) => passage.text),
    {
      rank: rankByWords,
      embed: hasEmbeddings ? embed : undefined,
      limits: { readAll: limit, candidates: comparedPassages, read: limit },
    },
  );
  return { passages: indices.flatMap((index) => all[index] ?? []), hasEmbeddings };
}
