"""Reads text without annotated entities, from which the tagger learns what is not a name.

The abstracts of annotated corpora contain no authors, software, section titles or journals. Therefore a tagger that was
trained only on them tags such words in full texts. Two kinds of text correct this: sentences of full texts in which
patterns find such words (only these words are labelled), and prose of other fields, which contains no genes.
"""

import json
import lzma
import random
import re
from collections.abc import Iterator
from pathlib import Path

from ...common.iob import Sentence
from ...common.words import tagged_sentences

#: Tag of words that are no name of any type.
NOTHING = "Nothing"
_NAME = r"[A-Z][a-zà-öø-ÿ]+(?:[-'’][A-Z]?[a-zà-öø-ÿ]+)*"
_SOFTWARE = (
    "ImageJ|Fiji|MATLAB|Matlab|Mathworks|MathWorks|Python|Perl|Java|SPSS|Stata|STATA|SAS|Excel|Prism|GraphPad"
    "|Cytoscape|BLAST|BLASTN|BLASTP|Bowtie2?|TopHat|Cufflinks|SAMtools|Samtools|GATK|BWA|HISAT2?|DESeq2?"
    "|edgeR|limma|Bioconductor|ggplot2|Photoshop|Illustrator|FlowJo|Imaris|CellProfiler|PyMOL|Chimera|Coot"
    "|Phenix|PHENIX|RELION|MaxQuant|Mascot|Perseus|Galaxy|UCSC|Ensembl|GenBank|RefSeq|UniProt|KEGG|STRING"
    "|DAVID|MEDLINE|PubMed|EMBASE|Embase|Cochrane|Scopus|CINAHL|PsycINFO|PRISMA|ClustalW|MAFFT"
    "|RAxML|PhyML|MrBayes|BEAST|LabVIEW|pClamp|Clampfit|ScanImage|FreeSurfer|FSL|EEGLAB|Psychtoolbox"
)
_FIRMS = (
    "Sigma-Aldrich|Sigma|Invitrogen|Qiagen|QIAGEN|Roche|Abcam|Thermo Fisher(?: Scientific)?|Life Technologies"
    "|Promega|Millipore|Merck|Bio-Rad|BioRad|Illumina|Zeiss|Leica|Nikon|Olympus|Santa Cruz"
    "|Cell Signaling(?: Technology)?|BD Biosciences|Jackson (?:Laboratory|ImmunoResearch)|Addgene"
    "|Agilent|Affymetrix|Beckman|GE Healthcare|New England Biolabs|NEB|Clontech|Charles River"
)
_PLACES = "USA|UK|CA|MA|MD|NJ|PA|Germany|Japan|China|France|Switzerland|Netherlands|Canada|Sweden|Denmark"
_JOURNALS = (
    "Nature|Science|Cell|Lancet|The Lancet|PNAS|eLife|JAMA|BMJ|Neuron|PLoS (?:One|ONE|Genetics|Biology)"
    "|PLOS (?:One|ONE|Genetics|Biology)|Nature [A-Z][a-z]+|J\\. [A-Z][a-z]+\\.(?: [A-Z][a-z]+\\.)*"
)
_PATTERNS = tuple(
    map(
        re.compile,
        (
            rf"\b{_NAME}(?: (?:and|&) {_NAME})?(?= et al\b)",
            rf"(?<=[(;] ){_NAME}(?= (?:et al|and|&)\b)|(?<=\(){_NAME}(?= (?:et al|and|&)\b)",
            rf"(?<=\b(?:and) ){_NAME}(?=,? \(?(?:19|20)\d\d)",
            rf"\b{_NAME}(?= \((?:19|20)\d\d[a-z]?\))",
            rf"\b(?:{_SOFTWARE})\b(?! (?:gene|protein|mutant|expression|mice))",
            rf"\b(?:{_FIRMS})\b",
            rf"\b(?:{_PLACES})\b(?=[);,.])",
            rf"\b(?:{_JOURNALS})\b(?=,? \d)",
            r"\b(?:Figures?|Figs?|Tables?|Videos?|Supplementary|Supplemental|Appendix|Equations?|Eqs?)\b(?=[ .])",
            r"\b(?:Student|Fisher|Mann-Whitney|Mann–Whitney|Wilcoxon|Kaplan-Meier|Kaplan–Meier|Bonferroni|Benjamini"
            r"|Hochberg|Tukey|Kruskal-Wallis|Pearson|Spearman|Gaussian|Bayesian|Poisson|Markov|Monte Carlo|Cox)\b",
            r"\b(?:ANOVA|SEM|SD|PCA|ROI|fMRI|MRI|EEG|ECG|GWAS|RNA-seq|RNAseq|ChIP-seq|qPCR|RT-PCR|PCR|SDS-PAGE"
            r"|ELISA|FACS|HPLC|NMR|SNPs|ORF|UTR|CI|ICU|NHS|WHO|NIH|CDC|FDA)\b",
            r"\b(?:Introduction|Background|Methods|Materials|Results|Discussion|Conclusions?|Acknowledge?ments"
            r"|References|Abstract|Keywords|Author contributions|Funding|Objectives?)\b(?=[:.]|$)",
            r"\b[A-Za-z][\w.-]*(?= (?:software|package|toolbox|toolkit|algorithm|web ?server|database|plug-?in|scripts?|pipeline"
            r"|data ?sets?|consortium|cohort|trial|version \d|v\d|\(v?\d+\.\d))",
            r"\b(?:RRID|Cat|cat|catalog(?:ue)? number|clone|Clone)[:#. ]+[\w:-]+|#\w+\b",
            r"\b[Ii]n (?:silico|vitro|vivo|situ)\b|\b[Ee]x vivo\b",
            r"\brs\d{3,}\b|\b[ACGTU]{12,}\b",
            r"\b(?:Class|Experiments?|Group|Cluster|Module|Model|Study|Cohort|Case|Patient|Step|Day|Week|Type) [0-9A-Z]\b",
            r"\b(?:University|Institute|Hospital|Department|College|School|Foundation|Society|Committee|Agency) of(?: [A-Z]\w+)+",
            r"\b(?:TCGA|ENCODE|CASP\d*|GitHub|TensorFlow|PyTorch|ImageNet|FDR|AUC|AUROC|ROC|TEM|ITC|CRISPR|GWAS|PDB|EHR|IRB)\b",
            r"\b(?:Western|Northern|Southern) blot(?:s|ting)?\b|\b(?:Gram|Nissl|Golgi|Giemsa|Ponceau)(?= stain)",
        ),
    )
)


