import { decodedReferences } from './references';

const maxLength = 60;

/** Short texts that an author defines once and uses by name: `|tnf|` in reStructuredText, `{tnf}` in AsciiDoc. */
export class SubstitutionUses {
  private readonly texts = new Map<string, string>();

  /** @param use Matches a use; its group is the name. */
  constructor(private readonly use: RegExp) {}

  /** Defines a text. Marks of emphasis in it are removed; a longer text is not printed. */
  define(name: string, value: string): void {
    const text = decodedReferences(value.replace(/\\ /g, '').replace(/[*`\\]/g, '')).trim();
    if (text !== '' && text.length <= maxLength && !/[\n|{]/.test(text)) this.texts.set(name, text);
  }

  /** The context of a block: the texts that it uses, for {@link substitutionsIn}. */
  contextOf(source: string): string {
    if (this.texts.size === 0) return '';
    const used = new Map<string, string>();
    for (const [, name = ''] of source.matchAll(this.use)) {
      const text = this.texts.get(name);
      if (text !== undefined) used.set(name, text);
    }
    return Array.from(used, ([name, text]) => `${name}|${text}`).join('\n');
  }
}

/** The texts of the substitutions that a block uses, by their names. */
export function substitutionsIn(context: string): ReadonlyMap<string, string> {
  const lines = context.split('\n').filter((line) => line.includes('|'));
  return new Map(
    lines.map((line): [string, string] => [
      line.slice(0, line.indexOf('|')),
      line.slice(line.indexOf('|') + 1),
    ]),
  );
}
