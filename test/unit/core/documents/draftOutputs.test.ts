import { describe, expect, it } from 'vitest';
import { draftOutputs } from '../../../../src/core/documents/draftOutputs';

describe('the outputs of a draft', () => {
  it.each(['my-draft.md', 'my-draft.markdown', 'my-draft.qmd', 'my-draft.Rmd', 'my-draft.typ'])(
    'stand beside %s with its base name',
    (name) => {
      const made = ['docx', 'odt', 'rtf', 'pdf', 'html', 'epub', 'tex'];
      expect(draftOutputs(`/p/v1.2/${name}`)).toEqual(made.map((each) => `/p/v1.2/my-draft.${each}`));
    },
  );

  it('do not include the draft itself', () => {
    expect(draftOutputs('a.tex')).toContain('a.pdf');
    expect(draftOutputs('a.tex')).not.toContain('a.tex');
  });

  it.each(['a.pdf', 'a.docx', 'a.nbib', 'a.txt', 'md'])('are none of %s', (name) => {
    expect(draftOutputs(name)).toEqual([]);
  });
});
