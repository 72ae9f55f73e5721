import type { TokenRow } from '../tensors/batch';
import type { Encoding } from '../tokens/encode';
import type { Vocabulary } from '../tokens/vocabulary';
import type { QuestionConfig } from './questionModel';
import type { StanceConfig } from './stance';
import { tokenShapes } from './windows';

/** Number of special tokens in a row: [CLS] and three [SEP]. */
const specialTokens = 4;

/** The tokens of one row. The context is that of the text before the sentence. */
export interface StanceInput {
  readonly question: Encoding;
  readonly sentence: Encoding;
  readonly context: Encoding;
}

/** The tokens `[from, to)` of a text. */
interface Part {
  readonly encoding: Encoding;
  readonly from: number;
  readonly to: number;
}

/**
 * The row `[CLS] question [SEP] sentence [SEP] context [SEP]`. The sentence takes precedence over its context, of which
 * the last tokens are read; a question or a sentence that is too long is truncated.
 */
export function stanceRow(
  { question, sentence, context }: StanceInput,
  vocabulary: Vocabulary,
  config: Pick<StanceConfig, 'maxTokens' | 'contextTokens'> &
    Pick<QuestionConfig, 'maxQuestionTokens' | 'tokenTypes'>,
): TokenRow {
  const count = ({ ids }: Encoding, most: number) => Math.min(ids.length, most);
  const questionCount = count(question, config.maxQuestionTokens);
  const room = config.maxTokens - specialTokens - questionCount;
  const sentenceCount = count(sentence, room);
  const contextCount = count(context, Math.min(config.contextTokens, room - sentenceCount));
  const parts: Part[] = [
    { encoding: question, from: 0, to: questionCount },
    { encoding: sentence, from: 0, to: sentenceCount },
  ];
  const { length } = context.ids;
  if (contextCount > 0) parts.push({ encoding: context, from: length - contextCount, to: length });
  return joinParts(parts, vocabulary, config.tokenTypes);
}

function joinParts(
  parts: readonly Part[],
  vocabulary: Vocabulary,
  tokenTypes: QuestionConfig['tokenTypes'],
): TokenRow {
  const tokens = parts.reduce((sum, { from, to }) => sum + to - from, 0);
  const ids = new Int32Array(tokens + parts.length + 1);
  const types = new Uint8Array(ids.length);
  ids[0] = vocabulary.classifyId;
  let at = 1;
  for (const [index, { encoding, from, to }] of parts.entries()) {
    ids.set(encoding.ids.subarray(from, to), at);
    if (tokenTypes === 'shape') types.set(tokenShapes(encoding).subarray(from, to), at);
    if (tokenTypes === 'segments' && index > 0) types.fill(1, at, at + to - from + 1);
    at += to - from;
    ids[at] = vocabulary.separatorId;
    at += 1;
  }
  return { ids, types };
}
