import * as vscode from 'vscode';
import { BioBertError, CancelledError, errorCodes } from '../../core/errors';
import { checkServer } from '../../runtime/remote/inferenceClient';
import { Disposable } from '../dispose';
import type { Settings } from '../settings';

/** A server that runs the models, and what opens it. */
export interface Server {
  readonly url: string;
  readonly token: string | undefined;
}

/** Origins that the user lets have text. Of this machine, as the setting. */
const allowedKey = 'biobert.allowedServers';

/** A token is for the server that it was given for, whatever the setting names later. */
const tokenKey = (origin: string): string => `biobert.engineToken:${origin}`;

/**
 * Whether text may leave this machine, and where to. It never does before the user has said so: the setting alone is
 * not enough.
 */
export class ServerAccess extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly tokens = new Map<string, string | undefined>();
  /** Asked once in a window; a user who looked away is not asked by every keystroke. */
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

  /** The server that text goes to; undefined where it stays here. */
  get current(): Server | undefined {
    const url = this.named;
    if (url === '' || !URL.canParse(url)) return undefined;
    const { origin } = new URL(url);
    return this.isAllowed(origin) ? { url, token: this.tokens.get(origin) } : undefined;
  }

  /** Its name in words; undefined where text stays here. */
  get host(): string | undefined {
    const { current } = this;
    return current && new URL(current.url).host;
  }

  /**
   * Called before anything is asked of an engine.
   * @param isQuiet For what nobody asked for, a hover: no dialog.
   * @throws {CancelledError} where a quiet request would have to ask.
   * @throws {BioBertError} ARGUMENT_INVALID, SERVER_NOT_ALLOWED.
   */
  async allow({ isQuiet }: { readonly isQuiet: boolean }): Promise<void> {
    const url = this.named;
    if (url === '') return;
    const { origin, host } = checkServer({ url });
    if (!this.isAllowed(origin)) {
      if (isQuiet) throw new CancelledError();
      await (this.asking ??= this.askOnce(url).finally(() => (this.asking = undefined)));
      if (this.named !== '' && !this.isAllowed(origin)) throw notAllowed(host);
    }
    await this.tokenFor(origin);
  }

  /** Lets the server have text, from now on. */
  async keep({ url, token }: Server): Promise<void> {
    const { origin } = checkServer({ url, token });
    if (token === undefined) await this.context.secrets.delete(tokenKey(origin));
    else await this.context.secrets.store(tokenKey(origin), token);
    this.tokens.delete(origin);
    await this.permit(origin);
    await this.name(url);
    await this.tokenFor(origin);
    this.changed.fire();
  }

  /** From now on nothing leaves this machine. */
  async leave(): Promise<void> {
    await this.name('');
    this.changed.fire();
  }

  /** @returns what the user chose; undefined where the question was closed. */
  async ask(url: string): Promise<'send' | 'stay' | undefined> {
    const { host } = new URL(url);
    // What Enter takes at once keeps text here.
    const items = [
      {
        label: vscode.l10n.t('Use This Computer'),
        detail: vscode.l10n.t('No text leaves this computer. The setting biobert.engine.url is cleared.'),
        choice: 'stay' as const,
      },
      {
        label: vscode.l10n.t('Send Text'),
        detail: vscode.l10n.t('Your documents are sent as tokens, from which the text can be restored.'),
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

  private isAllowed(origin: string): boolean {
    return this.context.globalState.get<readonly string[]>(allowedKey, []).includes(origin);
  }

  private async permit(origin: string): Promise<void> {
    const allowed = this.context.globalState.get<readonly string[]>(allowedKey, []);
    await this.context.globalState.update(allowedKey, [...new Set([...allowed, origin])]);
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
    if (chosen === 'send') await this.permit(origin);
    else if (chosen === 'stay') await this.name('');
    if (chosen !== undefined) this.declined.delete(origin);
    this.changed.fire();
  }

  private async tokenFor(origin: string): Promise<void> {
    if (!this.tokens.has(origin)) this.tokens.set(origin, await this.context.secrets.get(tokenKey(origin)));
  }
}

function notAllowed(host: string): BioBertError {
  return new BioBertError(
    errorCodes.SERVER_NOT_ALLOWED,
    vscode.l10n.t('No text was sent to {0}: you have not allowed it.', host),
    vscode.l10n.t('Run "BioBERT: Set Up Inference Server", or empty the setting "biobert.engine.url".'),
  );
}
