import { BioBertError, errorCodes } from './errors';
import { ownValue } from './ownValue';

/** The task that the last layer of a checkpoint was trained for. An `encoder` has no such layer. */
export const heads = [
  'token-classification',
  'question-answering',
  'sequence-classification',
  'encoder',
] as const;
export type Head = (typeof heads)[number];

/** Suffixes of the class names in transformers, by the head that the class adds to an encoder. */
export const classSuffixes = {
  'token-classification': 'ForTokenClassification',
  'question-answering': 'ForQuestionAnswering',
  'sequence-classification': 'ForSequenceClassification',
} as const satisfies Readonly<Record<Exclude<Head, 'encoder'>, string>>;

export const supportedArchitectures =
  'BERT and DistilBERT, with absolute positions: BioBERT, PubMedBERT, BioLinkBERT, SciBERT, Bioformer and their like';

const headsWithClass = heads.filter((head) => head !== 'encoder');

/**
 * Reads the head from `architectures` of a checkpoint's `config.json`.
 *
 * @example headOf({ architectures: ['BertForQuestionAnswering'] }) // 'question-answering'
 * @returns undefined if the configuration names no architecture.
 * @throws {BioBertError} CHECKPOINT_UNSUPPORTED for another head, multiple choice for example.
 */
export function headOf(config: Readonly<Record<string, unknown>>): Head | undefined {
  const names = ownValue(config, 'architectures');
  const name: unknown = Array.isArray(names) ? names[0] : undefined;
  if (typeof name !== 'string') return undefined;
  const head = headsWithClass.find((each) => name.endsWith(classSuffixes[each]));
  if (head !== undefined) return head;
  if (/(?:Model|ForPreTraining|ForMaskedLM|ForNextSentencePrediction)$/u.test(name)) return 'encoder';
  throw new BioBertError(
    errorCodes.CHECKPOINT_UNSUPPORTED,
    `The checkpoint has the last layer of ${JSON.stringify(name)}.`,
    `Choose a checkpoint of ${supportedArchitectures}.`,
  );
}
