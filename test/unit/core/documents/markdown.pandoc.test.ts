import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../../../src/core/documents/parse';
import { notebookOf } from '../../../support/hostileTexts';
import { expectSound, placeOf, proseOf } from './checks';

const withLineEnds = (text: string): string[] => [text, text.replace(/\n/g, '\r\n')];

describe('a displayed formula in Markdown', () => {
  it.each([
    ['a label of Quarto', '$$\n\\gamma_{GENE} = 2\n$$ {#eq-growth}'],
    ['a label of pandoc-crossref', '$$\n\\gamma_{GENE} = 2\n$$ {#eq:growth}'],
    ['a number', '$$\ny = GENE\n$$ (12)'],
    ['a full stop', '$$\ny = GENE\n$$.'],
    ['the end of an environment', '$$\\begin{aligned}\ny &= GENE\n\\end{aligned}$$'],
    ['an environment and a label', '$$\n\\begin{cases} y \\\\ GENE \\end{cases} $$ {#eq-cases}'],
    ['the end of its first line', '$$ y = GENE $$ {#eq-line}'],
    ['three dollars', '$$$\ny = GENE\n$$$'],
    ['an environment without dollars', '\\begin{align*}\ny &= GENE\n\\end{align*}'],
  ])('is left out, and the text after it is read, if it ends with %s', (_, formula) => {
    for (const gap of ['\n', '\n\n']) {
      for (const text of withLineEnds(`Before it.\n\n${formula}${gap}Losartan lowers pressure.`)) {
        const { segments, simplified } = parseDocument(text, 'markdown');
        expectSound(text, segments);
        const prose = segments.map((segment) => segment.text).join(' ');
        expect(prose).toContain('Losartan lowers pressure.');
        expect(prose).not.toMatch(/GENE|eq|12/);
        expect(simplified).toEqual([]);
      }
    }
  });

  it('is a part of the sentence around it', () => {
    for (const text of withLineEnds('The rate is $$\nr = \\frac{a}{b}\n$$ {#eq-rate}\nin *sepsis* patients.'))
      expect(proseOf(text, 'markdown')).toEqual(['The rate is in sepsis patients.']);
    expect(proseOf('> So\n> $$\n> r = 2\n> $$ (3)\n> holds.', 'markdown')).toEqual(['So holds.']);
    expect(proseOf('- a rate\n  $$\n  r = 2\n  $$ {#eq-r}\n  of 2\n\n  More.\n- b', 'markdown')).toEqual([
      'a rate of 2',
      'More.',
      'b',
    ]);
  });

  it.each([
    ['an empty line', '$$\ny = GENE\n\nLosartan lowers pressure.'],
    ['a heading', '$$\ny = GENE\n# Losartan lowers pressure.'],
    ['a fence', '$$\ny = GENE\n```\ncode\n```\nLosartan lowers pressure.'],
  ])('that is not closed ends at %s, and is told', (_, text) => {
    for (const each of withLineEnds(`Before it.\n\n${text}\n\nEnd.`)) {
      const { segments, simplified } = parseDocument(each, 'markdown');
      expect(segments.map((segment) => segment.text)).toEqual([
        'Before it.',
        'Losartan lowers pressure.',
        'End.',
      ]);
      expect(simplified).toMatchObject([{ limit: 'unclosed', start: each.indexOf('$$') }]);
    }
  });

  it('does not begin at dollars in code, or at dollars in a line that have no partner', () => {
    const text = 'Use `$$` here,\nor `` $$ `` there.\n\nIt costs $$ in all.\n\n```\n$$\n```\n\nEnd.';
    expect(proseOf(text, 'markdown')).toEqual(['Use here, or there.', 'It costs $$ in all.', 'End.']);
    expect(parseDocument(text, 'markdown').simplified).toEqual([]);
  });

  it('keeps simple formulas within a line', () => {
    expect(proseOf('TNF-$$\\alpha$$ and IL-1$\\beta$ rose.', 'markdown')).toEqual(['TNF-α and IL-1β rose.']);
  });
});

describe('text that is hidden by a mark without partner', () => {
  it.each([
    ['a fence', '```r\nplot(x)\n\nLosartan lowers pressure.'],
    ['a fence with another mark', '~~~~\nplot(x)\n~~~\nLosartan lowers pressure.'],
    ['a comment', '<!-- note\n\nLosartan lowers pressure.'],
  ])('is told: %s', (_, text) => {
    const before = 'Some text\n';
    const { segments, simplified } = parseDocument(before + text, 'markdown');
    expect(segments.map((segment) => segment.text)).toEqual(['Some text']);
    expect(simplified).toMatchObject([{ limit: 'unclosed', start: before.length }]);
  });

  it('is told in a cell of a notebook', () => {
    const { simplified } = parseDocument(notebookOf('One.\n\n```\nTwo.'), 'notebook');
    expect(simplified).toMatchObject([{ limit: 'unclosed' }]);
  });

  it.each([
    '```r\nplot(x)\n```',
    '~~~\na\n~~~~',
    '<!-- a\n\nb -->',
    '```\n```',
    '```',
    '- ```\n  a\n  ```\n- b',
  ])('is not told of %j', (text) => {
    expect(parseDocument(text, 'markdown').simplified).toEqual([]);
  });
});

