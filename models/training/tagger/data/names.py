"""Reads names of genes, diseases, chemicals and organisms from terminologies, as authors write them in a text."""

import csv
import gzip
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

#: The most frequent cell lines in papers. The corpora folder has no terminology of cell lines.
CELL_LINES = tuple(
    "HeLa;HEK293;HEK293T;293T;HEK-293;MCF-7;MCF7;MCF-10A;MDA-MB-231;MDA-MB-468;MDA-MB-453;T47D;SK-BR-3;SKBR3;BT-474;BT-549;ZR-75-1;A549;H1299;"
    "NCI-H460;H460;H1975;PC-9;PC9;HCC827;Calu-3;Calu-6;BEAS-2B;HepG2;Hep3B;Huh7;Huh-7;SK-Hep-1;SMMC-7721;Bel-7402;PLC/PRF/5;"
    "LX-2;L-02;HCT116;HCT-116;HT-29;HT29;SW480;SW620;Caco-2;LoVo;DLD-1;RKO;LS174T;COLO 205;PC-3;PC3;LNCaP;DU145;DU-145;22Rv1;C4-2;VCaP;RWPE-1;"
    "U87;U87MG;U-87 MG;U251;T98G;A172;LN229;SH-SY5Y;SK-N-SH;SK-N-BE(2);Neuro-2a;N2a;PC12;U937;THP-1;HL-60;HL60;K562;Jurkat;Raji;Daudi;Ramos;"
    "MOLT-4;CCRF-CEM;KG-1;NB4;MV4-11;RAW 264.7;RAW264.7;J774A.1;BV-2;NIH3T3;NIH 3T3;3T3-L1;C2C12;L929;CHO;CHO-K1;COS-7;COS-1;Vero;Vero E6;MDCK;BHK-21;"
    "LLC-PK1;HK-2;HaCaT;A431;A375;SK-MEL-28;B16;B16F10;B16-F10;MeWo;WM115;U2OS;U-2 OS;Saos-2;MG-63;MC3T3-E1;143B;HT1080;RD;SKOV3;SKOV-3;OVCAR-3;"
    "A2780;ES-2;Ishikawa;HEC-1A;SiHa;CaSki;C33A;Kasumi-1;MKN45;MKN-28;AGS;SGC-7901;NCI-N87;BGC-823;PANC-1;MIA PaCa-2;BxPC-3;AsPC-1;Capan-1;HPAC;"
    "CNE1;CNE2;5-8F;KYSE-150;Eca-109;TE-1;FaDu;Cal27;SCC-9;T24;5637;RT4;786-O;Caki-1;A498;ACHN;INS-1;MIN6;beta-TC-6;H9c2;HL-1;HUVEC;EA.hy926;IMR-90;"
    "WI-38;MRC-5;BJ;GH3;AtT-20;HT-22;F9;P19;E14;4T1;EMT6;CT26;MC38;Lewis lung carcinoma;LLC;TRAMP-C1;S2;Sf9;High Five".split(
        ";"
    )
)
#: Names in papers that look like genes or drugs but are something else: software, methods, tests.
NOT_NAMES = tuple(
    "ImageJ;MATLAB;SPSS;Stata;SAS;GraphPad Prism;Cytoscape;BLAST;PubMed;MEDLINE;Embase;Scopus;PRISMA;CONSORT;STROBE;GRADE;ANOVA;ANCOVA;MANOVA;PCA;t-SNE;"
    "UMAP;LASSO;GWAS;GSEA;WGCNA;PCR;qPCR;RT-PCR;RT-qPCR;ELISA;Western blot;Western blotting;immunohistochemistry;flow cytometry;RNA-seq;ChIP-seq;ATAC-seq;"
    "CRISPR;CRISPR/Cas9;MRI;fMRI;PET;CT;ECG;EEG;HPLC;LC-MS/MS;GC-MS;NMR;SDS-PAGE;FACS;ROC curve;AUC;BMI;HbA1c level;Kaplan-Meier;Cox regression;"
    "logistic regression;random forest;deep learning;XGBoost;BERT;GitHub;R software;Python;Bioconductor;KEGG;Gene Ontology;UniProt;TCGA;GEO;GTEx;SEER;NHANES;"
    "UK Biobank;in silico;in vitro;in vivo;ex vivo;molecular docking;AutoDock;GROMACS;meta-analysis;odds ratio;hazard ratio;confidence interval;Table 1;"
    "Figure 2;Fig. 3;Supplementary Table S1;Appendix B;WHO;FDA;EMA;NICE;NIH;CDC;Cochrane Library;ClinicalTrials.gov;NCT01234567;ISRCTN;Phase III;RECIST;"
    "CTCAE;ECOG;SF-36;PHQ-9;MMSE;APACHE II;NYHA class II;ASA score;FIGO;TNM;quality of life;follow-up;body weight;blood pressure;heart rate;age;sex;"
    "smoking status;cell viability;MTT assay;CCK-8 assay;transwell assay;wound healing assay;colony formation assay;luciferase assay;siRNA;shRNA;"
    "plasmid;lentivirus vector;DMEM;RPMI 1640;fetal bovine serum;Student;Fisher;Wilcoxon;Mann-Whitney;Bonferroni;Spearman;Pearson".split(
        ";"
    )
)
_CHEMICAL_TREES = ("D01", "D02", "D03", "D04", "D06", "D09", "D10", "D13")
#: Endings of terms for a class of drugs or compounds, which are not names of a single one.
_CLASS = re.compile(r"(?:s|agents|compounds|Inhibitors|Group)$")
_AMINO = {
    "Ala": "A",
    "Arg": "R",
    "Asn": "N",
    "Asp": "D",
    "Cys": "C",
    "Gln": "Q",
    "Glu": "E",
    "Gly": "G",
    "His": "H",
    "Ile": "I",
    "Leu": "L",
    "Lys": "K",
    "Met": "M",
    "Phe": "F",
    "Pro": "P",
    "Ser": "S",
    "Thr": "T",
    "Trp": "W",
    "Tyr": "Y",
    "Val": "V",
}


