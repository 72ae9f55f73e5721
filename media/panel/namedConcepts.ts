/** Shorter texts begin too many names. */
const minLength = 3;

const none: ReadonlySet<string> = new Set();

/** The concepts that the text of the filter may mean. The host knows them; without a terminology there are none. */
export class NamedConcepts {
  private text = '';
  private ids = none;

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
    if (wanted !== this.text) this.ask(wanted);
    return this.ids;
  }

  private ask(text: string): void {
    this.text = text;
    this.ids = none;
    if (text.length < minLength) return;
    this.lookUp(text).then(
      (ids) => {
        // The reader may have typed on meanwhile.
        if (text !== this.text || ids.length === 0) return;
        this.ids = new Set(ids);
        this.onFound();
      },
      // The filter still finds what the rows contain.
      () => undefined,
    );
  }
}
