import { expect, it } from 'vitest';
import { compareEntities } from '../../../../src/core/entities/compare';
import { writeReport } from '../../../../src/editor/models/report';
import { entity, model } from '../support';

const text = 'BRCA1 and TP53 in cancer.';

it('writeReport lists what only one model finds, with a link to each mention', () => {
  const first = [entity(text, 'BRCA1'), entity(text, 'TP53')];
  const second = [entity(text, 'BRCA1', 'Chemical')];
  const { text: report, links } = writeReport({
    document: 'a.md',
    models: [
      { ...model, name: 'One' },
      { ...model, name: 'Two', version: '', hash: 'abcdef0123456789' },
    ],
    comparison: compareEntities(first, second),
    lineOf: () => 7,
  });
  expect(report).toContain('# Two models on a.md');
  expect(report).toMatch(/## Only One .*: 1\n\n- TP53 \(Gene\): line 7\n/u);
  expect(report).toContain('## Only Two abcdef012345: 0');
  expect(links.map(({ span, mention }) => [report.slice(span.start, span.end), mention.name])).toEqual([
    ['line 7', 'TP53'],
    ['line 7', 'BRCA1'],
    ['line 7', 'BRCA1'],
  ]);
});
