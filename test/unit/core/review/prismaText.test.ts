import { describe, expect, it } from 'vitest';
import { prismaMarkdown, prismaMermaid } from '../../../../src/core/review/prismaText';
import { column, hostile, oneColumn, twoColumns, words } from './prismaExamples';

const withReason = (name: string) => ({
  ...oneColumn,
  databases: { ...column, reasons: [{ name, count: 8 }] },
});

describe('prismaMarkdown', () => {
  it('lists the boxes of each column under its heading', () => {
    expect(prismaMarkdown(twoColumns, words)).toMatch(
      /^### Identification of studies via databases and registers\n\n\*\*Identification\*\*\n\n- Records identified from:\n {2}- Databases \(n = 110\)\n {4}- PubMed \(n = 80\)\n/,
    );
    expect(prismaMarkdown(twoColumns, words)).toMatch(
      /\n\n### Identification of studies via other methods\n[^]*\n### Included\n\n- Studies included in review \(n = 15\)\n$/,
    );
  });

  it('escapes markup in texts', () => {
    expect(prismaMarkdown(withReason('a *b* <i>|`[x](y)'), words)).toContain(
      '  - a \\*b\\* &lt;i>\\|\\`\\[x\\](y) (n = 8)\n',
    );
    expect(prismaMarkdown(withReason('1. a'), words)).toContain('  - 1\\. a (n = 8)\n');
    expect(prismaMarkdown(withReason('- a\n# b'), words)).toContain('  - \\- a # b (n = 8)\n');
  });
});

/** The text of a label as Mermaid decodes its entity codes. */
function decoded(label: string): string {
  return label.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

describe('prismaMermaid', () => {
  it('writes a flowchart of boxes in columns, and arrows', () => {
    const lines = prismaMermaid(twoColumns, words).split('\n');
    expect(lines[0]).toBe('flowchart TD');
    expect(lines).toContain('    screened["Records screened (n = 90)<br/>Records not yet screened (n = 5)"]');
    expect(lines).toContain('  subgraph column1["Identification of studies via other methods"]');
    expect(lines).toContain('  other_assessed --> included');
    expect(lines.filter((line) => line.trim() === 'end')).toHaveLength(2);
  });

  it('writes only statements of a flowchart, whatever a reason says', () => {
    const text = prismaMermaid(withReason(`${hostile}\nclassDef x:#b;\n%% c end`), words);
    const statement =
      /^(?:flowchart TD| {2}subgraph \w+\["[^"\n]+"\]| {2}end| {2,4}\w+\["[^"\n]+"\]| {2}\w+ --> \w+|)$/;
    expect(text.split('\n').filter((line) => !statement.test(line))).toEqual([]);
    // Mermaid removes a semicolon from what looks like a style, and would break the code of a sign.
    expect(text).not.toMatch(/(?:style|classDef).*:\S*#.*;/);
    expect(text).not.toMatch(/#(?!\d+;)/);
    expect(decoded(text)).toContain(`${hostile} classDef x:#b; %% c end (n = 8)`);
  });

  it('writes no label that begins like a list of Markdown', () => {
    expect(prismaMermaid(withReason('1. a'), words)).toContain('<br/>1#46; a (n = 8)');
    expect(prismaMermaid(withReason('- a'), words)).toContain('<br/>#45; a (n = 8)');
  });
});
