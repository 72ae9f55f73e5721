/**
 * A window of VS Code that screens the review of a folder, for tests that kill it:
 *
 *     node reviewWindow.cjs FOLDER REVIEWER
 *
 * Decides on records `0`, `1` … without end, and prints the number of each decision that was accepted.
 */
import { ReviewFolder } from '../../src/runtime/review/reviewFolder';

async function main([folder = '', who = '']: readonly string[]): Promise<void> {
  const review = await ReviewFolder.open(folder);
  if (!review) throw new Error('There is no review.');
  for (let number = 0; ; number++) {
    const when = new Date().toISOString();
    await review.decide({ record: String(number), phase: 'abstract', who, when, choice: 'include' });
    process.stdout.write(`${number}\n`);
  }
}

void main(process.argv.slice(2));
