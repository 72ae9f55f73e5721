import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { Annotator } from '../../../../src/core/exports/annotator';
import { csvLine, readCsv } from '../../../../src/core/exports/csv';
import {
  entryMatcher,
  readEvidence,
  writeEvidence,
  type Evidence,
} from '../../../../src/core/curation/evidenceFile';
import {
  evidenceCitations,
  evidenceCsv,
  evidenceCsvHeader,
  evidenceMarkdown,
  type EvidenceWords,
} from '../../../../src/core/curation/evidenceExport';
import { isOwnReport } from '../../../../src/core/curation/ownReport';

const words: EvidenceWords = {
  document: 'Document',
  line: 'line {0}',
  denied: 'denied',
  speculative: 'supposed',
  proposed: 'proposed',
  title: 'Evidence',
  foundBy: 'Found by {0}.',
  person: 'a person',
};

const model: Annotator = { name: 'compact relations 1.2', hash: `0123456789ab${'c'.repeat(52)}` };

const pinned: Evidence = {
  topic: {
    kind: 'pair',
    subject: { name: 'tamoxifen', type: 'Chemical' },
    relation: 'negative_correlation',
    object: { name: 'breast cancer', type: 'Disease' },
  },
  document: 'papers/smith2019.md',
  start: 120,
  end: 171,
  line: 12,
  sentence: 'Tamoxifen lowered the risk of breast cancer.',
  probability: 0.9213,
  isDenied: false,
  isSpeculative: true,
  citation: 'smith2019',
  note: 'five years only',
};

const asked: Evidence = {
  ...pinned,
  topic: { kind: 'question', question: 'Which drugs lower the risk?' },
  answer: 'tamoxifen',
  isSpeculative: false,
  note: '',
};

/** The pinned sentence with an identifier of its subject. */
function linkedTo(id: string, name = 'tamoxifen'): Evidence {
  const topic = {
    kind: 'pair' as const,
    subject: { name, type: 'Chemical', id },
    relation: 'negative_correlation',
    object: { name: 'breast cancer', type: 'Disease' },
  };
  return { ...pinned, topic };
}

const anyEvidence = fc.record({
  topic: fc.oneof(
    fc.record({ kind: fc.constant('question' as const), question: fc.string({ unit: 'grapheme' }) }),
    fc.constant(pinned.topic),
  ),
  document: fc.string({ unit: 'grapheme' }),
  start: fc.nat(),
  end: fc.constant(2 ** 31),
  line: fc.nat(),
  sentence: fc.string({ unit: 'grapheme' }),
  probability: fc.constantFrom(0, 0.25, 1),
  isDenied: fc.boolean(),
  isSpeculative: fc.boolean(),
  citation: fc.string({ unit: 'grapheme' }),
  note: fc.string({ unit: 'grapheme' }),
  annotator: fc.constantFrom<Annotator | undefined>(undefined, 'person', model),
});

