/** Relations of a made-up folder of papers, for tests of the graph. */
import type { RelationRow } from '../../src/protocol/panel';
import { randomNumbers } from '../../media/panel/graphGroups';
import { relationRow } from './host';

const genes =
  'EGFR TP53 BRCA1 BRCA2 KRAS BRAF ERBB2 ALK MET ROS1 PIK3CA PTEN AKT1 MTOR VEGFA FLT3 KIT ABL1 JAK2 STAT3 CDK4 CDK6 RB1 MYC BCL2 PARP1 ATM CHEK2 MLH1 MSH2 APC CTNNB1 NOTCH1 HER3 IGF1R FGFR1 FGFR2 RET NTRK1 SRC'.split(
    ' ',
  );
const chemicals =
  'gefitinib;erlotinib;osimertinib;metformin;tamoxifen;imatinib;sorafenib;dasatinib;lapatinib;cisplatin;paclitaxel;doxorubicin;olaparib;trastuzumab;crizotinib;vemurafenib;dabrafenib;everolimus;sunitinib;ruxolitinib;palbociclib;venetoclax;5-fluorouracil;oxaliplatin;gemcitabine;letrozole;anastrozole;raloxifene;nilotinib;lenvatinib'.split(
    ';',
  );
const diseases =
  'breast cancer;non-small cell lung cancer;chronic myeloid leukaemia;hepatocellular carcinoma;colorectal cancer;melanoma;glioblastoma;ovarian cancer;renal cell carcinoma;type 2 diabetes;acute myeloid leukaemia;gastrointestinal stromal tumour;interstitial lung disease;hypertension;nephrotoxicity;Li-Fraumeni syndrome;pancreatic cancer;prostate cancer;thyroid cancer;cardiotoxicity'.split(
    ';',
  );
const lists = [genes, chemicals, diseases] as const;
const types = ['Gene', 'Chemical', 'Disease'] as const;
const verbs: Readonly<Record<string, readonly string[]>> = {
  'Chemical Gene': ['inhibitor', 'inhibitor', 'activator', 'antagonist'],
  'Gene Disease': ['associated'],
  'Chemical Disease': ['treats', 'treats', 'induces'],
  'Gene Gene': ['binds', 'positive correlation'],
  'Chemical Chemical': ['cotreatment'],
};

interface Name {
  readonly name: string;
  readonly type: string;
  readonly key: string;
  readonly topic: number;
}

function nameAt(index: number): Name {
  const kind = index % 3;
  const list = lists[kind] ?? genes;
  const rank = Math.floor(index / 3);
  const base = list[rank % list.length] ?? '';
  const name = rank < list.length ? base : `${base} variant ${Math.floor(rank / list.length) + 1}`;
  return { name, type: types[kind] ?? 'Gene', key: `name ${index}`, topic: Math.floor(index / 3) % 7 };
}

/**
 * Relations between `count` names: few names with many sentences and many with few, in topics that have more relations
 * inside than between them. The same count gives the same relations.
 */
export function networkRows(count: number): RelationRow[] {
  const random = randomNumbers(count);
  const names = Array.from({ length: count }, (_, index) => nameAt(index));
  const rows: RelationRow[] = [];
  const relate = (a: Name, b: Name): void => {
    const isTurned = verbs[`${a.type} ${b.type}`] === undefined;
    const [subject, object] = isTurned ? [b, a] : [a, b];
    const known = verbs[`${subject.type} ${object.type}`] ?? ['associated'];
    const type = known[Math.floor(random() * known.length)] ?? '';
    const sentences = 1 + Math.floor(12 * random() ** 5);
    const [isNegated, isSpeculated] = [random() < 0.04, random() < 0.08];
    for (let index = 0; index < sentences; index++) {
      rows.push(
        relationRow(rows.length + 1, {
          subject: { name: subject.name, type: subject.type, key: subject.key },
          object: { name: object.name, type: object.type, key: object.key },
          type,
          probability: 0.75 + 0.25 * random(),
          negated: isNegated || random() < 0.05 ? 'not' : undefined,
          speculated: isSpeculated ? 'may' : undefined,
          isPinned: false,
        }),
      );
    }
  };
  names.forEach((name, index) => {
    if (index === 0) return;
    const degree = 1 + Math.floor(2.5 * random() ** 2);
    for (let edge = 0; edge < degree; edge++) {
      const isInside = random() < 0.85;
      const earlier = names.slice(0, index).filter(({ topic }) => !isInside || topic === name.topic);
      // Earlier names are found more often, as names that everybody studies are.
      const other = earlier[Math.floor(earlier.length * random() ** 2.2)] ?? names[0];
      if (other && other !== name) relate(name, other);
    }
  });
  return rows;
}
