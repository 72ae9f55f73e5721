/** The inputs of `npm run bench -- --long`, of sentences that were written for it. */
import { randomFrom } from '../../src/cli/modelSpeed/texts';

/** A large document of which every record or paragraph has a name in it. */
export interface LongInput {
  readonly text: string;
  /** Offsets at which the records or paragraphs begin, ascending. */
  readonly starts: readonly number[];
}

const genes = ['BRCA1', 'TP53', 'EGFR', 'KRAS', 'STAT3'];
const diseases = ['asthma', 'breast cancer', 'hypertension', 'psoriasis', 'epilepsy'];
const chemicals = ['aspirin', 'metformin', 'cisplatin', 'tamoxifen', 'lithium'];
const verbs = ['eased', 'worsened', 'delayed'];

/**
 * RIS records of a title and one short sentence each. No text is there twice, so that no cache helps. Of the same
 * records, `risRecords(n)` are the first of `risRecords(2 * n)`.
 */
export function risRecords(count: number): LongInput {
  const pick = picker(1);
  return joined(
    Array.from({ length: count }, (_, index) => {
      const sentence = `Oral ${pick(chemicals)} ${pick(verbs)} ${pick(diseases)} in ${String(index)} men.`;
      return `TY  - JOUR\nID  - ${recordId(index)}\nTI  - Trial ${String(index)}\nAB  - ${sentence}\nER  - \n\n`;
    }),
  );
}

/** The identifier that a record of {@link risRecords} states. */
export function recordId(index: number): string {
  return `trial-${String(index)}`;
}

/** A name that stands in the last paragraph of {@link jatsArticle} and nowhere else. */
export const lastName = 'warfarin';

const sentencesAParagraph = 5;
const paragraphsASection = 50;

/**
 * A JATS article of a size in bytes. Its paragraphs are drawn from 200 sentences, so that the model runs for seconds: what
 * takes time is to read the file and to make its names consistent.
 */
export function jatsArticle(bytes: number): LongInput {
  const pick = picker(2);
  const sentences = Array.from({ length: 200 }, (_, index) => {
    const xref = `<xref ref-type="bibr" rid="r${String(index)}">${String(index)}</xref>`;
    return `In cohort ${String(index)}, ${pick(chemicals)} lowered the activity of <italic>${pick(genes)}</italic> in patients with ${pick(diseases)} ${xref}.`;
  });
  const paragraphs: string[] = [];
  for (let size = 0; size < bytes;) {
    const text = Array.from({ length: sentencesAParagraph }, () => pick(sentences)).join(' ');
    const paragraph = `${headingAt(paragraphs.length)}<p>${text}</p>\n`;
    paragraphs.push(paragraph);
    size += paragraph.length;
  }
  paragraphs.push(`<p>Only here was ${lastName} given.</p>\n`);
  const head =
    '<?xml version="1.0" encoding="UTF-8"?>\n<article><front><article-meta><title-group><article-title>A long report</article-title></title-group></article-meta></front><body>\n';
  return joined(paragraphs, head, '</sec></body></article>\n');
}

/** The beginning of a section, where one begins before the paragraph. */
function headingAt(paragraph: number): string {
  if (paragraph % paragraphsASection !== 0) return '';
  const part = String(paragraph / paragraphsASection + 1);
  return `${paragraph === 0 ? '' : '</sec>'}<sec><title>Part ${part}</title>\n`;
}

/** @param parts Pure ASCII, so that bytes and UTF-16 units are the same. */
function joined(parts: readonly string[], head = '', tail = ''): LongInput {
  let offset = head.length;
  const starts = parts.map((part) => {
    const start = offset;
    offset += part.length;
    return start;
  });
  return { text: head + parts.join('') + tail, starts };
}

function picker(seed: number): (list: readonly string[]) => string {
  const random = randomFrom(seed);
  return (list) => list[Math.floor(random() * list.length)] ?? '';
}
