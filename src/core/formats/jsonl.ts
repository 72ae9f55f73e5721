import type { Entity } from '../types';
import { roundProbability, type Mention } from './mention';

/** One mention in a line of JSON. */
export interface JsonMention extends Mention {
  /** What a reader sees, only where it differs from the text: markup inside the mention, a line break. */
  readonly name?: string;
}

/** One document in a line of JSON. Offsets are UTF-16 and count in the file's text. */
export interface JsonDocument {
  readonly document: string;
  readonly entities: readonly JsonMention[];
}

/** @returns one line, line break included. */
export function writeJsonLine(document: string, entities: readonly Entity[]): string {
  const line: JsonDocument = { document, entities: entities.map(toJsonMention) };
  return `${JSON.stringify(line)}\n`;
}

function toJsonMention({ start, end, text, name, type, probability }: Entity): JsonMention {
  const mention = { start, end, text, type, probability: roundProbability(probability) };
  return name === text ? mention : { ...mention, name };
}
