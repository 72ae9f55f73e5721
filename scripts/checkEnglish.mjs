// Looks for comments that a stranger would have to decode: `node scripts/checkEnglish.mjs [--count] [FILE…]`.
// CONTRIBUTING.md, section English, has the rules. The patterns below find their usual violations; they do not find
// every bad sentence.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Each pattern is tested on the whole text of a comment, with white space folded. */
const patterns = [
  [/^(?:(?:What|Where|Whose|Whom|Of|Than)\s[^?]*|(?:With|Without)\s[^,?]*)$/u, 'begins without a subject'],
  [/\bAbsent: /u, 'write "Default: …" or "Undefined if …"'],
  [/(?<!\bthere )\b(?:is|are) none\b(?! of the\b)/u, '"none" as a noun'],
  [
    /\bof (?:ours|theirs|others)\b|\bnone of (?:ours|theirs)\b|\bnone of its(?=[.,;:)]|$)/u,
    '"ours", "theirs", "others" as nouns',
  ],
  [
    /\b(?:the|an?|what is|what was|of what is) (?:asked|told|held|shown|found)(?=[.,;:)]|$)/u,
    'a participle as a noun',
  ],
];

/** @returns {{ line: number, text: string }[]} block comments, and line comments joined while they follow each other. */
function commentsOfTypeScript(text) {
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  const ranges = new Map();
  const visit = (node) => {
    const nodeRanges = [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.getEnd()) ?? []),
    ];
    for (const range of nodeRanges) ranges.set(range.pos, range);
    node.getChildren(file).forEach(visit);
  };
  visit(file);
  const comments = [];
  let lastLine = -2;
  for (const { pos, end, kind } of [...ranges.values()].sort((a, b) => a.pos - b.pos)) {
    const { line } = file.getLineAndCharacterOfPosition(pos);
    const content = text
      .slice(pos, end)
      .replace(/^\/\*+|\s*\*+\/$|^\s*\*|^\/\/+/gmu, '')
      .trim();
    const isLineComment = kind === ts.SyntaxKind.SingleLineCommentTrivia;
    if (isLineComment && line === lastLine + 1) comments.at(-1).text += ` ${content}`;
    else comments.push({ line: line + 1, text: content });
    lastLine = isLineComment ? line : -2;
  }
  return comments;
}

function commentsOfPython(text) {
  const comments = [];
  const matches = text.matchAll(/"""([^]*?)"""|^[ \t]*#:?[ \t]?(?!!)(.*(?:\n[ \t]*#:?[ \t]?.*)*)/gmu);
  for (const match of matches) {
    const content = (match[1] ?? match[2] ?? '').replace(/^[ \t]*#:?/gmu, '').trim();
    comments.push({ line: text.slice(0, match.index).split('\n').length, text: content });
  }
  return comments;
}

/** The paragraphs and tags of a comment. The text of a tag begins after `@returns`, `@throws` or `@param name`. */
function statements(text) {
  return text
    .split(/\n\s*\n|(?:^|\s)@(?:param\s(?:\{[^}]*\}\s)?\S+|(?:returns|throws)(?:\s\{[^}]*\})?)\s/u)
    .map((part) => part.replace(/\s+/gu, ' ').trim())
    .filter((part) => part !== '');
}

/** @returns one message for each comment that breaks a rule: file, line, rule and the beginning of the comment. */
export function violationsIn(file, text) {
  const comments = file.endsWith('.py') ? commentsOfPython(text) : commentsOfTypeScript(text);
  return comments.flatMap(({ line, text: comment }) =>
    statements(comment).flatMap((statement) =>
      patterns
        .filter(([pattern]) => pattern.test(statement))
        .map(([, why]) => `${file}:${line}: ${why}: ${statement.slice(0, 100)}`),
    ),
  );
}

const checkedFolders = ['src', 'media', 'scripts', 'test', 'models/training'];

/** The sources of the repository, found without git, so that an exported copy can be checked too. */
function sourceFiles() {
  return checkedFolders.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
      .filter((file) => /\.(?:ts|mts|mjs|py)$/u.test(file) && !file.endsWith('_pb.ts'))
      .filter((file) => !/(?:^|\/)(?:\.venv|node_modules|runs)\//u.test(file)),
  );
}

function main() {
  const args = process.argv.slice(2);
  const files = args.filter((arg) => !arg.startsWith('--'));
  const violations = (files.length > 0 ? files : sourceFiles())
    .filter((file) => fs.existsSync(path.join(root, file)))
    .flatMap((file) => violationsIn(file, fs.readFileSync(path.join(root, file), 'utf8')));
  if (!args.includes('--count')) for (const violation of violations) console.log(violation);
  console.log(`${violations.length} comments to reword`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) main();
