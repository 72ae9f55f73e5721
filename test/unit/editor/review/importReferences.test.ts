import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../src/core/errors';
import { emptySettings } from '../../../../src/core/review/settings';
import { importReferences } from '../../../../src/editor/review/importReferences';
import { reference } from '../../core/review/support';
import { createReview, reviewIn, useReviewTools } from './support';

const setup = useReviewTools();
const references = Array.from({ length: 600 }, (_, index) =>
  reference({ title: `Study number ${index}`, pmid: String(1000 + index) }),
);
const search = {
  file: 'https://pubmed.ncbi.nlm.nih.gov/?term=zinc',
  database: 'PubMed',
  kind: 'database',
} as const;

describe('importReferences', () => {
  it('imports what was downloaded, in its order, with its search', async () => {
    await createReview(setup, emptySettings);
    const counts = await importReferences(setup.tools, { references, ...search, query: 'zinc' });
    const { settings, records } = (await reviewIn(setup.folder)).state;
    expect(settings.sources).toMatchObject([{ ...search, query: 'zinc', records: 600 }]);
    expect(records.map(({ title }) => title)).toEqual(references.map(({ title }) => title));
    expect(counts.records).toBe(600);
    expect(setup.user.messages[0]).toMatch(/^600 records imported/);
    expect((await setup.tools.session.open()).state.records).toHaveLength(600);
  });

  it('needs a review', async () => {
    await expect(importReferences(setup.tools, { references, ...search })).rejects.toMatchObject({
      code: errorCodes.ARGUMENT_INVALID,
      nextStep: 'Run "BioBERT: New Review" first.',
    });
  });
});
