import type { RankedText } from '../../src/core/screening/ranker';
import { Random } from './random';

const subject = [
  'music',
  'anxiety',
  'surgery',
  'preoperative',
  'patients',
  'relaxation',
  'songs',
  'listening',
];
const others = ['enzyme', 'mice', 'kinetics', 'soil', 'bacteria', 'membrane', 'genome', 'plants', 'protein'];
const shared = ['study', 'results', 'effect', 'randomized', 'groups', 'compared', 'significant', 'methods'];

/**
 * Made-up records for screening, with the ids `r0`, `r1` …: the first ones are about music before surgery, the others
 * are not. Each has some words of the other kind too.
 */
export function screeningRecords(count: number, relevant: number, seed = 1): readonly RankedText[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, index) => {
    const [own, foreign] = index < relevant ? [subject, others] : [others, subject];
    const words = (length: number) =>
      Array.from({ length }, () => random.pick(random.oneIn(20) ? foreign : random.oneIn(2) ? shared : own));
    return { id: `r${index}`, title: words(6).join(' '), abstract: words(40).join(' ') };
  });
}
