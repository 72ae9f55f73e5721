import * as vscode from 'vscode';
import { BioBertError, errorCodes } from '../../../core/errors';
import { pubMed } from '../../../runtime/literature/pubmed';
import { askForSearch } from '../askForSearch';
import { downloadRecords } from '../downloadRecords';
import type { ReviewTools, RunCommand } from '../reviewTools';

const keyName = 'biobert.ncbiApiKey';
const askedName = 'review.askedForNcbiKey';

/** Searches PubMed by the E-utilities and imports the records. The search alone leaves this computer. */
export const run: RunCommand = async (tools) => {
  await tools.session.open();
  const asked = await askForSearch('PubMed');
  if (!asked) return;
  const { secrets } = tools.parts.context;
  const apiKey = (await secrets.get(keyName)) ?? (await offerKey(tools));
  const email = vscode.workspace.getConfiguration('biobert').get<string>('review.email')?.trim();
  const source = pubMed({ apiKey, email: email === '' ? undefined : email, ...tools.addresses.pubMed });
  try {
    await downloadRecords(tools, { ...asked, source, kind: 'database' });
  } catch (error) {
    if (isWrongKey(error)) await forgetKey(tools);
    throw error;
  }
};

function isWrongKey(error: unknown): boolean {
  return error instanceof BioBertError && error.code === errorCodes.LITERATURE_KEY;
}

/** Lets the next search ask for the key again. */
async function forgetKey({ parts }: ReviewTools): Promise<void> {
  await parts.context.secrets.delete(keyName);
  await parts.context.globalState.update(askedName, undefined);
}

/** Asks once whether there is a key, which raises the limit from 3 to 10 requests a second. */
async function offerKey({ parts }: ReviewTools): Promise<string | undefined> {
  const { globalState, secrets } = parts.context;
  if (globalState.get(askedName) === true) return undefined;
  await globalState.update(askedName, true);
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
