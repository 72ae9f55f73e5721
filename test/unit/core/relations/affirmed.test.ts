import { describe, expect, it } from 'vitest';
import { affirmedSentence } from '../../../../src/core/relations/affirmed';
import type { MentionSentence } from '../../../../src/core/relations/window';
import type { Entity } from '../../../../src/core/types';

/** A sentence in a longer text, with its mentions in brackets and its cues in braces. */
function sentenceOf(marked: string) {
  const before = 'Some text. ';
  let text = before;
  const spans = { '[': [] as { start: number; end: number }[], '{': [] as { start: number; end: number }[] };
  for (const part of marked.split(/(\[[^\]]*\]|\{[^}]*\})/u)) {
    const bracket = part.charAt(0);
    const plain = bracket === '[' || bracket === '{' ? part.slice(1, -1) : part;
    if (bracket === '[' || bracket === '{')
      spans[bracket].push({ start: text.length, end: text.length + plain.length });
    text += plain;
  }
  const entity: Entity = { start: 0, end: 0, text: '', name: '', type: 'Chemical', probability: 1 };
  const sentence: MentionSentence = {
    segment: { text: `${text} More text.`, base: 0, runs: [] },
    span: { start: before.length, end: text.length },
    mentions: spans['['].map((span) => ({ ...span, entity })),
  };
  const toSentence = ({ start, end }: { start: number; end: number }) => ({
    start: start - before.length,
    end: end - before.length,
  });
  return { sentence, cues: spans['{'].map(toSentence) };
}

describe('affirmedSentence', () => {
  it.each([
    ['[A] did {not} inhibit [B].', '[A] did  inhibit [B].'],
    ['[A] {neither} inhibits [B] {nor} activates [C].', '[A] both inhibits [B] and activates [C].'],
    [
      '[A], {but not} [B], inhibits [C] and {fails to} block [D].',
      '[A], and [B], inhibits [C] and did block [D].',
    ],
    ['No cue in [A].', 'No cue in [A].'],
  ])('reads %j as %j, with the mentions at their new places', (marked, expected) => {
    const { sentence, cues } = sentenceOf(marked);
    const { segment, span, mentions } = affirmedSentence(sentence, cues);
    let shown = segment.text.slice(span.start, span.end);
    for (const { start, end } of mentions.toReversed())
      shown = `${shown.slice(0, start)}[${shown.slice(start, end)}]${shown.slice(end)}`;
    expect(shown).toBe(expected);
  });

  it('keeps a cue that overlaps a mention, and the first of two that overlap from the end', () => {
    const { sentence } = sentenceOf('[A not B] was not found in [C].');
    const cues = [
      { start: 2, end: 5 },
      { start: 12, end: 15 },
      { start: 8, end: 21 },
    ];
    const { segment } = affirmedSentence(sentence, cues);
    expect(segment.text).toBe('A not B was found in C.');
  });
});
