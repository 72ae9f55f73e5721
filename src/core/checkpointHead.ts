import { BioBertError, errorCodes } from './errors';

/** The task that the last layer of a checkpoint was trained for. An `encoder` has no such layer. */
export const heads = [
  'token-classification',
  'question-answering',
  'sequence-classification',
  'encoder',
] as const;
export type Head = (typeof heads)[number];

export const supportedArchitectures =
  'BERT and DistilBERT, with absolute positions: BioBERT, PubMedBERT, BioLinkBERT, SciBERT, Bioformer and their like';

/**
 * Reads the head from `architectures` of a checkpoint's `config.json`.
 *
 * @example headOf({ architectures: ['BertForQuestionAnswering'] }) // 'question-answering'
 * @returns undefined if the configuration names no architecture.
 * @throws {BioBertError} CHECKPOINT_UNSUPPORTED for another head, multiple choice for example.
 */
export function headOf(config: Readonly<Record<string, unknown>>): Head | undefined {
  const names = Object.hasOwn(config, 'architectures') ? config['architectures'] : undefined;
  const name: unknown = Array.isArray(names) ? names[0] : undefined;
  if (typeof name !== 'string') return undefined;
  if (name.endsWith('ForTokenClassification')) return 'token-classification';
  if (name.endsWith('ForQuestionAnswering')) return 'question-answering';
  if (name.endsWith('ForSequenceClassification')) return 'sequence-classification';
  if (/(?:Model|ForPreTraining|ForMaskedLM|ForNextSentencePrediction)$/u.test(name)) return 'encoder';
  throw new BioBertError(
    errorCodes.CHECKPOINT_UNSUPPORTED,
    `The checkpoint has the last layer of ${JSON.stringify(name)}.`,
    `Choose a checkpoint of ${supportedArchitectures}.`,
  );
}