describe('the evidence file', () => {
  it('returns what was written, sorted, for any order', () => {
    fc.assert(
      fc.property(fc.array(anyEvidence, { maxLength: 5 }), (evidence) => {
        const text = writeEvidence(evidence);
        const read = readEvidence(text);
        expect(read?.unread).toEqual([]);
        expect(writeEvidence(read?.evidence ?? [])).toBe(text);
        expect(read?.evidence).toHaveLength(evidence.length);
      }),
    );
    expect(writeEvidence([asked, pinned])).toBe(writeEvidence([pinned, asked]));
  });

  it('changes by one line when one sentence is pinned', () => {
    const before = writeEvidence([pinned]).split('\n');
    const after = writeEvidence([pinned, { ...pinned, document: 'papers/a.md' }]).split('\n');
    expect(after.filter((line) => !before.includes(line))).toHaveLength(1);
  });

  it.each(['', '{}', '[]', 'null', '{"biobertEvidence":2,"evidence":[]}', '<<<<<<< HEAD'])(
    'takes %j for no evidence file',
    (text) => {
      expect(readEvidence(text)).toBeUndefined();
    },
  );

  it('keeps the identifiers of concepts, and fields that it does not know', () => {
    const linked = JSON.stringify({
      ...JSON.parse(writeEvidence([pinned]).split('\n')[1] ?? ''),
      topic: {
        kind: 'pair',
        subject: { name: 'tamoxifen', type: 'Chemical', id: 'MESH:D013629', colour: 'red' },
        relation: 'treats',
        object: { name: 'breast cancer', type: 'Disease' },
        weight: 3,
      },
      reviewer: { name: 'B' },
    });
    const text = `{"biobertEvidence":1,"evidence":[\n${linked}\n]}\n`;
    const read = readEvidence(text);
    expect(read?.evidence[0]?.topic).toMatchObject({ subject: { id: 'MESH:D013629' } });
    expect(writeEvidence(read?.evidence ?? [])).toBe(text);
  });

  it('recognises an entry that was pinned before its names were linked', () => {
    const linked = linkedTo('MESH:D013629');
    expect(entryMatcher([pinned])(linked)).toBe(true);
    expect(entryMatcher([linked])(pinned)).toBe(true);
    expect(entryMatcher([linked])(linkedTo('MESH:D013629', 'Nolvadex'))).toBe(true);
    expect(entryMatcher([linked])(linkedTo('MESH:D1'))).toBe(false);
    expect(entryMatcher([linked])({ ...linked, sentence: 'Another.' })).toBe(false);
  });

  it('keeps entries that it cannot read and writes them back', () => {
    const text = writeEvidence([pinned]).replace('[\n', '[\n{"topic":{"kind":"pair"}},\n7,\n');
    const read = readEvidence(text);
    expect(read).toEqual({ evidence: [{ ...pinned }], unread: [{ topic: { kind: 'pair' } }, 7] });
    expect(readEvidence(writeEvidence([pinned, asked], read?.unread))?.unread).toEqual(read?.unread);
  });
});