def citations(folder: Path, limit: int = 7000) -> Iterator[Sentence]:
    """Yields sentences of articles in which patterns find authors, software, companies, statistics or section titles.

    Only the words that a pattern finds are tagged, as ``NOTHING``. ``limit``: approximate number of sentences; they are
    drawn with a fixed seed, the same number for each shard and pattern.
    """
    rng = random.Random(5)
    shards = sorted(folder.glob("*.xz"))
    for shard in shards:
        with lzma.open(shard, "rt", encoding="utf-8", errors="replace") as lines:
            paragraphs = [line for line in lines if 200 < len(line) < 3000]
        rng.shuffle(paragraphs)
        wanted = dict.fromkeys(_PATTERNS, limit // (len(shards) * len(_PATTERNS)))
        for paragraph in paragraphs:
            yield from _tagged_negatives(paragraph.strip(), wanted)
            if not any(wanted.values()):
                break


def _tagged_negatives(paragraph: str, wanted: dict[re.Pattern[str], int]) -> Iterator[Sentence]:
    matches = [(pattern, m) for pattern in _PATTERNS for m in pattern.finditer(paragraph)]
    if not any(wanted[pattern] for pattern, _ in matches):
        return
    for pattern, _ in matches:
        wanted[pattern] = max(0, wanted[pattern] - 1)
    spans = [(m.start(), m.end(), NOTHING) for _, m in matches]
    for sentence in tagged_sentences(paragraph, spans):
        if any(tag != "O" for tag in sentence.tags):
            yield sentence


def plain_prose(path: Path, limit: int = 2500) -> Iterator[Sentence]:
    """Yields untagged sentences from the contexts of a file in the format of SQuAD. They are drawn with a fixed seed."""
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    contexts = sorted({p["context"] for article in data for p in article["paragraphs"]})
    sentences = [s for context in contexts for s in tagged_sentences(context) if len(s.words) > 4]
    random.Random(5).shuffle(sentences)
    yield from sentences[:limit]
