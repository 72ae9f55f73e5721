/** An acronym or an entry of a glossary. */
export interface LatexAcronym {
  readonly short: string;
  /** Default: it has no long form, and its short form is always printed. */
  readonly long?: string | undefined;
}

const braced = '((?:[^{}]|\\{[^{}]{0,200}\\}){1,800})';
const optional = '(?:\\[[^\\][]{0,200}\\])?';
const gap = '\\s{0,8}';
/** `\newacronym{key}{SF}{long form}` of the package glossaries, and `\acro{key}[SF]{long form}` of the package acronym. */
const acronym = new RegExp(
  `\\\\(?:newacronym|newabbreviation)${gap}${optional}${gap}\\{([^{}\\s]{1,60})\\}${gap}\\{${braced}\\}${gap}\\{${braced}\\}` +
    `|\\\\(?:acro|acrodef|newacro)\\{([^{}\\s]{1,60})\\}${gap}(?:\\[([^\\][]{1,100})\\])?${gap}\\{${braced}\\}`,
  'g',
);
/** Entries with named values: `\newglossaryentry{key}{name={…}}`, `\DeclareAcronym{key}{short = SF, long = …}`. */
const entry = new RegExp(
  `\\\\(?:newglossaryentry|longnewglossaryentry|DeclareAcronym)${gap}\\{([^{}\\s]{1,60})\\}${gap}\\{${braced}\\}`,
  'g',
);
const value =
  /(?:^|[,\s])(short|long|name|text|first)\s{0,9}=\s{0,9}(?:\{((?:[^{}]|\{[^{}]{0,100}\}){0,200})\}|([^,{}]{1,100}))/g;

/** The acronyms that a document defines, by key. */
export function definedAcronyms(text: string): ReadonlyMap<string, LatexAcronym> {
  const acronyms = new Map<string, LatexAcronym>();
  for (const match of text.matchAll(acronym)) {
    const [, key, short = '', long, plainKey = '', plainShort, plainLong] = match;
    if (key !== undefined) acronyms.set(key, { short, long });
    else acronyms.set(plainKey, { short: plainShort ?? plainKey, long: plainLong });
  }
  for (const match of text.matchAll(entry)) {
    const values = new Map<string, string>();
    for (const found of (match[2] ?? '').matchAll(value))
      values.set(found[1] ?? '', (found[2] ?? found[3] ?? '').trim());
    const short = values.get('short') ?? values.get('text') ?? values.get('name');
    if (short !== undefined) acronyms.set(match[1] ?? '', { short, long: values.get('long') });
  }
  return acronyms;
}

/** Which form a command prints. `use`: the full form at the first use, then the short form. */
interface AcronymCommand {
  readonly form: 'use' | 'short' | 'long' | 'full';
  readonly isPlural: boolean;
  readonly isCapitalized: boolean;
}

const commands =
  /^(gls|ac|iac|cgls)(pl|p)?$|^(?:acr|glsxtr|glsentry|ac)(short|long|full|s|l|f|fi|lu)(pl|p)?$|^(?:gls(?:text|name))()(pl)?$/;

/** How a command of the packages glossaries, acronym or acro prints its entry; undefined for other commands. */
export function acronymCommand(name: string): AcronymCommand | undefined {
  const match = commands.exec(name.toLowerCase());
  if (!match) return undefined;
  const [, use, usePlural, form = '', formPlural, , textPlural] = match;
  const forms: Readonly<Record<string, AcronymCommand['form']>> = { s: 'short', l: 'long', f: 'full' };
  return {
    form: use === undefined ? (forms[form.charAt(0)] ?? 'short') : 'use',
    isPlural: (usePlural ?? formPlural ?? textPlural) !== undefined,
    isCapitalized: /^[A-Z]/.test(name),
  };
}

/** The printed text of an acronym. @param print Gives the printed text of LaTeX source. */
export function printedAcronym(
  { short, long }: LatexAcronym,
  { form, isPlural, isCapitalized }: AcronymCommand,
  isFirst: boolean,
  print: (source: string) => string,
): string {
  const formOf = (source: string | undefined): string => {
    const text = source === undefined ? '' : print(source).trim();
    return text === '' || !isPlural ? text : `${text}s`;
  };
  const [shortText, longText] = [formOf(short), formOf(long)];
  const shown = form === 'use' ? (isFirst ? 'full' : 'short') : form;
  const isBoth = shown === 'full' && shortText !== '' && longText !== '';
  // A form of commands that print nothing is as good as missing.
  const [wanted, other] = shown === 'short' ? [shortText, longText] : [longText, shortText];
  const text = isBoth ? `${longText} (${shortText})` : wanted || other;
  return isCapitalized ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** Key of an acronym in the context of a block. */
const contextKey = (key: string): string => `gls:${key}`;

/** The context of an acronym, for {@link acronymPrinter}. @param isKnown Whether an earlier block has introduced it. */
export function acronymContext(
  key: string,
  { short, long }: LatexAcronym,
  isKnown: boolean,
): [string, string] {
  return [contextKey(key), JSON.stringify([isKnown, short, long ?? null])];
}

/**
 * A function that prints the acronyms of a block in the order of their uses.
 * @param context As {@link acronymContext} made it.
 */
export function acronymPrinter(
  context: ReadonlyMap<string, string>,
  print: (source: string) => string,
): (command: string, key: string) => string | undefined {
  const introduced = new Set<string>();
  return (name, key) => {
    const found = context.get(contextKey(key));
    const command = acronymCommand(name);
    if (found === undefined || !command) return undefined;
    const [isKnown, short, long] = JSON.parse(found) as [boolean, string, string | null];
    const isFirst = !isKnown && !introduced.has(key);
    if (command.form === 'use') introduced.add(key);
    return printedAcronym({ short, long: long ?? undefined }, command, isFirst, print);
  };
}
