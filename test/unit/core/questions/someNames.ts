import type { NameReader, PassageName } from '../../../../src/core/questions/passageNames';
import type { EntityType } from '../../../../src/core/types';

/** Names of a few concepts; those of one line are names of one concept. */
const concepts: Readonly<Record<EntityType, readonly string[]>> = {
  Chemical: [
    'sorafenib|BAY 43-9006|Nexavar',
    'imatinib|STI571',
    'dasatinib',
    'warfarin',
    'dabigatran',
    'vitamin K',
    'idarucizumab',
    'naloxone',
    'flumazenil',
    'ibuprofen',
    'metformin',
    'lisinopril',
    'simvastatin',
    'paracetamol|acetaminophen',
  ],
  Gene: ['BRAF', 'EGFR', 'ABL1|BCR-ABL', 'catalase', 'MAOB|monoamine oxidase B', 'HTT|huntingtin'],
  Disease: [
    'hypertension',
    'cough',
    'gout',
    'melanoma',
    'heart failure',
    'pneumonia',
    'diarrhoea',
    'migraine',
    'breast cancer',
    'triple-negative breast cancer',
    'diabetes',
    'type 2 diabetes',
  ],
  Species: ['Plasmodium falciparum', 'Anopheles'],
};

/** Finds these names, as a terminology would. */
export const someNames: NameReader = (text) => {
  const found: PassageName[] = [];
  for (const [type, lines] of Object.entries(concepts)) {
    for (const line of lines) {
      const [id = ''] = line.split('|');
      for (const name of line.split('|')) {
        const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, 'giu');
        for (const match of text.matchAll(pattern))
          found.push({
            start: match.index,
            end: match.index + match[0].length,
            ids: [id],
            types: new Set([type]),
          });
      }
    }
  }
  const isInLonger = ({ start, end }: PassageName) =>
    found.some((other) => other.start <= start && end <= other.end && other.end - other.start > end - start);
  return found.filter((name) => !isInLonger(name)).sort((a, b) => a.start - b.start);
};
