import { affirmationOf } from '../text/affirmation';
import type { Span } from '../types';
import type { MentionSentence } from './window';

/**
 * A sentence as it would be without the cues that deny something in it: `Celecoxib did inhibit COX-1`.
 *
 * Training corpora annotate no relation where a text denies it, so a model hardly finds one there. It can read,
 * however, what the sentence would state without its cues, and this is what the sentence denies. Training a model to
 * find denied relations was not tried, because it contradicts the guidelines of these corpora.
 *
 * @param cues Spans of the sentence.
 */
export function affirmedSentence(
  { segment, span, mentions }: MentionSentence,
  cues: readonly Span[],
): MentionSentence {
  let text = segment.text.slice(span.start, span.end);
  let placed = mentions.map((mention) => ({
    ...mention,
    start: mention.start - span.start,
    end: mention.end - span.start,
  }));
  let end = text.length;
  // From the last cue to the first, so that the places of the others stay valid.
  for (const cue of cues.toSorted((a, b) => b.end - a.end)) {
    if (cue.end > end || placed.some((mention) => mention.start < cue.end && cue.start < mention.end))
      continue;
    const shown = affirmationOf(text.slice(cue.start, cue.end));
    const shift = shown.length - (cue.end - cue.start);
    text = text.slice(0, cue.start) + shown + text.slice(cue.end);
    placed = placed.map((mention) =>
      mention.start < cue.end
        ? mention
        : { ...mention, start: mention.start + shift, end: mention.end + shift },
    );
    end = cue.start;
  }
  return { segment: { text, base: 0, runs: [] }, span: { start: 0, end: text.length }, mentions: placed };
}