@lru_cache(maxsize=1)
def read_names(root: Path) -> dict[str, list[str]]:
    """Returns the sorted names of each type. A name that has different types in two terminologies is left out.

    Aliases of genes are an exception, because nearly every abbreviation is also an alias of a gene: a name that is an
    alias and has another type keeps the other type.

    ``root``: folder of the unpacked corpora, with ``terms/`` and ``terms2/``.
    """
    trees = _trees(root)
    by_type = {
        "Chemical": {*_mesh(root, trees, _CHEMICAL_TREES, _chemical_case), *_drugs(root)},
        "Disease": {*_mesh(root, trees, ("C", "F03"), _disease_case), *_ontologies(root)},
        "Species": {*_mesh(root, trees, ("B01", "B03", "B04"), _organism_case), *_taxa(root)},
        "CellLine": set(CELL_LINES),
    }
    others = {_key(name) for kind, names in by_type.items() if kind != "Gene" for name in names}
    by_type["Gene"] = {
        *_gene_symbols(root),
        *(alias for alias in _gene_aliases(root) if _key(alias) not in others),
    }
    owners: dict[str, set[str]] = {}
    for kind, names in by_type.items():
        for name in names:
            owners.setdefault(_key(name), set()).add(kind)
    excluded = {_key(name) for name in NOT_NAMES}
    return {
        kind: sorted(
            n for n in names if len(owners[_key(n)]) == 1 and _key(n) not in excluded and _has_usual_length(n)
        )
        for kind, names in by_type.items()
    }


def recent_names(root: Path) -> dict[str, list[str]]:
    """Returns names of the newest MeSH descriptors (since about 2016), which are too new to be in the corpora."""
    trees, all_names = _trees(root), read_names(root)
    recent: dict[str, set[str]] = {"Chemical": set(), "Disease": set(), "Species": set()}
    as_written = {"Chemical": _chemical_case, "Disease": _disease_case, "Species": _organism_case}
    starts = {"Chemical": _CHEMICAL_TREES, "Disease": ("C", "F03"), "Species": ("B01", "B03", "B04")}
    # Identifiers of recent descriptors have ten characters, older ones have seven.
    new = {id: places for id, places in trees.items() if len(id) == 10}
    for kind, names in recent.items():
        names.update(_mesh(root, new, starts[kind], as_written[kind]))
    return {kind: sorted(names & set(all_names[kind])) for kind, names in recent.items()}


