import { describe, expect, it } from 'vitest';
import {
  keysOfPlace,
  keysOfRecord,
  type IdentifiedRecord,
} from '../../../../src/core/records/publicationKeys';

const record: IdentifiedRecord = {
  title: 'Low doses of aspirin raise the urate of old patients',
  authors: ['Kaplan, Ann'],
  year: 2019,
  pmid: '31',
  pmcid: 'PMC77777',
  doi: '10.1000/abc',
  key: 'kaplan19',
};

function isSame(place: Parameters<typeof keysOfPlace>[0], of: IdentifiedRecord = record): boolean {
  const keys = new Set(keysOfRecord(of));
  return keysOfPlace(place).some((key) => keys.has(key));
}

describe('the publication at a place', () => {
  it.each(['31', 'PMC77777', '10.1000/abc', '10.1000/ABC'])('is found by the identifier %s', (citation) => {
    expect(isSame({ citation, publication: undefined })).toBe(true);
  });

  it.each([
    'Kaplan 2019, Low doses of aspirin raise the urate of old patients',
    'Kaplan 2018, Low Doses of Aspirin Raise the Urate of Old Patients.',
    'Low doses of aspirin raise the urate of old patients',
    'Low-doses of aspirin raise the “urate” of old patients',
  ])('is found by the name %s', (publication) => {
    expect(isSame({ citation: 'x1', publication })).toBe(true);
  });

  it('is another one if identifier and name differ', () => {
    expect(isSame({ citation: '32', publication: 'Ito 2020, Low doses of ibuprofen' })).toBe(false);
  });

  it('is found by a citation key only if it has no name, because two files may use one key for two papers', () => {
    expect(isSame({ citation: 'kaplan19', publication: undefined })).toBe(true);
    expect(isSame({ citation: 'kaplan19', publication: 'Kaplan 2019, Diets of athletes' })).toBe(false);
  });

  it('is not found by a short title alone, which many publications share', () => {
    const editorial = { title: 'Editorial', authors: ['Kaplan, Ann'], year: 2019 };
    expect(isSame({ citation: undefined, publication: 'Editorial' }, editorial)).toBe(false);
    expect(isSame({ citation: undefined, publication: 'Kaplan 2019, Editorial' }, editorial)).toBe(true);
  });
});
