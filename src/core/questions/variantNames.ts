/** Names of variants, which a terminology does not list. */
import { anySubstitution, shortVariant, variants } from '../entities/variantForms';
import { overlaps } from '../spanOrder';
import { matchSpans } from '../text/matchSpans';
import type { NameReader, PassageName } from './passageNames';

const forms = [...variants, anySubstitution];

/** Adds the variants that are recognised by their form to the names that another reader finds. */
export function withVariantNames(names: NameReader): NameReader {
  return (text) => {
    const found: PassageName[] = [...names(text)];
    const known = found.length;
    for (const span of forms.flatMap((form) => matchSpans(text, form))) {
      if (found.some((other) => overlaps(other, span))) continue;
      const id = `variant ${shortVariant(text.slice(span.start, span.end))}`;
      found.push({ ...span, ids: [id], types: new Set(['Variant']) });
    }
    return found.length === known ? found : found.sort((a, b) => a.start - b.start);
  };
}
