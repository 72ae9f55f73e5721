import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../../../src/editor/review/commands/writeReport';
import { reset, window } from '../../vscode';
import { openReview, type ReviewWindow } from '../reviewWindow';

let opened: ReviewWindow;

beforeEach(() => reset());
afterEach(() => opened.close());

describe('the command that writes the report', () => {
  it('writes Markdown with the diagram, and the drawing beside it, and opens the Markdown', async () => {
    opened = openReview();
    window.saved = opened.uri('report/flow.md');
    await run(opened.tools, []);
    const markdown = opened.read('report/flow.md');
    expect(markdown).toContain('# Aspirin and gout');
    expect(markdown).toContain('```mermaid\nflowchart TD');
    expect(markdown).toContain('(flow.svg)');
    expect(opened.read('report/flow.svg')).toMatch(/^<svg[^]*Duplicate records removed[^]*<\/svg>\n$/);
    expect(window.shown).toEqual([opened.uri('report/flow.md').toString()]);
  });

  it('replaces a drawing of its own, and leaves other files of the name alone', async () => {
    opened = openReview();
    opened.write('flow.svg', '<svg>mine</svg>');
    window.saved = opened.uri('flow.md');
    await run(opened.tools, []);
    await run(opened.tools, []);
    expect(opened.read('flow.svg')).toBe('<svg>mine</svg>');
    expect(opened.read('flow-biobert.svg')).toContain('prisma-arrow');
    expect(opened.read('flow.md')).toContain('(flow-biobert.svg)');
    expect(() => opened.read('flow-biobert-2.svg')).toThrow();
  });

  it('writes the Markdown beside a drawing that is chosen, not over notes', async () => {
    opened = openReview();
    opened.write('flow.md', '# Notes');
    window.saved = opened.uri('flow.svg');
    await run(opened.tools, []);
    expect(opened.read('flow.md')).toBe('# Notes');
    expect(opened.read('flow-biobert.md')).toContain('(flow.svg)');
    expect(opened.read('flow.svg')).toContain('prisma-arrow');
    expect(window.shown).toEqual([opened.uri('flow-biobert.md').toString()]);
  });

  it('fails without a review', async () => {
    opened = openReview({ hasReview: false });
    await expect(run(opened.tools, [])).rejects.toThrow('The open folder has no review.');
  });
});