describe('an executable chunk', () => {
  it.each([
    ['#| fig-cap: "Decline under *losartan*."', ['Decline under losartan.']],
    ["#| tbl-cap: 'Patients'' doses'", ["Patients' doses"]],
    ['#| fig-cap: Dose of Ca^2+^ in TNF-$\\alpha$', ['Dose of Ca2+ in TNF-α']],
    ['#| fig-cap: "Dose of TNF-$\\\\alpha$"', ['Dose of TNF-α']],
    ['#| label: GENE\n#| fig-cap: |\n#|   A long\n#|   caption\n#| echo: GENE', ['A long caption']],
    ['#| fig-subcap:\n#|   - "First"\n#|   - Second', ['First', 'Second']],
    ['#| fig-subcap: ["One, two", Three]', ['One, two', 'Three']],
    ['//| fig-cap: In JavaScript', ['In JavaScript']],
    ['#| fig-alt: GENE\n#| fig-cap-location: top', []],
    ['x = 1\n#| fig-cap: GENE', []],
  ])('has only captions that are prose: %j', (options, prose) => {
    for (const text of withLineEnds(`One.\n\n\`\`\`{python}\n${options}\nGENE = 2\n\`\`\`\nTwo.`)) {
      expect(proseOf(text, 'markdown')).toEqual(['One.', ...prose, 'Two.']);
      expectSound(text, parseDocument(text, 'markdown').segments);
    }
  });

  it.each([
    ['{r survival, fig.cap="Decline under *losartan*", echo=FALSE}', ['Decline under losartan']],
    ['{r, echo=FALSE, fig.cap = \'A "b"\'}', ['A "b"']],
    ['{r fig.subcap=c("One", "Two"), fig.width=4}', ['One', 'Two']],
    ['{r, fig.alt="GENE"}', []],
    ['r fig.cap="GENE"', []],
  ])('has captions in its header: %s', (header, prose) => {
    expect(proseOf(`\`\`\`${header}\nGENE\n\`\`\``, 'markdown')).toEqual(prose);
  });

  it('gives the places of captions', () => {
    const text = '```{r}\n#| fig-cap: "Dose of TNF-$\\\\alpha$ in \\"CKD\\""\n```';
    expect(placeOf(text, 'markdown', 'TNF-α')).toBe('TNF-$\\\\alpha$');
    expect(placeOf(text, 'markdown', 'CKD')).toBe('CKD');
  });
});

describe('syntax of Pandoc and Quarto', () => {
  it.each<[name: string, text: string, prose: string[]]>([
    [
      'fenced divs with titles',
      '::: {.callout-tip title="On *losartan*"}\nIt lowers pressure.\n:::\n\n:::: {.columns}\nOne.\n::::\nTwo.',
      ['On losartan', 'It lowers pressure.', 'One.', 'Two.'],
    ],
    ['directives of MyST', ':::{admonition} On losartan\n:class: GENE\nText.\n:::', ['On losartan', 'Text.']],
    [
      'line blocks, which are one text',
      '| Losartan lowers\n| *blood* pressure',
      ['Losartan lowers blood pressure'],
    ],
    [
      'definition lists',
      'CKD\n:   Chronic kidney disease.\n\n    It is common.\n\n:   Another.\n\nAKI\n\n~   Acute injury.',
      ['CKD', 'Chronic kidney disease.', 'It is common.', 'Another.', 'AKI', 'Acute injury.'],
    ],
    [
      'captions of tables',
      '| a |\n|---|\n| b |\n\n: Doses of *losartan* {#tbl-x}',
      ['a', 'b', 'Doses of losartan'],
    ],
    [
      'example lists and references to them',
      '(@one) Losartan in CKD.\n(@) Ramipril in CKD.\n\nAs (@one) shows.',
      ['Losartan in CKD.', 'Ramipril in CKD.', 'As shows.'],
    ],
    ['numbered lists', '#. Losartan\n#. Ramipril', ['Losartan', 'Ramipril']],
    ['lists of citations in brackets', 'It fell (@a2020, @b2021; @fig-x).', ['It fell.']],
    ['spans', 'In [kidney *disease*]{.mark} and [Ca]{.x}^2+^.', ['In kidney disease and Ca2+.']],
    ['notes', 'It was stopped^[For cough.] early.', ['It was stopped [For cough.] early.']],
    ['scripts', '^18^F, *Ace*^-/-^, *Agt*^*tm2Ab*^, P~a\\ b~, a\\ b', ['18F, Ace-/-, Agttm2Ab, Pa b, a b']],
  ])('is read: %s', (_, text, prose) => {
    for (const each of withLineEnds(text)) {
      expect(proseOf(each, 'markdown')).toEqual(prose);
      expectSound(each, parseDocument(each, 'markdown').segments);
    }
  });

  it.each([
    ['*Ace*^-/-^ mice', 'Ace-/-', 'Ace*^-/-^'],
    ['*Agt*^*tm2Ab*^ mice', 'Agttm2Ab', 'Agt*^*tm2Ab*^'],
    ['::: {.callout-tip title="On losartan"}\nText.\n:::', 'losartan', 'losartan'],
    ['The rate\n$$\nx\n$$ {#eq-a}\nof CKD', 'CKD', 'CKD'],
  ])('has in %j the mention %j at %j', (text, mention, place) => {
    expect(placeOf(text, 'markdown', mention)).toBe(place);
  });
});
