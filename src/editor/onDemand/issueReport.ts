import type { EngineStatus } from '../../protocol/engine';

export interface IssueReportParts {
  readonly extensionVersion: string;
  readonly editor: string;
  readonly platform: string;
  readonly remote: string;
  readonly status: EngineStatus;
  /** Values of `biobert.*` that differ from their defaults. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Last lines of the log, which never holds document text. */
  readonly logLines: readonly string[];
  /** Paths to be replaced in the report: the user's home folder and the workspace folders. */
  readonly privatePaths: readonly string[];
}

const maxLogLines = 60;
/** Maximum number of characters of a log line. */
const maxLineLength = 300;

/** Returns the Markdown of an issue. It contains no text of documents and no private paths. */
export function issueReport(parts: IssueReportParts): string {
  const { status } = parts;
  const model = status.model
    ? `${status.model.name} ${status.model.version}, ${status.model.runtime}, ${status.model.hash}`
    : 'not loaded';
  const memory =
    status.memoryBytes === undefined ? '' : `, ${Math.round(status.memoryBytes / 1024 / 1024)} MB`;
  const facts = [
    ['Extension', parts.extensionVersion],
    ['Editor', parts.editor],
    ['Platform', parts.platform],
    ['Remote', parts.remote],
    ['Model', model],
    ['Engine', `${status.state}${memory}${status.error === undefined ? '' : `: ${status.error}`}`],
  ];
  const log = parts.logLines.slice(-maxLogLines).map((line) => shorten(line));
  const body = [
    '## What happened',
    '',
    '<!-- What did you do, what did you expect, what came instead? Please paste no confidential text. -->',
    '',
    '## Facts',
    '',
    ...facts.map(([name, value]) => `- ${name}: ${value}`),
    '',
    '## Settings that differ from their defaults',
    '',
    fenced('json', JSON.stringify(parts.settings, null, 2)),
    '',
    `## Last lines of the log`,
    '',
    fenced('', log.join('\n')),
    '',
  ].join('\n');
  return hidePaths(body, parts.privatePaths);
}

function shorten(line: string): string {
  return line.length > maxLineLength ? `${line.slice(0, maxLineLength)} …` : line;
}

/** Creates a code block. Its fence is longer than any run of backticks in the text. */
function fenced(language: string, text: string): string {
  const maxRunLength = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(maxRunLength + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Replaces longer paths first, so that a folder inside the home folder is replaced as a whole. */
function hidePaths(text: string, paths: readonly string[]): string {
  const longestFirst = [...new Set(paths)]
    .filter((path) => path.length > 1)
    .sort((a, b) => b.length - a.length);
  return longestFirst.reduce((hidden, path) => hidden.replaceAll(path, '<folder>'), text);
}
