/** Shorter texts begin too many names. */
const minLength = 3;

const none: ReadonlySet<string> = new Set();

/** The concepts that the text of the filter may mean. The host looks them up; without a terminology it finds nothing. */
export class NamedConcepts {
  private text = '';
  private ids = none;
  /** Whether the host is looking up a text; a reader who types must not cause a queue of requests. */
  private isAsking = false;

  /**
   * @param lookUp Returns the identifiers of the concepts that a text may mean.
   * @param onFound Called when {@link of} gives another result for the latest text.
   */
  constructor(
    private readonly lookUp: (text: string) => Promise<readonly string[]>,
    private readonly onFound: () => void,
  ) {}

  /** The identifiers that are known for a text. The first call for another text asks the host. */
  of(text: string): ReadonlySet<string> {
    const wanted = text.trim();
    if (wanted === this.text) return this.ids;
    this.text = wanted;
    this.ids = none;
    this.ask();
    return this.ids;
  }

  private ask(): void {
    const { text } = this;
    if (this.isAsking || text.length < minLength) return;
    this.isAsking = true;
    this.lookUp(text).then(
      (ids) => this.finish(text, ids),
      // The filter still finds what the rows contain.
      () => this.finish(text, []),
    );
  }

  private finish(text: string, ids: readonly string[]): void {
    this.isAsking = false;
    if (text !== this.text) {
      this.ask();
    } else if (ids.length > 0) {
      this.ids = new Set(ids);
      this.onFound();
    }
  }
}
