import { reportMark } from '../curation/ownReport';
import { escapeMarkdown } from '../exports/escapeMarkdown';
import { prismaCounts, type PrismaCounts } from './prisma';
import type { PrismaWords } from './prismaDiagram';
import { prismaMarkdown, prismaMermaid } from './prismaText';
import type { ReviewState } from './reviewState';

/** Localised strings of the report, besides those of the diagram. */
export interface ReportWords extends PrismaWords {
  /** The heading, if the review has no title. */
  readonly title: string;
  /** `PRISMA 2020 flow diagram` */
  readonly diagram: string;
}

/** The counts of a review for the flow diagram of PRISMA 2020. */
export function reviewCounts({ settings, records, duplicates, screening }: ReviewState): PrismaCounts {
  return prismaCounts({
    sources: settings.sources,
    records,
    duplicateOf: duplicates.keptOf,
    decision: (id, phase) => screening.outcome(id, phase),
    phases: settings.phases,
  });
}

/**
 * The report as Markdown: the counts as lists, the diagram for readers that know Mermaid, and the drawing.
 *
 * @param title The title of the review. Default: {@link ReportWords.title}.
 * @param drawing File name of the SVG drawing in the same folder.
 */
export function reviewReport(
  counts: PrismaCounts,
  words: ReportWords,
  { title, drawing }: { readonly title: string; readonly drawing: string },
): string {
  return [
    reportMark,
    `# ${escapeMarkdown(title.trim() === '' ? words.title : title)}`,
    `## ${escapeMarkdown(words.diagram)}`,
    prismaMarkdown(counts, words).trim(),
    `![${words.diagram}](${encodeURIComponent(drawing)})`,
    `\`\`\`mermaid\n${prismaMermaid(counts, words)}\`\`\``,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
