import { describe, expect, it } from 'vitest';
import { issueReport, type IssueReportParts } from '../../../../src/editor/onDemand/issueReport';

const parts: IssueReportParts = {
  extensionVersion: '0.1.0',
  editor: 'Visual Studio Code 1.139.1',
  platform: 'linux x64',
  remote: 'none',
  status: {
    state: 'ready',
    memoryBytes: 211 * 1024 * 1024,
    model: {
      name: 'BioBERT compact',
      version: '1.0.0',
      task: 'token-classification',
      types: ['Gene'],
      measured: [],
      license: 'MIT',
      hash: 'ab12',
      configHash: 'c',
      runtime: 'onnxruntime-node',
    },
  },
  settings: { 'biobert.minProbability': 0.7 },
  logLines: ['12:00:00 [info] tagged 1 document', '12:00:01 [warning] skipped /home/ada/notes/draft.md'],
  privatePaths: ['/home/ada', '/home/ada/notes'],
};

describe('issueReport', () => {
  it('contains versions, model, settings and log', () => {
    const body = issueReport(parts);
    for (const fact of ['0.1.0', '1.139.1', 'linux x64', 'BioBERT compact 1.0.0', 'ab12', '211 MB', '0.7'])
      expect(body).toContain(fact);
    expect(body).toContain('tagged 1 document');
  });

  it('replaces the folders of the user', () => {
    const body = issueReport(parts);
    expect(body).not.toContain('ada');
    expect(body).toContain('skipped <folder>/draft.md');
  });

  it('says that no model is loaded, and why', () => {
    const body = issueReport({ ...parts, status: { state: 'failed', error: 'A file is damaged. (BB103)' } });
    expect(body).toContain('Model: not loaded');
    expect(body).toContain('failed: A file is damaged. (BB103)');
  });

  it('keeps the last lines of a long log, shortened', () => {
    const logLines = [...Array.from({ length: 500 }, (_, index) => `line ${index}.`), 'x'.repeat(5000)];
    const body = issueReport({ ...parts, logLines });
    expect(body).not.toContain('line 440.');
    expect(body).toContain('line 499.');
    expect(body.length).toBeLessThan(6000);
  });

  it('uses fences that backticks cannot close', () => {
    const body = issueReport({ ...parts, logLines: ['```', '## Not a heading of ours'] });
    expect(body).toContain('````\n```\n## Not a heading of ours\n````');
  });
});
