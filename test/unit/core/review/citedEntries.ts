/** Evidence to be cited, for tests. */
import fc from 'fast-check';
import type { EvidenceWords } from '../../../../src/core/curation/evidenceExport';
import type { Evidence } from '../../../../src/core/curation/evidenceFile';

export const words: EvidenceWords = {
  document: 'Document',
  line: 'line {0}',
  denied: 'negated',
  speculative: 'speculative',
  proposed: 'proposed',
  title: 'Evidence',
  foundBy: 'Found by {0}.',
  person: 'a person',
};

export function entry(change: Partial<Evidence> = {}): Evidence {
  return {
    topic: { kind: 'question', question: 'Does aspirin raise urate?' },
    document: 'papers/a.md',
    start: 10,
    end: 40,
    line: 2,
    sentence: 'Aspirin raised the urate of 40 % of them.',
    probability: 0.9,
    isDenied: false,
    isSpeculative: false,
    citation: 'a',
    note: '',
    ...change,
  };
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
/** Statements of a document about the publication of a sentence. */
export const place = fc.record({
  citation: fc.oneof(text, fc.constantFrom('11', '10.1/lopez', 'A', 'a', '10.1002/(sici)1', '{x}, y')),
  document: fc.constantFrom('a.md', 'b/a.md', 'refs.bib'),
  publication: fc.option(text, { nil: undefined }),
});
