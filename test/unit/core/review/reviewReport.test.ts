import { describe, expect, it } from 'vitest';
import { isOwnReport } from '../../../../src/core/curation/ownReport';
import { prismaMermaid } from '../../../../src/core/review/prismaText';
import { reviewCounts, reviewReport } from '../../../../src/core/review/reviewReport';
import { reportWords } from '../../../../src/editor/review/prismaWords';
import { decided, kaplan, lopez, review, small } from './reviews';

const state = review({
  ...small,
  decisions: [
    decided(kaplan.id, 'include'),
    decided(kaplan.id, 'include', { phase: 'fulltext' }),
    decided(lopez.id, 'exclude'),
  ],
});

describe('the report of a review', () => {
  it('counts the records, duplicates and decisions', () => {
    const { databases, included } = reviewCounts(state);
    expect(databases).toMatchObject({ identified: 3, duplicates: 1, screened: 2, excluded: 1, included: 1 });
    expect(included).toBe(1);
  });

  it('has the counts, the drawing and the diagram, and is no document of its own', () => {
    const counts = reviewCounts(state);
    const words = reportWords();
    const report = reviewReport(counts, words, { title: 'Aspirin *and* gout', drawing: 'my prisma.svg' });
    expect(isOwnReport(report)).toBe(true);
    expect(report).toContain('# Aspirin \\*and\\* gout\n');
    expect(report).toContain('(my%20prisma.svg)');
    expect(report).toContain('Records screened');
    expect(report).toContain(`\`\`\`mermaid\n${prismaMermaid(counts, words)}\`\`\``);
    expect(reviewReport(counts, words, { title: ' ', drawing: 'a.svg' })).toContain('# Review\n');
  });
});
