import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { expectSound, placeOf, proseOf } from './checks';

const format = 'restructuredtext';

describe('reStructuredText', () => {
  it.each<[name: string, text: string, prose: string[]]>([
    [
      'reads headings, paragraphs and lists, each apart',
      '=====\nTitle\n=====\n\nOn *ACE*\n------\n\nLosartan lowers\n**blood** pressure.\n\n- first\n  goes on\n- second\n\n  1. third\n\nCKD\n   chronic disease',
      [
        'Title',
        'On ACE',
        'Losartan lowers blood pressure.',
        'first goes on',
        'second',
        'third',
        'CKD',
        'chronic disease',
      ],
    ],
    [
      'reads scripts and simple formulas',
      'H\\ :sub:`2`\\ O, Mg\\ :sup:`2+`, TNF-\\ :math:`\\alpha`, :superscript:`18`\\ F; :math:`\\frac{a}{b}` cancer\\ :sup:`12` cells',
      ['H2O, Mg2+, TNF-α, 18F; cancer cells'],
    ],
    [
      'reads link texts, and leaves out their targets',
      'See `the page <https://GENE.org>`_, `one`_, two_ and https://GENE.org.\n\n.. _one: https://GENE.org\n.. __: GENE',
      ['See the page, one, two and.'],
    ],
    [
      'leaves out literals, keys, references and notes',
      'Use ``GENE = 1`` :cite:p:`gene20,b` as :ref:`sec-gene` [1]_ [#gene]_ [Gene2001]_ :code:`GENE` and :py:func:`gene`.',
      ['Use as and.'],
    ],
    [
      'reads the text of other roles',
      ':gene:`ACE` and :term:`CKD` in :abbr:`AKI (acute kidney injury)` see :doc:`the guide <gene>` or `plain`.',
      ['ACE and CKD in AKI (acute kidney injury) see the guide or plain.'],
    ],
    [
      'replaces substitutions',
      '.. |tnf| replace:: TNF-\\ *α*\n.. |pic| image:: GENE.png\n\nThe |tnf| level |pic| and |gene|.',
      ['The TNF-α level and.'],
    ],
    [
      'leaves out literal blocks',
      'Run this::\n\n   GENE = 1\n\n   GENE\n\nThen::\n\n  GENE\n\nEnd. ::\n\n  GENE',
      ['Run this:', 'Then:', 'End.'],
    ],
    [
      'leaves out code, comments and options',
      '.. code-block:: r\n   :caption: GENE\n\n   GENE\n\n.. GENE comment\n   GENE\n\n..\n   GENE\n\n.. comment: GENE\n\n.. image:: GENE.png\n   :alt: GENE\n\n>>> GENE\nGENE\n\nEnd.',
      ['End.'],
    ],
    [
      'reads captions, notes and their titles',
      '.. figure:: GENE.png\n   :width: 50%\n\n   Dose of *losartan*.\n\n   A legend.\n\n.. note:: It was\n   stopped.\n\n.. admonition:: On CKD\n   :class: GENE\n\n   Content.\n\n.. unknown:: GENE\n\n   More.',
      ['Dose of losartan.', 'A legend.', 'It was stopped.', 'On CKD', 'Content.', 'More.'],
    ],
    [
      'reads cells of tables',
      '.. list-table:: Drugs\n   :header-rows: 1\n\n   * - Drug\n     - Gene\n   * - losartan\n     - ACE\n\n+------+-----+\n| a b  | c   |\n+======+=====+\n| d    | e   |\n+------+-----+\n\n====  ====\nf g   h\n====  ====\ni     j\n====  ====\n\nAfter it is text.',
      [
        'Drugs',
        'Drug',
        'Gene',
        'losartan',
        'ACE',
        'a b',
        'c',
        'd',
        'e',
        'f g',
        'h',
        'i',
        'j',
        'After it is text.',
      ],
    ],
    [
      'reads the abstract, and no other field',
      ':Author: GENE\n:Abstract: On CKD\n   in rats.\n:Date: GENE\n\nText with :sub:`2` at :math:`x`: here.',
      ['On CKD in rats.', 'Text with 2 at x: here.'],
    ],
    [
      'reads footnotes',
      'Text [#a]_.\n\n.. [#a] On CKD\n   in rats.\n.. [Lee2001] Lee A. *CKD*. 2001.',
      ['Text.', 'On CKD in rats.', 'Lee A. CKD. 2001.'],
    ],
    ['reads line blocks', '| Losartan lowers\n| pressure', ['Losartan lowers pressure']],
    ['does not take a genus for a number', 'E. coli grows.\n\nA. Item', ['E. coli grows.', 'Item']],
    ['reads text with unclosed marks', 'A ``b and `c *d |e [f.\n\nEnd', ['A ``b and `c d |e [f.', 'End']],
  ])('%s', (_, text, prose) => {
    for (const each of [text, text.replace(/\n/g, '\r\n')]) {
      expect(proseOf(each, format)).toEqual(prose);
      expectSound(each, parseDocument(each, format).segments);
    }
  });

  it.each([
    ['the Mg\\ :sup:`2+` level', 'Mg2+', 'Mg\\ :sup:`2+`'],
    ['.. note:: On *ACE* here', 'ACE', 'ACE'],
    ['.. |t| replace:: TNF-α\n\nThe |t| rose', 'TNF-α', '|t|'],
    ['.. |abc| replace:: TNF-α\n\nThe |abc| rose', 'TNF-α', '|abc|'],
    ['blood\n*pressure* fell', 'blood pressure', 'blood\n*pressure'],
  ])('places in %j the mention %j at %j', (text, mention, place) => {
    expect(placeOf(text, format, mention)).toBe(place);
  });
});
