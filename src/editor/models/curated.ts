import type { ModelTask } from '../../protocol/engine';

/** A checkpoint on the hub that others have published. */
export interface CuratedModel {
  readonly repository: string;
  readonly task: ModelTask;
  /** What it was trained on, as its name says. */
  readonly training: string;
}

/**
 * Fine-tuned BERTs for biomedical text, by the names under which they are known. The hub could not be reached when this
 * list was made: that they are still there, their sizes, licences and scores were NOT checked, so none is claimed. Size
 * and licence are asked of the hub before a download. The paper's own release has encoders alone (dmis-lab/
 * biobert-base-cased-v1.1 and its like), which do no task before they are fine-tuned, and reads SQuAD; the published
 * scores of the paper are those of models that were never released.
 */
export const curatedModels: readonly CuratedModel[] = [
  { repository: 'alvaroalon2/biobert_genetic_ner', task: 'token-classification', training: 'BioBERT, genes' },
  { repository: 'alvaroalon2/biobert_diseases_ner', task: 'token-classification', training: 'BioBERT, diseases' },
  { repository: 'alvaroalon2/biobert_chemical_ner', task: 'token-classification', training: 'BioBERT, chemicals' },
  { repository: 'dmis-lab/biobert-base-cased-v1.1-squad', task: 'question-answering', training: 'BioBERT 1.1, SQuAD 1' },
  { repository: 'dmis-lab/biobert-large-cased-v1.1-squad', task: 'question-answering', training: 'BioBERT-large 1.1, SQuAD 1' },
  { repository: 'ktrapeznikov/biobert_v1.1_pubmed_squad_v2', task: 'question-answering', training: 'BioBERT 1.1, SQuAD 2' },
];
