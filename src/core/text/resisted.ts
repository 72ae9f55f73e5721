/** Drugs that a sentence names only because something is resistant to them, or was treated with them before. */
import type { Span } from '../types';

/** The words around a drug that does not act: "imatinib-resistant", "resistance to imatinib". */
const resistantAfter =
  /^[- ](?:resist\w+|refractor\w+|intoleran\w+|insensitiv\w+|independent|failures?|na[iï]ve)\b/iu;
const resistantBefore =
  /\b(?:resist\w+|refractory|intoleran\w+|insensitiv\w+|independent(?:ly)?|failures?) (?:to|of|on)\s+(?:the\s+|prior\s+|previous\s+)?$/iu;

/** The words before a drug that was given earlier: "had progressed on prior tamoxifen", "previously treated with tamoxifen". */
const earlierBefore =
  /\b(?:(?:progress\w*|relaps\w*|recurr?\w*) (?:on|after|during|despite|following)|(?:previous(?:ly)?|prior|earlier|pre-?)[- ]?(?:treated|treatment|therapy|exposed|exposure|received?) (?:with|to|of)|pre-?treated with)\s+(?:an?\s+|the\s+|prior\s+|previous\s+|first-line\s+|adjuvant\s+)*$/iu;

/** Whether a sentence names something as that to which something else is resistant, or with which it was treated before. */
export function isResisted(sentence: string, { start, end }: Span): boolean {
  const before = sentence.slice(0, start);
  return (
    resistantBefore.test(before) || earlierBefore.test(before) || resistantAfter.test(sentence.slice(end))
  );
}
