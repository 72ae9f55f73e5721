import { administrative, citing, generalPolicy, policies, type XmlPolicy } from './xmlPolicies';

/** `read`: the content is prose. `only`: only the elements that the policy keeps are. `drop`: nothing in it is. */
export type XmlMode = 'read' | 'only' | 'drop';

interface XmlElement {
  readonly name: string;
  readonly mode: XmlMode;
}

/**
 * Whether an element is about the authors. Such elements are dropped because initials of authors look like gene
 * symbols.
 */
function isAboutAuthors(attributes: Readonly<Record<string, string>>): boolean {
  return ['fn-type', 'notes-type', 'sec-type', 'content-type'].some((name) =>
    administrative.test(attributes[name] ?? ''),
  );
}

/** The elements that are open, and how the content of each is read by the policy of the document. */
export class XmlElements {
  private readonly elements: XmlElement[] = [];
  private policy: XmlPolicy | undefined;

  /** Number of open elements. */
  get depth(): number {
    return this.elements.length;
  }

  /** Name of the innermost element; empty outside of all elements. */
  get name(): string {
    return this.elements.at(-1)?.name ?? '';
  }

  /** Mode of the innermost element. */
  get mode(): XmlMode {
    return this.elements.at(-1)?.mode ?? this.policy?.initialMode ?? 'read';
  }

  /**
   * Opens an element.
   * @param isNoteRead Whether the element can be read if it is a footnote that the policy does not drop.
   * @returns its mode.
   */
  open(name: string, attributes: Readonly<Record<string, string>>, isNoteRead: () => boolean): XmlMode {
    this.policy ??= policies.get(name);
    const allowed = this.modeOf(name, attributes);
    const mode = name === 'fn' && allowed !== 'drop' && !isNoteRead() ? 'drop' : allowed;
    this.elements.push({ name, mode });
    return mode;
  }

  /** Closes the innermost element. */
  close(): XmlElement | undefined {
    return this.elements.pop();
  }

  private modeOf(name: string, attributes: Readonly<Record<string, string>>): XmlMode {
    const policy = this.policy ?? generalPolicy;
    if (this.mode === 'drop' || policy.drop.has(name) || isAboutAuthors(attributes)) return 'drop';
    if (name === 'xref' && citing.has(attributes['ref-type'] ?? '')) return 'drop';
    if (policy.only.has(name)) return 'only';
    return this.mode === 'only' && !policy.keep.has(name) ? 'only' : 'read';
  }
}
