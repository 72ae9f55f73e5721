import { europePmc } from '../../../runtime/literature/europePmc';
import { askForSearch } from '../askForSearch';
import { downloadRecords } from '../downloadRecords';
import type { RunCommand } from '../reviewTools';

/** Searches Europe PMC by its REST API and imports the records. The search alone leaves this computer. */
export const run: RunCommand = async (tools) => {
  await tools.session.open();
  const asked = await askForSearch('Europe PMC');
  if (!asked) return;
  await downloadRecords(tools, {
    ...asked,
    source: europePmc({ ...tools.addresses.europePmc }),
    kind: 'database',
  });
};
