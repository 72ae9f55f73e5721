import type { Evidence } from '../../src/core/curation/evidenceFile';

/** A sentence that a window pins; another one for each number. */
export function evidenceOf(window: string, pin: number): Evidence {
  return {
    topic: { kind: 'question', question: `What does ${window} do?` },
    document: `${window}.md`,
    start: pin,
    end: pin + 10,
    line: pin,
    sentence: `Sentence ${pin} of window ${window}.`,
    probability: 0.5,
    isDenied: false,
    isSpeculative: false,
    citation: '',
    note: '',
  };
}
