import { describe, expect, it } from 'vitest';
import { writeCslJson } from '../../../../src/core/review/writeCslJson';
import { exported } from './exportedRecords';

describe('writeCslJson', () => {
  it('writes the items that processors of citations read', () => {
    const records = [exported({}), exported({ authors: ['WHO'], keywords: ['Receptors, Estrogen'] })];
    expect(JSON.parse(writeCslJson(records))).toMatchObject([
      {
        id: 'zinc2021niacin',
        type: 'article-journal',
        author: [
          { family: 'Zinc', given: 'Anna' },
          { family: 'Müller', given: 'Ben' },
        ],
        issued: { 'date-parts': [[2021]] },
        'container-title': 'Lead Letters',
        page: '101-109',
        DOI: '10.1000/zinc.1',
        PMID: '33000001',
        PMCID: 'PMC1234567',
      },
      { author: [{ literal: 'WHO' }], keyword: 'Receptors, Estrogen;' },
    ]);
  });

  it('escapes what looks like markup, and nothing else', () => {
    const text = writeCslJson([exported({ title: 'p < 0.05 & <i>q</i> &amp;' })]);
    expect(text).toContain('p < 0.05 & \\u003ci>q\\u003c/i> \\u0026amp;');
  });
});
