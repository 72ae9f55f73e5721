import * as vscode from 'vscode';
import { BioBertError, CancelledError, errorCodes } from '../../core/errors';
import { isReadable } from '../../runtime/httpRequest';
import { checkServer } from '../../runtime/remote/inferenceClient';
import { Disposable } from '../dispose';
import type { Settings } from '../settings';

/** A server that runs the models, with the token for its authentication. */
export interface Server {
  readonly url: string;
  readonly token: string | undefined;
}

/**
 * Key of the list of origins to which the user allows text to be sent. Like the setting, it is stored for this machine.
 */
const allowedKey = 'biobert.allowedServers';

/** A token is stored for each server, so that it is not sent to another server after the setting changed. */
const tokenKey = (origin: string): string => `biobert.engineToken:${origin}`;

/**
 * Decides whether text may be sent to a server, and to which one. Text is never sent before the user has allowed it in a
 * dialog; the setting alone is not enough.
 */
export class ServerAccess extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly tokens = new Map<string, string | undefined>();
  /** Origins for which the dialog was closed without a choice. It is not shown again in this window. */
  private readonly declined = new Set<string>();
  private asking: Promise<void> | undefined;

  constructor(
    private readonly context: Pick<vscode.ExtensionContext, 'globalState' | 'secrets'>,
    private readonly settings: Settings,
  ) {
    super();
    this._register(
      context.secrets.onDidChange(({ key }) => {
        const known = [...this.tokens.keys()].find((origin) => tokenKey(origin) === key);
        if (known === undefined) return;
        this.tokens.delete(known);
        this.changed.fire();
      }),
    );
  }

  /** The server that text is sent to. Undefined if the models run on this machine. */
  get current(): Server | undefined {
    const url = this.named;
    if (url === '' || !URL.canParse(url)) return undefined;
    const { origin } = new URL(url);
    return this.isAllowed(url) ? { url, token: this.tokens.get(origin) } : undefined;
  }

  /** Host name of that server. Undefined if the models run on this machine. */
  get host(): string | undefined {
    const { current } = this;
    return current && new URL(current.url).host;
  }

  /**
   * Called before each request to an engine. Shows the dialog if the user has not decided yet.
   * @param isQuiet True for requests that the user did not start, such as a hover, which must not open a dialog.
   * @throws {CancelledError} if a quiet request would need the dialog.
   * @throws {BioBertError} ARGUMENT_INVALID, SERVER_NOT_ALLOWED.
   */
  async allow({ isQuiet }: { readonly isQuiet: boolean }): Promise<void> {
    const url = this.named;
    if (url === '') return;
    const { origin, host } = checkServer({ url });
    if (!this.isAllowed(url)) {
      if (isQuiet) throw new CancelledError();
      await (this.asking ??= this.askOnce(url).finally(() => (this.asking = undefined)));
      if (this.named !== '' && !this.isAllowed(url)) throw notAllowed(host);
    }
    await this.tokenFor(origin);
  }

  /** Allows the server and stores its address and token. */
  async keep({ url, token }: Server): Promise<void> {
    const { origin } = checkServer({ url, token });
    if (token === undefined) await this.context.secrets.delete(tokenKey(origin));
    else await this.context.secrets.store(tokenKey(origin), token);
    this.tokens.delete(origin);
    await this.permit(url);
    await this.name(url);
    await this.tokenFor(origin);
    this.changed.fire();
  }

  /** Stops using the server. */
  async leave(): Promise<void> {
    await this.name('');
    this.changed.fire();
  }

  /** @returns the choice of the user. Undefined if the dialog was closed. */
  async ask(url: string): Promise<'send' | 'stay' | undefined> {
    const parsed = new URL(url);
    const { host } = parsed;
    const tokens = vscode.l10n.t('Your documents are sent as tokens, from which the text can be restored.');
    // The first item, which Enter selects, is the one that sends no text.
    const items = [
      {
        label: vscode.l10n.t('Use This Computer'),
        detail: vscode.l10n.t('No text leaves this computer. The setting biobert.engine.url is cleared.'),
        choice: 'stay' as const,
      },
      {
        ...(isReadable(parsed)
          ? {
              label: vscode.l10n.t('Send Text Without Encryption'),
              detail: `${vscode.l10n.t('Warning: others on the network can read it.')} ${tokens}`,
            }
          : { label: vscode.l10n.t('Send Text'), detail: tokens }),
        choice: 'send' as const,
      },
    ];
    const title = vscode.l10n.t('Send the text of documents to {0}?', host);
    const placeHolder = vscode.l10n.t('Nothing has been sent yet');
    return (await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true }))?.choice;
  }

  private get named(): string {
    return vscode.workspace.isTrusted ? this.settings.engineUrl : '';
  }

  private isAllowed(url: string): boolean {
    return this.context.globalState.get<readonly string[]>(allowedKey, []).includes(permissionFor(url));
  }

  private async permit(url: string): Promise<void> {
    const allowed = this.context.globalState.get<readonly string[]>(allowedKey, []);
    await this.context.globalState.update(allowedKey, [...new Set([...allowed, permissionFor(url)])]);
  }

  private async name(url: string): Promise<void> {
    const configuration = vscode.workspace.getConfiguration('biobert');
    await configuration.update('engine.url', url === '' ? undefined : url, vscode.ConfigurationTarget.Global);
  }

  private async askOnce(url: string): Promise<void> {
    const { origin } = new URL(url);
    if (this.declined.has(origin)) return;
    this.declined.add(origin);
    const chosen = await this.ask(url);
    if (chosen === 'send') await this.permit(url);
    else if (chosen === 'stay') await this.name('');
    if (chosen !== undefined) this.declined.delete(origin);
    this.changed.fire();
  }

  private async tokenFor(origin: string): Promise<void> {
    if (!this.tokens.has(origin)) this.tokens.set(origin, await this.context.secrets.get(tokenKey(origin)));
  }
}

/** A permission from before the warning does not cover a connection that is not encrypted. */
function permissionFor(url: string): string {
  const parsed = new URL(url);
  return isReadable(parsed) ? `${parsed.origin} not encrypted` : parsed.origin;
}

function notAllowed(host: string): BioBertError {
  return new BioBertError(
    errorCodes.SERVER_NOT_ALLOWED,
    vscode.l10n.t('No text was sent to {0}: you have not allowed it.', host),
    vscode.l10n.t('Run "BioBERT: Set Up Inference Server", or empty the setting "biobert.engine.url".'),
  );
}
