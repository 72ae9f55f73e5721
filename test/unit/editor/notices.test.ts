import { describe, expect, it } from 'vitest';
import { unreadNotice } from '../../../src/editor/notices';

describe('the notice about documents that were not read', () => {
  it('counts them in words that fit their number', () => {
    expect(unreadNotice(0)).toBeUndefined();
    expect(unreadNotice(1)?.message).toMatch(/^1 document was read only in part/u);
    expect(unreadNotice(1200)?.message).toMatch(/^1,200 documents were read only in part/u);
  });
});
