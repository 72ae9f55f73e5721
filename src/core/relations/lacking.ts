import { dashes } from '../characters';
import { lackingAdjectives } from '../text/lost';

/** Matches what follows a gene that is lacking or plays no part: `EGFR-independent growth`, `PTEN-null cells`, `Pten-/- mice`. */
const lacking = new RegExp(
  String.raw`(?:[${dashes}\s](?:independent(?!ly|\s+of)|${lackingAdjectives})|` +
    String.raw`[${dashes}](?:negative|less)|\s?[${dashes}]/[${dashes}])(?![\p{L}\p{N}])`,
  'iuy',
);

/**
 * Whether the words behind a gene say that it is lacking, or that something happens without it.
 * @param end The end of the gene in the text.
 */
export function isLacking(text: string, end: number): boolean {
  lacking.lastIndex = end;
  return lacking.test(text);
}
