import { describe, expect, it } from 'vitest';
import { documentReference } from '../../../../src/core/review/documentReference';

const paper =
  '[Page 1]\n\n# Zinc against colds in children at school\n\n> Anna Zinc\n\n## Abstract\n\nZinc shortens\n[Page 2]\ncolds.\n\n## Introduction\n\nColds are frequent.\n';

describe('the reference of a document', () => {
  it('has the title and the abstract of a paper', () => {
    expect(documentReference(paper, 'paper', 'zinc.pdf')).toMatchObject({
      title: 'Zinc against colds in children at school',
      abstract: 'Zinc shortens colds.',
    });
  });

  it('has the name of the file if a paper has no title, such as a scan', () => {
    const stated = documentReference('', 'paper', 'C:\\papers\\Zinc 2019.pdf');
    expect(stated).toMatchObject({ title: 'Zinc 2019', abstract: undefined });
  });

  it.each([
    ['# Zinc\n\nZinc helps.', 'Zinc', 'Zinc helps.'],
    ['\r\n  Zinc in colds  \r\nText\r\nof it', 'Zinc in colds', 'Text of it'],
    ['Zinc', 'Zinc', undefined],
    [`${'Long words. '.repeat(40)}\n`, 'zinc', 'Long words. '.repeat(40).trim()],
    [`Zinc\n${'word '.repeat(2000)}`, 'Zinc', undefined],
  ])('has the first line of the text %j as its title', (text, title, abstract) => {
    expect(documentReference(text, 'plain', 'notes/zinc.txt')).toMatchObject({ title, abstract });
  });
});
