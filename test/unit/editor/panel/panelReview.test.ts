import { describe, expect, it } from 'vitest';
import { keysOfRecord } from '../../../../src/core/records/publicationKeys';
import { PanelReview } from '../../../../src/editor/panel/panelReview';
import { nullLogger } from '../../../../src/runtime/log';
import { EventEmitter } from '../vscode';

const title = 'Low doses of aspirin raise the urate of old patients';
const name = `Kaplan 2019, ${title}`;

function setUp({ exists = true } = {}) {
  const changed = new EventEmitter<void>();
  const keys = keysOfRecord({ title, authors: ['Kaplan, Ann'], year: 2019, pmid: '11' });
  const bundle = {
    includedPublications: () => Promise.resolve({ keys: ['id 11'] }),
    publicationNames: () => Promise.resolve(new Map(keys.map((key) => [key, name]))),
  };
  const access = {
    exists,
    ready: Promise.resolve(),
    onDidChange: changed.event as never,
    load: () => bundle as never,
  };
  return { access, changed, review: new PanelReview(access, nullLogger) };
}

describe('the review of the panel', () => {
  it('names the publication of a PDF file, whose title alone is known, with author and year', async () => {
    const { review } = setUp();
    expect(review.nameOf({ publication: title, citation: undefined })).toBe(title);
    await review.ready;
    expect(review.nameOf({ publication: title, citation: undefined })).toBe(name);
    expect(review.nameOf({ publication: undefined, citation: '11' })).toBe(name);
    expect(review.nameOf({ publication: 'Ito 2020, Diets', citation: '12' })).toBe('Ito 2020, Diets');
    expect(review.nameOf({ publication: undefined, citation: undefined })).toBeUndefined();
  });

  it('includes nothing without a review, and follows one that begins', async () => {
    const { access, changed, review } = setUp({ exists: false });
    await review.ready;
    expect(await review.included()).toEqual({ keys: [] });
    expect(review.nameOf({ publication: title, citation: undefined })).toBe(title);
    const followed = new Promise<void>((resolve) => review.onDidChange(resolve));
    access.exists = true;
    changed.fire();
    await followed;
    expect(await review.included()).toEqual({ keys: ['id 11'] });
    expect(review.nameOf({ publication: title, citation: undefined })).toBe(name);
  });
});
