/** Word pieces and their ids. */
export interface Vocabulary {
  readonly size: number;
  readonly unknownId: number;
  readonly classifyId: number;
  readonly separatorId: number;
  readonly paddingId: number;
  /** The id of a piece; continuing pieces start with `##`. */
  idOf(piece: string): number | undefined;
}

/** From the text of `vocab.txt`: one piece a line, its id the line's number from 0. @throws {BioBertError} without the special tokens. */
export function vocabularyFromText(_text: string): Vocabulary {
  throw new Error('pending');
}

/** From the parsed `tokenizer.json`. @throws {BioBertError} when it is not a WordPiece tokenizer. */
export function vocabularyFromTokenizerJson(_json: unknown): Vocabulary {
  throw new Error('pending');
}
