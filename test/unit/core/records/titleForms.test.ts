import { describe, expect, it } from 'vitest';
import { titleForm } from '../../../../src/core/records/titleForms';

describe('the form of a title', () => {
  it.each([
    ['Niacin in gout. [Review] [45 refs]', 'niacin in gout'],
    ['[Niacin in gout]. [German]', 'niacin in gout'],
    ['[Niacin in gout.]', 'niacin in gout'],
    ["[Niacin in gout (author's transl)]", 'niacin in gout'],
    ['RETRACTED ARTICLE: Niacin in gout', 'niacin in gout'],
    ['Niacin (vitamin B3) in gout', 'niacin vitamin b3 in gout'],
    ['Niacin in gout (Review)', 'niacin in gout'],
    ['Effet de la &beta;-alanine', 'effet de la beta alanine'],
  ])('of %s has the words %s', (title, words) => {
    expect(titleForm(title).words.join(' ')).toBe(words);
  });

  it('tells a translated title from a title that begins with brackets', () => {
    expect(titleForm('[Niacin in [18F] scans of gout.]').isTranslated).toBe(true);
    expect(titleForm('[18F]FDG in gout').isTranslated).toBe(false);
  });

  it('does not depend on hyphens and blanks', () => {
    expect(titleForm('Gout in ApoE -/- mice').letters).toBe(titleForm('Gout in ApoE-/-mice').letters);
  });

  it.each([
    ['Erratum: Niacin in gout', 'correction'],
    ['Correction to: Niacin in gout', 'correction'],
    ["Publisher's correction: Niacin in gout", 'correction'],
    ['Niacin in gout (vol 12, pg 1032, 2021)', 'correction'],
    ['Niacin in gout [Erratum]', 'correction'],
    ['Correction of anaemia with niacin', 'article'],
    ['Retraction notice to: Niacin in gout', 'retraction'],
    ['Comment on "Niacin in gout"', 'comment'],
    ['Re: Niacin in gout', 'comment'],
    ['Niacin in gout: comment', 'comment'],
    ["Authors' reply: Niacin in gout", 'reply'],
    ['Response to Iron', 'reply'],
    ['Response of gout to niacin', 'article'],
    ['Niacin in gout - Reply', 'reply'],
    ['Niacin in gout: study protocol for a trial', 'protocol'],
    ['Niacin in gout', 'article'],
  ])('of %s says that it is one of: %s', (title, kind) => {
    expect(titleForm(title).kind).toBe(kind);
  });

  it.each([
    ['Niacin in gout, part II', '2'],
    ['Niacin in gout: Part two', '2'],
    ['Niacin in gout, part 2', '2'],
    ['Niacin and factor V in gout', ''],
    ['Niacin in phase III', '3'],
    ['GLP-1 in 20 men', ''],
  ])('of %s has the parts "%s"', (title, parts) => {
    expect(titleForm(title).parts).toBe(parts);
  });

  it('has the same numbers whether they are Roman or not', () => {
    expect(titleForm('Niacin in gout, part II').numbers).toBe(titleForm('Niacin in gout, part 2').numbers);
    expect(titleForm('Niacin in 2019').numbers).not.toBe(titleForm('Niacin in 2020').numbers);
  });
});