def short_forms(names: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Returns the abbreviations of each type except genes: COPD, T2DM, NaCl."""
    return {
        kind: [
            name
            for name in entries
            if re.fullmatch(r"[A-Z][A-Za-z0-9]{1,6}(?:-?\d)?", name) and sum(map(str.isupper, name)) > 1
        ]
        for kind, entries in names.items()
        if kind in ("Disease", "Chemical")
    }


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())


def _has_usual_length(name: str) -> bool:
    return 2 < len(name) < 48 and len(name.split()) <= 6 and ";" not in name and "|" not in name


def _trees(root: Path) -> dict[str, tuple[str, ...]]:
    with (root / "terms2/mesh2024/mesh2024_trees.tsv").open(encoding="utf-8") as rows:
        return {row["id"]: tuple(row["trees"].split(",")) for row in csv.DictReader(rows, delimiter="\t")}


def _mesh(
    root: Path, trees: Mapping[str, tuple[str, ...]], wanted: tuple[str, ...], as_written
) -> Iterator[str]:
    """Yields the terms of MeSH trees, except inverted terms such as "Mice, Nude", which authors do not write."""
    with (root / "terms2/mesh2024/mesh2024_terms.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if ", " not in row["term"] and all(
                tree.startswith(wanted) for tree in trees.get(row["id"], ("-",))
            ):
                written = as_written(row["term"])
                if written:
                    yield written


def _chemical_case(term: str) -> str:
    if _CLASS.search(term) or len(term.split()) > 4:
        return ""
    return " ".join(w.lower() if re.fullmatch(r"[A-Z][a-z]{3,}", w) else w for w in term.split())


def _disease_case(term: str) -> str:
    if term.endswith("s") and term.split()[-1].lower() in (
        "diseases",
        "disorders",
        "neoplasms",
        "conditions",
        "signs",
        "symptoms",
    ):
        return ""
    words = term.split()
    return " ".join(w if "'" in w or not re.fullmatch(r"[A-Z][a-z]+", w) else w.lower() for w in words)


def _organism_case(term: str) -> str:
    words = term.split()
    if len(words) == 1 or not re.fullmatch(r"[a-z]{3,}", words[1]):
        words = [w.lower() if w.lower() in ("virus", "viruses") or not w[0].isupper() else w for w in words]
    return " ".join(words)


def _drugs(root: Path) -> Iterator[str]:
    """Yields generic names of drugs in DrugBank (its names are CC0), and codes of drugs in the UNII list."""
    with (root / "terms2/drug_synonyms.tsv").open(encoding="utf-8", errors="replace") as rows:
        for row in csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) > 2 and row[2].startswith("DB") and re.fullmatch(r"[a-z][a-z -]{4,30}", row[1]):
                yield row[1]
    with (root / "terms2/unii_names_to_mesh.tsv").open(encoding="utf-8") as rows:
        for _, name in csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if re.fullmatch(r"(?!CD|FLJ|MGC)[A-Z]{2,4}[- ]?\d{2,6}(?:-\d+)?", name):
                yield name
            elif re.fullmatch(r"[A-Z]{6,20}", name):
                yield name.lower()


def disease_ontology(root: Path) -> Iterator[str]:
    """Yields the labels of the Disease Ontology; ``root``: folder of the unpacked corpora."""
    with (root / "terms/DOID_current/DOreports/HumanDO.tsv").open(encoding="utf-8") as rows:
        yield from (
            row["label"] for row in csv.DictReader(rows, delimiter="\t") if "obsolete" not in row["label"]
        )


def _ontologies(root: Path) -> Iterator[str]:
    yield from disease_ontology(root)
    for file in ("hpo_mesh_names.tsv", "mondo_disease_names.tsv"):
        with (root / "terms2" / file).open(encoding="utf-8") as rows:
            for _, name in csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
                if ", " not in name and len(name.split()) <= 5:
                    yield (
                        name[0].lower() + name[1:]
                        if re.match(r"[A-Z][a-z]+ [a-z]", name) and "'" not in name
                        else name
                    )


def _taxa(root: Path) -> Iterator[str]:
    with (root / "terms2/taxonomy/taxa_common.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            scientific = row["scientific_name"]
            if row["common_name"] and re.fullmatch(r"[A-Z][a-z]+ [a-z]+", scientific):
                yield scientific
                yield row["common_name"]
                yield f"{scientific[0]}. {scientific.split()[1]}"


def _gene_symbols(root: Path) -> Iterator[str]:
    """Yields the approved symbols of human protein-coding genes, and their names if they are short."""
    for row in hgnc_rows(root):
        yield row["symbol"]
        if len(row["name"].split()) <= 4 and not re.search(
            r"family|containing|open reading|like", row["name"]
        ):
            yield row["name"]


def _gene_aliases(root: Path) -> Iterator[str]:
    """Yields aliases of human genes, and symbols of mouse genes."""
    for row in hgnc_rows(root):
        yield from _symbols((row["alias_symbol"] or "").strip('"').split("|"))
    with (root / "terms2/gene_info_slim.tsv").open(encoding="utf-8") as rows:
        for row in csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row[0] == "10090" and re.fullmatch(r"[A-Z][a-z]+\d{0,2}[a-z]?", row[2]) and len(row[2]) < 8:
                yield row[2]


def hgnc_rows(root: Path) -> Iterator[Mapping[str, str]]:
    """Yields the rows of human protein-coding genes; ``root``: folder of the unpacked corpora."""
    with gzip.open(root / "terms/HGNC_complete/hgnc_complete_set.txt.gz", "rt", encoding="utf-8") as rows:
        yield from (
            row for row in csv.DictReader(rows, delimiter="\t") if row["locus_group"] == "protein-coding gene"
        )


def _symbols(aliases: Iterable[str]) -> Iterator[str]:
    for alias in aliases:
        if len(alias) > 2 and any(c.isupper() or c.isdigit() for c in alias) and not alias.isdigit():
            yield alias


def variant(rng) -> str:
    """Returns a random mutation in one of the notations that papers use; ``rng``: ``random.Random``."""
    first, last = rng.sample(sorted(_AMINO), 2)
    place, bases = rng.randint(2, 1800), rng.sample("ACGT", 2)
    return rng.choice(
        (
            f"{_AMINO[first]}{place}{_AMINO[last]}",
            f"p.{_AMINO[first]}{place}{_AMINO[last]}",
            f"{first}{place}{last}",
            f"p.{first}{place}{last}",
            f"c.{place}{bases[0]}>{bases[1]}",
            f"-{place}{bases[0]}>{bases[1]}",
            f"{place}{bases[0]}/{bases[1]}",
            f"rs{rng.randint(1000, 99999999)}",
            f"c.{place}_{place + 3}del",
            f"c.{place}del{bases[0]}",
            f"p.{first}{place}fs",
            f"{_AMINO[first]}{place}X",
        )
    )