describe('the exports of the evidence', () => {
  it('can be read back from CSV, for any content of the fields', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 4 })),
        (records) => {
          expect(readCsv(records.map(csvLine).join(''))).toEqual(records);
        },
      ),
    );
    const [header, ...rows] = readCsv(evidenceCsv([pinned, asked]));
    expect(header).toEqual([...evidenceCsvHeader]);
    expect(rows).toHaveLength(2);
    expect(rows[1]?.slice(0, 5)).toEqual([
      'tamoxifen – breast cancer (negative correlation)',
      'papers/smith2019.md',
      '',
      'smith2019',
      '12',
    ]);
  });

  it('name the concepts, and have one column for all names of a concept', () => {
    const table = [
      linkedTo('MESH:D013629'),
      { ...linkedTo('MESH:D013629', 'Nolvadex'), document: 'papers/b.md', sentence: 'Nolvadex helped.' },
    ];
    const [header, ...rows] = readCsv(evidenceCsv(table));
    const at = header?.indexOf('subject_id') ?? -1;
    expect(rows.map((row) => [row[at], row[at + 1]])).toEqual([
      ['MESH:D013629', ''],
      ['MESH:D013629', ''],
    ]);
    const markdown = evidenceMarkdown(table, words);
    expect(markdown.split('\n').find((line) => line.startsWith('| Document'))).toBe(
      '| Document | Nolvadex – breast cancer (negative correlation)<br>MESH:D013629 – breast cancer |',
    );
    expect(evidenceCitations(table, words).match(/^## /gmu)).toHaveLength(1);
    expect(evidenceCitations(table, words)).toContain('MESH:D013629 – breast cancer');
  });

  it.each(['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', '＝1+1', '＋1', '－1', '＠SUM(A1)'])(
    'keep a spreadsheet from running %s',
    (formula) => {
      for (const before of [
        '',
        '\n',
        '\r',
        '\t',
        '\r\n',
        ' ',
        ' \n ',
        '\u00a0',
        '\u3000',
        '\ufeff',
        '\u200b',
        '\0',
      ]) {
        const field = `${before}${formula}`;
        expect(csvLine([field])).toMatch(/^"?'/);
        for (const text of [field, `'${field}`, `''${field}`]) {
          expect(readCsv(csvLine([text, 'b']))).toEqual([[text, 'b']]);
        }
      }
    },
  );

  it.each(["5'-UTR", "'quoted'", 'p = 0.05', 'a-b', '\u2212 1', 'x\n=1'])(
    'leave %j as it is in CSV',
    (text) => {
      expect(csvLine([text])).not.toMatch(/^"?'(?!quoted)/);
      expect(readCsv(csvLine([text, 'b']))).toEqual([[text, 'b']]);
    },
  );

  it('are a Markdown table of documents by topics', () => {
    const html = micromark(evidenceMarkdown([pinned, asked], words), {
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    });
    expect(html.match(/<th>/g)).toHaveLength(3);
    expect(html.match(/<tr>/g)).toHaveLength(2);
    expect(html).toContain('five years only');
    expect(html).toContain('<em>(supposed)</em>');
  });

  it('show hostile text as text', () => {
    const sentence = 'a | b <img src=x onerror=alert(1)> [x](javascript:alert(1)) `c` *d* @e';
    for (const write of [evidenceMarkdown, evidenceCitations]) {
      const html = micromark(write([{ ...pinned, sentence }], words), {
        allowDangerousHtml: true,
        allowDangerousProtocol: true,
        extensions: [gfm()],
        htmlExtensions: [gfmHtml()],
      });
      expect(html).not.toMatch(/<img|<a |<code/);
      expect(html).toContain('&lt;img src=x');
    }
  });

  it.each([
    'http://x.org/a',
    'HTTPS://x.org',
    'ftp://x.org',
    'www.x.org',
    '_www.x.org_',
    '(WWW.x.org)',
    'a@x.org',
    'mailto:a@x.org',
    'ht\u202Etp://x.org',
  ])('make no link of %j', (address) => {
    for (const write of [evidenceMarkdown, evidenceCitations]) {
      const html = micromark(write([{ ...pinned, sentence: `See ${address} here.` }], words), {
        extensions: [gfm()],
        htmlExtensions: [gfmHtml()],
      });
      expect(html).not.toContain('<a');
      expect(html).toContain(`See ${address.replace('\u202E', '')} here.`);
    }
  });

  it('leave out characters that change the direction of the text after them', () => {
    const sentence = 'a \u202Eb\u202C \u2066c\u2069 \u202Dd \u200Fמ';
    for (const write of [evidenceMarkdown, evidenceCitations]) {
      expect(write([{ ...pinned, sentence }], words)).toContain('“a b c d \u200Fמ”');
    }
  });

  it('round probabilities to four decimals in CSV', () => {
    const [, row] = readCsv(evidenceCsv([{ ...pinned, probability: 0.9004300685325125 }]));
    expect(row?.[evidenceCsvHeader.indexOf('probability')]).toBe('0.9004');
  });

  it('are distinguished from documents, so that they are not read as such', () => {
    for (const write of [evidenceMarkdown, evidenceCitations])
      expect(isOwnReport(write([pinned], words))).toBe(true);
  });

  it('name who found the sentences: the model with its hash, or a person', () => {
    const evidence: Evidence[] = [
      { ...pinned, annotator: model },
      { ...pinned, document: 'b.md', annotator: model },
      { ...asked, annotator: 'person' },
    ];
    for (const write of [evidenceMarkdown, evidenceCitations])
      expect(write(evidence, words)).toMatch(
        /\nFound by a person, compact relations 1\.2 \(sha256 0123456789ab\)\.\n$/,
      );
    const [, , row] = readCsv(evidenceCsv(evidence));
    const at = evidenceCsvHeader.indexOf('annotator');
    expect(row?.slice(at, at + 2)).toEqual([model.name, model.hash]);
    expect(evidenceMarkdown([pinned], words)).not.toContain('Found by');
  });

  it('cite by the key of the reference', () => {
    expect(evidenceCitations([pinned], words)).toContain('[@smith2019] — five years only');
    expect(evidenceCitations([{ ...pinned, citation: 'a b; @c' }], words)).toContain('[@a_b___c]');
  });
});
