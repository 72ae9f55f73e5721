import { describe, expect, it } from 'vitest';
import { placeName } from '../../../../src/editor/documents/placeName';

const place = { file: 'a.nbib', line: 7 };
const title = 'Effects of metformin on the growth of breast cancer';

describe('placeName', () => {
  it('gives copies of a paper in two files one identity', () => {
    const first = placeName({ ...place, document: 'file:/a.nbib', publication: `Kaplan 2019, ${title}` });
    const second = placeName({ ...place, document: 'file:/b.ris', publication: title });
    expect(first.document).toBe(second.document);
    expect(first.name).toBe(`Kaplan 2019, ${title}`);
  });

  it('tells publications with a short title apart by their files', () => {
    const first = placeName({ ...place, document: 'file:/a.nbib', publication: 'Editorial' });
    const second = placeName({ ...place, document: 'file:/b.ris', publication: 'Editorial' });
    expect(first.document).not.toBe(second.document);
  });

  it('names a document that names no publication by its file', () => {
    const draft = placeName({ ...place, document: 'file:/a.md', publication: undefined });
    expect(draft).toEqual({ document: 'file:/a.md', name: 'a.nbib', line: 7 });
  });
});
