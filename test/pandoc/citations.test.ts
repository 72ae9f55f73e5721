/** `npm run test:pandoc`: Pandoc resolves every citation of the exports of evidence. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { evidenceCitations, evidenceMarkdown } from '../../src/core/curation/evidenceExport';
import { withBibliography } from '../../src/core/curation/ownReport';
import { citeEvidence } from '../../src/core/review/citeEvidence';
import { RecordLookup } from '../../src/core/review/recordLookup';
import { entry, place, words } from '../unit/core/review/citedEntries';
import { lopez, review, small } from '../unit/core/review/reviews';

beforeAll(() => {
  if (spawnSync('pandoc', ['--version']).status !== 0)
    throw new Error('Pandoc is missing: install it, for example with "apt-get install pandoc".');
});

it.each([
  ['table', evidenceMarkdown],
  ['list', evidenceCitations],
])('resolves every citation of the %s', (_, write) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-pandoc-'));
  const entries = [
    entry({ citation: '11' }),
    entry({ citation: '10.1/lopez', publication: lopez.title }),
    entry({
      citation: '10.1002/(sici)1097',
      document: 'b.nbib',
      publication: 'Ito 2020, 50 % of x & y_z',
    }),
    entry({ citation: 'übersicht, 2', document: 'ü.md' }),
    ...fc.sample(place, { numRuns: 300, seed: 1 }).map((each) => entry(each)),
  ];
  const { evidence, bibliography } = citeEvidence(entries, new RecordLookup(review(small)), () => undefined);
  fs.writeFileSync(path.join(folder, 'evidence.bib'), bibliography);
  fs.writeFileSync(
    path.join(folder, 'evidence.md'),
    withBibliography(write(evidence, words), 'evidence.bib'),
  );
  const { status, stdout, stderr } = spawnSync(
    'pandoc',
    ['--citeproc', '--fail-if-warnings', '-t', 'plain', 'evidence.md'],
    { cwd: folder, encoding: 'utf8' },
  );
  fs.rmSync(folder, { recursive: true });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toContain('Kaplan');
  expect(stdout).toContain('50 % of x & y_z');
});
