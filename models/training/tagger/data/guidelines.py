"""Carries the names of one corpus's guideline over to the heads of another.

A corpus is annotated by a guideline of its own, and the types that the product shows follow one guideline each
(see the tagger's card). Where the difference is a rule, the rule stands here: BC2GM's genes hold their
head words ("FMR1 gene") and NLM-Gene's do not; LINNAEUS and BioRED count patients as a species and the
product does not. A function here takes the words of a sentence and its spans ``(name, first, last + 1)``
and gives further spans. Names such as ``GeneLike`` are no heads: inside them the head that
:data:`SILENT_KINDS` gives learns nothing, because the other guideline may or may not count them.
"""

import re
from collections.abc import Sequence

from ...common.iob import Derivation, Span

#: Names that are no heads, and the head that learns nothing inside them.
SILENT_KINDS = {"GeneLike": "Gene", "OrganismLike": "Species", "ChemicalLike": "Chemical"}
#: Words at the end of a gene name that BC2GM annotates and NLM-Gene does not.
_GENE_ENDS = frozenset(
    "gene genes protein proteins mrna mrnas cdna cdnas rna rnas transcript transcripts polypeptide polypeptides "
    "allele alleles locus loci promoter promoters antibody antibodies antigen antigens family mutant mutants mutation "
    "mutations variant variants polymorphism polymorphisms isoform isoforms homolog homologs homologue homologues "
    "ortholog orthologs orthologue orthologues domain domains motif motifs element elements site sites sequence "
    "sequences complex complexes pathway subunit subunits enhancer exon exons intron introns molecule molecules".split()
)
_GENE_STARTS = frozenset(
    "human murine mouse rat yeast bovine chicken recombinant anti the wild type mutant normal endogenous "
    "phosphorylated phospho".split()
) | {"-"}
_PEOPLE = re.compile(
    r"(?:in-?|out-?)?patients?|wom[ae]n|m[ae]n|child(?:ren)?|infants?|newborns?|neonates?|adults?|adolescents?|boys?|girls?|persons?"
    r"|people|participants?|individuals?|subjects?|volunteers?|famil(?:y|ies)|mothers?|fathers?|parents?|sons?"
    r"|daughters?|brothers?|sisters?|siblings?|females?|males?|probands?|donors?|carriers?|population|pedigrees?"
    r"|twins?|relatives?|workers?|students?|smokers?|elderly|toddlers?|teenagers?|players?|athletes?|residents?"
    r"|survivors?|recipients?|homosexuals?|clinicians?|physicians?|nurses?|users?",
    re.IGNORECASE,
)
_GENERIC_ORGANISMS = re.compile(
    r"animals?|mammals?|mammalian|vertebrates?|invertebrates?|organisms?|species|plants?|bacteria|bacterial|bacterium|rodents?"
    r"|virus(?:es)?|viral|eukaryot\w*|prokaryot\w*|microb\w*|fung\w+|insects?|primates?|birds?|fish(?:es)?|amphibians?|metazoans?"
    r"|strains?|isolates?|hosts?|pathogens?|parasites?|embryos?|teleosts?|tetrapods?|amniotes?|worms?|flies|fly",
    re.IGNORECASE,
)
_GENERIC_CHEMICALS = re.compile(
    r"(?:\w+[ -])*(?:drugs?|peptides?|proteins?|mrnas?|dnas?|rnas?|metabolites?|solvents?|solutions?|compounds?|molecules?|molecular"
    r"|agents?|inhibitors?|reagents?|ligands?|substrates?|probes?|dyes?|toxins?|buffers?|antigens?|haptens?|pigment\w*"
    r"|antibod(?:y|ies)|nucleotides?|oligonucleotides?|amyloid|histones?|food|chow|water|electrons?|ions?|atoms?|acids?|bases?"
    r"|salts?|lipids?|sugars?|carbohydrates?|steroids?|hormones?|vitamins?|antibiotics?|antioxidants?|activators?"
    r"|agonists?|antagonists?|blockers?|modulators?|derivatives?|analogue?s?|polymers?|residues?|groups?|insulin|medium"
    r"|media|mixtures?|extracts?|products?|enzymes?|cofactors?|neurotransmitters?|transmitters?|detergents?|fuel|gas|oil)"
    r"|[ivxlc]+|\d+\w?|.",
    re.IGNORECASE,
)


def is_person(name: str) -> bool:
    """Whether a name of a species is a word for people, such as *postmenopausal women*."""
    return bool(_PEOPLE.fullmatch(name.split()[-1]))


def _people_aside(tag: str) -> Derivation:
    """Species of the mentions of ``tag``, people left out; a word such as *animals* teaches nothing."""

    def derive(words: Sequence[str], spans: Sequence[Span]) -> list[Span]:
        found = []
        for name, start, end in spans:
            if name != tag or is_person(words[end - 1]):
                continue
            generic = end - start == 1 and _GENERIC_ORGANISMS.fullmatch(words[start])
            found.append(("OrganismLike" if generic else "Species", start, end))
        return found

    return derive


#: For corpora whose species stand under LINNAEUS's head.
species = _people_aside("LINNAEUS-species")
#: For Species-800, which leaves most common names out: only its names teach Species.
species_of_latin_names = _people_aside("Species-800-species")


def genes(words: Sequence[str], spans: Sequence[Span]) -> list[Span]:
    """NLM-Gene's mentions out of BC2GM's: without head words; a description without a name teaches nothing.

    A name has a capital or a digit in it; so *serine protease* and *cytokines*, which the guidelines treat
    differently, become ``GeneLike``.
    """
    found = []
    for name, start, end in spans:
        if name not in ("BC2GM-gene", "ChemProt-gene"):
            continue
        first, last = start, end
        while last > first and words[last - 1].lower() in _GENE_ENDS:
            last -= 1
        while first < last and words[first].lower() in _GENE_STARTS:
            first += 1
        named = any(
            any(c.isupper() or c.isdigit() for c in word[1 if len(word) > 3 else 0 :])
            for word in words[first:last]
        )
        short = last - first <= 4 and not any(word in ",;" for word in words[first:last])
        if named and short:
            found.append(("Gene", first, last))
        else:
            found.append(("GeneLike", start, end))
    return found


def chemicals(words: Sequence[str], spans: Sequence[Span]) -> list[Span]:
    """Chemicals of ChEBI's guideline that BC5CDR's and NLM-Chem's count too: not words for a class or a role."""
    return [
        (
            "ChemicalLike" if _GENERIC_CHEMICALS.fullmatch(" ".join(words[start:end])) else "Chemical",
            start,
            end,
        )
        for name, start, end in spans
        if name == "ChEBI-chemical"
    ]


def articles(words: Sequence[str], spans: Sequence[Span]) -> list[Span]:
    """CRAFT's chemicals and species, each as above."""
    return chemicals(words, spans) + species(words, spans)
