import type { ModelTask } from '../../protocol/tasks';

/** A published checkpoint on the hub. */
export interface CuratedModel {
  readonly repository: string;
  readonly task: ModelTask;
  /** The encoder that it was fine-tuned from. */
  readonly encoder: string;
  /** The corpora that it was fine-tuned on, as far as its page names them. */
  readonly training: string;
  /** Size of the weights in fp32, from its list of files or computed from its configuration. */
  readonly megabytes: number;
  /** The licence on its page. Undefined if no page that could be read names one. */
  readonly license?: string;
  /** The score that its page states. It was measured by its authors and was not verified. */
  readonly score?: string;
}

/** Sizes of the encoders in megabytes. They differ by architecture and by vocabulary. */
const size = { base: 433, pubmed: 438, large: 1453, bioformer: 171, distil: 266 } as const;

const curated =
  (task: ModelTask) =>
  (model: Omit<CuratedModel, 'task'>): CuratedModel => ({ ...model, task });

const entities = curated('token-classification');
const relations = curated('relation-extraction');
const questions = curated('question-answering');

/**
 * Fine-tuned BERT models for biomedical text. The hub could not be reached when this list was made, so the data comes
 * from copies of the model pages, which models/others.md lists. It is NOT known whether the models are still available.
 * The extension requests size and licence from the hub before a download.
 *
 * The authors of the BioBERT paper released only encoders (such as dmis-lab/biobert-v1.1), which need fine-tuning before
 * they can do a task, and models for SQuAD. The scores in the paper belong to models that were never released.
 */
export const curatedModels: readonly CuratedModel[] = [
  entities({
    repository: 'alvaroalon2/biobert_genetic_ner',
    encoder: 'BioBERT',
    training: 'JNLPBA, BC2GM',
    megabytes: size.base,
    license: 'apache-2.0',
  }),
  entities({
    repository: 'alvaroalon2/biobert_diseases_ner',
    encoder: 'BioBERT',
    training: 'BC5CDR-diseases, NCBI-diseases',
    megabytes: size.base,
    license: 'apache-2.0',
  }),
  entities({
    repository: 'alvaroalon2/biobert_chemical_ner',
    encoder: 'BioBERT',
    training: 'BC5CDR-chemicals, BC4CHEMD',
    megabytes: size.base,
    license: 'apache-2.0',
  }),
  entities({
    repository: 'pruas/BENT-PubMedBERT-NER-Gene',
    encoder: 'PubMedBERT',
    training: 'BENT: genes',
    megabytes: size.pubmed,
    license: 'apache-2.0',
  }),
  entities({
    repository: 'pruas/BENT-PubMedBERT-NER-Disease',
    encoder: 'PubMedBERT',
    training: 'BENT: diseases',
    megabytes: size.pubmed,
    license: 'apache-2.0',
  }),
  entities({
    repository: 'pruas/BENT-PubMedBERT-NER-Chemical',
    encoder: 'PubMedBERT',
    training: 'BENT: chemicals',
    megabytes: size.pubmed,
    license: 'apache-2.0',
  }),
  entities({
    repository: 'bioformers/bioformer-8L-ncbi-disease',
    encoder: 'Bioformer-8L',
    training: 'NCBI Disease',
    megabytes: size.bioformer,
    license: 'apache-2.0',
  }),
  entities({
    repository: 'bioformers/bioformer-cased-v1.0-bc2gm',
    encoder: 'Bioformer-8L',
    training: 'BC2GM',
    megabytes: size.bioformer,
  }),
  entities({
    repository: 'd4data/biomedical-ner-all',
    encoder: 'DistilBERT',
    training: 'MACCROBAT',
    megabytes: size.distil,
    license: 'apache-2.0',
  }),
  relations({
    repository: 'JacopoBandoni/BioBertRelationGenesDiseases',
    encoder: 'BioBERT',
    training: 'GAD: @GENE$, @DISEASE$',
    megabytes: size.base,
    license: 'afl-3.0',
  }),
  relations({
    repository: 'ChrisUPM/BioBERT_Re_trained',
    encoder: 'BioBERT',
    training: 'GAD',
    megabytes: size.base,
  }),
  relations({
    repository: 'jialicheng/pubmedbert-fulltext-ddi',
    encoder: 'PubMedBERT',
    training: 'DDI',
    megabytes: size.pubmed,
    license: 'mit',
  }),
  relations({
    repository: 'wesin/pubmedbert-relation-extraction',
    encoder: 'PubMedBERT',
    training: 'ChemProt, BC5CDR, GAD, BioRED, DDI: [E1] [/E1]',
    megabytes: size.pubmed,
    license: 'mit',
    score: 'macro F1 73.5',
  }),
  relations({
    repository: 'Glasgow-AI4BioMed/synthetic_relex',
    encoder: 'PubMedBERT',
    training: 'PubTator, labelled by Llama 3.3: [E1] [/E1]',
    megabytes: size.pubmed,
    license: 'mit',
  }),
  questions({
    repository: 'dmis-lab/biobert-base-cased-v1.1-squad',
    encoder: 'BioBERT 1.1',
    training: 'SQuAD 1',
    megabytes: size.base,
  }),
  questions({
    repository: 'dmis-lab/biobert-large-cased-v1.1-squad',
    encoder: 'BioBERT-large 1.1',
    training: 'SQuAD 1',
    megabytes: size.large,
  }),
  questions({
    repository: 'ktrapeznikov/biobert_v1.1_pubmed_squad_v2',
    encoder: 'BioBERT 1.1',
    training: 'SQuAD 2',
    megabytes: size.base,
    score: 'SQuAD 2 dev F1 79.4',
  }),
  questions({
    repository: 'franklu/pubmed_bert_squadv2',
    encoder: 'PubMedBERT',
    training: 'SQuAD 2',
    megabytes: size.pubmed,
  }),
  questions({
    repository: 'bioformers/bioformer-cased-v1.0-squad1',
    encoder: 'Bioformer-8L',
    training: 'SQuAD 1',
    megabytes: size.bioformer,
    score: 'SQuAD 1 dev F1 85.9',
  }),
];
