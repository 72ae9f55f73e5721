import type { Evidence } from '../../core/curation/evidenceFile';
import type { Logger } from '../log';
import { evidenceFormat } from './evidenceStore';
import { WorkspaceFile } from './workspaceFile';
import { WorkspaceValue } from './workspaceValue';

type Table = WorkspaceValue<readonly Evidence[], readonly unknown[]>;

/**
 * Changes the table of evidence, which the panel of this window and other windows change too.
 *
 * @param update Gets the table as it is in the file while no other window writes it.
 * @throws {BioBertError} as {@link WorkspaceValue.change}.
 */
export function changeEvidence(
  log: Logger,
  update: (all: readonly Evidence[]) => readonly Evidence[],
): Promise<void> {
  return withTable(log, (table) => table.change(update));
}

/** Reads the table of evidence. Empty if the file cannot be read, which is logged. */
export function currentEvidence(log: Logger): Promise<readonly Evidence[]> {
  return withTable(log, async (table) => {
    await table.load();
    return table.value;
  });
}

/** The table is read anew for each use: nothing in memory is older than the file. The panel offers to restore it. */
async function withTable<Result>(log: Logger, use: (table: Table) => Promise<Result>): Promise<Result> {
  const file = new WorkspaceFile('evidence.json');
  const table = new WorkspaceValue({ file, format: evidenceFormat, log });
  try {
    return await use(table);
  } finally {
    table.dispose();
    file.dispose();
  }
}
