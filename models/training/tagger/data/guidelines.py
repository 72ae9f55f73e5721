"""Converts the annotations of one guideline to those of another.

Each corpus has its own guideline, and each type that the product shows follows one guideline (see the card of the
tagger). If the difference is a rule, the rule is here. For example, genes of BC2GM include head words ("FMR1 gene") but
those of NLM-Gene do not; LINNAEUS and BioRED annotate patients as a species but the product does not.

A function here takes the words of a sentence and its spans ``(tag, first word, last word + 1)`` and returns further
spans. Tags such as ``GeneLike`` are no heads. They mark words that the other guideline may or may not annotate: there,
the head that :data:`SILENT_KINDS` gives has no label.
"""

import re
from collections.abc import Sequence

from ...common.iob import Derivation, Span

#: From tags that are no heads to the head that has no label inside such a span.
SILENT_KINDS = {"GeneLike": "Gene", "OrganismLike": "Species", "ChemicalLike": "Chemical"}
#: Words at the end of a gene name that BC2GM annotates but NLM-Gene does not.
_GENE_ENDS = frozenset(
    "gene genes protein proteins mrna mrnas cdna cdnas rna rnas transcript transcripts polypeptide polypeptides "
    "allele alleles locus loci promoter promoters antibody antibodies antigen antigens family mutant mutants mutation "
    "mutations variant variants polymorphism polymorphisms isoform isoforms homolog homologs homologue homologues "
    "ortholog orthologs orthologue orthologues domain domains motif motifs element elements site sites sequence "
    "sequences complex complexes pathway subunit subunits enhancer exon exons intron introns molecule molecules".split()
)
#: Words at the beginning of a gene name that BC2GM annotates but NLM-Gene does not.
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
    """Whether the name of a species is a word for people, such as *postmenopausal women*."""
    return bool(_PEOPLE.fullmatch(name.split()[-1]))


def _species_without_people(tag: str) -> Derivation:
    """Returns a function that makes Species of the spans with ``tag``.

    It leaves out words for people. A single word for a group, such as *animals*, becomes ``OrganismLike``.
    """

    def derive(words: Sequence[str], spans: Sequence[Span]) -> list[Span]:
        derived = []
        for name, start, end in spans:
            if name != tag or is_person(words[end - 1]):
                continue
            generic = end - start == 1 and _GENERIC_ORGANISMS.fullmatch(words[start])
            derived.append(("OrganismLike" if generic else "Species", start, end))
        return derived

    return derive


#: For corpora whose species have the tag of the LINNAEUS head.
species = _species_without_people("LINNAEUS-species")
#: For Species-800. It leaves out most common names, so its other words have no label for Species.
species_of_latin_names = _species_without_people("Species-800-species")


def genes(words: Sequence[str], spans: Sequence[Span]) -> list[Span]:
    """Converts genes of BC2GM and ChemProt to Gene as NLM-Gene annotates it, that is, without head words.

    A name contains a capital letter or a digit. Descriptions without a name, such as *serine protease* and
    *cytokines*, become ``GeneLike`` because the guidelines treat them differently.
    """
    derived = []
    for name, start, end in spans:
        if name not in ("BC2GM-gene", "ChemProt-gene"):
            continue
        first, last = start, end
        while last > first and words[last - 1].lower() in _GENE_ENDS:
            last -= 1
        while first < last and words[first].lower() in _GENE_STARTS:
            first += 1
        has_name = any(
            any(c.isupper() or c.isdigit() for c in word[1 if len(word) > 3 else 0 :])
            for word in words[first:last]
        )
        short = last - first <= 4 and not any(word in ",;" for word in words[first:last])
        if has_name and short:
            derived.append(("Gene", first, last))
        else:
            derived.append(("GeneLike", start, end))
    return derived


def chemicals(words: Sequence[str], spans: Sequence[Span]) -> list[Span]:
    """Converts chemicals of ChEBI to Chemical as BC5CDR and NLM-Chem annotate it.

    Words for a class or a role, such as *drugs*, become ``ChemicalLike``.
    """
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
    """Converts the chemicals and the species of CRAFT by :func:`chemicals` and :data:`species`."""
    return chemicals(words, spans) + species(words, spans)
