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

  it('fails without a review', async () => {
    opened = openReview({ hasReview: false });
    await expect(run(opened.tools, [])).rejects.toThrow('The open folder has no review.');
  });
});
