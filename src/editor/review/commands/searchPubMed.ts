import * as vscode from 'vscode';
import { pubMed } from '../../../runtime/literature/pubmed';
import { askForSearch } from '../askForSearch';
import { downloadRecords } from '../downloadRecords';
import type { ReviewTools, RunCommand } from '../reviewTools';

const keyName = 'biobert.ncbiApiKey';

/** Searches PubMed by the E-utilities and imports the records. The search alone leaves this computer. */
export const run: RunCommand = async (tools) => {
  await tools.session.open();
  const asked = await askForSearch('PubMed');
  if (!asked) return;
  const { secrets } = tools.parts.context;
  const apiKey = (await secrets.get(keyName)) ?? (await offerKey(tools));
  const email = vscode.workspace.getConfiguration('biobert').get<string>('review.email')?.trim();
  await downloadRecords(tools, {
    ...asked,
    source: pubMed({ apiKey, email: email === '' ? undefined : email, ...tools.addresses.pubMed }),
    kind: 'database',
  });
};

/** Asks once whether there is a key, which raises the limit from 3 to 10 requests a second. */
async function offerKey({ parts }: ReviewTools): Promise<string | undefined> {
  const { globalState, secrets } = parts.context;
  const asked = 'review.askedForNcbiKey';
  if (globalState.get(asked) === true) return undefined;
  await globalState.update(asked, true);
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('NCBI API key'),
    prompt: vscode.l10n.t(
      'Optional: with a key of your NCBI account, downloads are three times as fast. It is kept in the secret storage. Press Escape if you have none.',
    ),
    password: true,
    ignoreFocusOut: true,
  });
  const trimmed = key?.trim();
  if (trimmed === undefined || trimmed === '') return undefined;
  await secrets.store(keyName, trimmed);
  return trimmed;
}
