import type { ModelTask } from '../../protocol/tasks';

/** A checkpoint on the hub that others have published. */
export interface CuratedModel {
  readonly repository: string;
  readonly task: ModelTask;
  /** The encoder that it was fine-tuned from. */
  readonly encoder: string;
  /** The corpora that it was fine-tuned on, or what its page says of them. */
  readonly training: string;
  /** Of the weights in fp32, as its files were listed or as its shape gives. */
  readonly megabytes: number;
  /** As its page names it. Absent where no page that could be read does. */
  readonly license?: string;
  /** As its own page claims it; measured by its makers, not here. */
  readonly score?: string;
}

/** BERT-base with the vocabularies of BERT cased and PubMedBERT, BERT-large with that of BioBERT-large, and smaller ones. */
const size = { base: 433, pubmed: 438, large: 1453, bioformer: 171, distil: 266 } as const;

const curated =
  (task: ModelTask) =>
  (model: Omit<CuratedModel, 'task'>): CuratedModel => ({ ...model, task });

const entities = curated('token-classification');
const relations = curated('relation-extraction');
const questions = curated('question-answering');

/**
 * Fine-tuned BERTs for biomedical text. The hub could not be reached when this list was made: that they exist, and what
 * is said of them, was read in copies of their pages; models/others.md names each. That they are still there is NOT
 * known. Size and licence are asked of the hub before a download. The paper's own release has encoders alone
 * (dmis-lab/biobert-v1.1 and its like), which do no task before they are fine-tuned, and readers of SQuAD; the
 * published scores of the paper are those of models that were never released.
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
