/**
 * Opens the built page of the side panel, of the graph or of the screening view in a headless browser, with the host's side of the
 * connection in this process: the real bundle and the real content security policy, without VS Code.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { Rpc, type Port } from '../../src/protocol/rpc';
import { webviewPage } from '../../src/editor/webviewPage';
import { findChromium } from '../../scripts/vscode.mjs';
import { themes, type ThemeName } from './themes';

const root = path.resolve(import.meta.dirname, '../..');
const origin = 'http://127.0.0.1';

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: ThemeName;
  /** The initial result of `getState`. */
  readonly saved?: unknown;
  readonly zoom?: number;
  /** Called with the host's side of the connection before the page sends anything. */
  readonly host: (rpc: Rpc) => void;
}

export interface PanelPage {
  readonly page: Page;
  readonly rpc: Rpc;
  /** Errors in the page's console: exceptions and violations of the content security policy. */
  readonly problems: readonly string[];
  /** The last argument of `setState`. */
  readonly saved: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

let browser: Promise<Browser> | undefined;

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** A page as esbuild builds it: `dist/NAME/NAME.js`. */
interface BuiltPage {
  readonly name: 'panel' | 'graph' | 'screening';
  /** A part of the page that is there when it has started. */
  readonly ready: string;
  /** The theme's colour behind the page. */
  readonly background: string;
}

export function openPanel(options: OpenOptions): Promise<PanelPage> {
  return openPage(options, { name: 'panel', ready: '.question-box', background: 'sideBar-background' });
}

/** Opens the screening view. Default width: 1000 pixels. */
export function openScreening(options: OpenOptions): Promise<PanelPage> {
  const built: BuiltPage = { name: 'screening', ready: '.screen-head', background: 'editor-background' };
  return openPage({ width: 1000, ...options }, built);
}

/** Opens the graph in an editor. Default width: 1200 pixels. */
export function openGraph(options: OpenOptions): Promise<PanelPage> {
  const built: BuiltPage = { name: 'graph', ready: '.graph-head', background: 'editor-background' };
  return openPage({ width: 1200, height: 800, ...options }, built);
}

async function openPage(options: OpenOptions, built: BuiltPage): Promise<PanelPage> {
  browser ??= chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
  const { width = 320, height = 720, theme = 'dark', zoom = 1 } = options;
  const context = await (
    await browser
  ).newContext({
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
    deviceScaleFactor: zoom,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    // The toolkit's templates have an empty style attribute, which the policy drops.
    const isKnown = message.text().includes('sha256-47DEQpj8HBSa');
    if (message.type() === 'error' && !isKnown) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  const rpc = new Rpc(await connect(page), (problem) => problems.push(`host: ${problem}`));
  options.host(rpc);
  await page.addInitScript(editorStub, options.saved);
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html(theme, built) });
    if (pathname === '/theme.css')
      return route.fulfill({ contentType: 'text/css', body: themeCss(theme, built) });
    const files = [built.name, 'panel'].map((folder) =>
      path.join(root, 'dist', folder, path.basename(pathname)),
    );
    const file = files.find((each) => fs.existsSync(each));
    return file !== undefined ? route.fulfill({ path: file }) : route.abort();
  });
  await page.goto(`${origin}/`);
  await page
    .locator(built.ready)
    .waitFor({ timeout: 60_000 })
    .catch((cause: unknown) => {
      throw new Error(`The page did not start: ${problems.join('\n')}`, { cause });
    });
  return {
    page,
    rpc,
    problems,
    saved: () => page.evaluate('window.savedState'),
    close: () => context.close(),
  };
}

/** Runs in the page and replaces the API of VS Code. */
function editorStub(saved: unknown): void {
  const page = globalThis as unknown as Record<string, unknown> & { toHost(message: unknown): void };
  page['savedState'] = saved;
  page['acquireVsCodeApi'] = () => ({
    postMessage: (message: unknown) => {
      page.toHost(message);
    },
    getState: () => page['savedState'],
    setState: (state: unknown) => (page['savedState'] = state),
  });
}

async function connect(page: Page): Promise<Port> {
  let receive: (message: unknown) => void = () => undefined;
  await page.exposeFunction('toHost', (message: unknown) => {
    receive(message);
  });
  return {
    postMessage: (message) => {
      // The page is already closed at the end of a test.
      page
        .evaluate(`dispatchEvent(new MessageEvent('message', { data: ${JSON.stringify(message)} }))`)
        .catch(() => undefined);
    },
    onMessage: (listener) => {
      receive = listener;
    },
    onClose: () => undefined,
  };
}

function html(theme: ThemeName, { name }: BuiltPage): string {
  const page = webviewPage({
    script: `${origin}/${name}.js`,
    style: `${origin}/${name}.css`,
    ...(name === 'panel' && { graphScript: `${origin}/graph.js` }),
    source: origin,
    nonce: 'test',
    language: 'en',
    title: 'Panel',
    root: name,
  });
  return page
    .replace('</head>', `<link rel="stylesheet" href="${origin}/theme.css"></head>`)
    .replace('<body', `<body class="${themes[theme].kind}" data-vscode-theme-kind="${themes[theme].kind}"`);
}

function themeCss(theme: ThemeName, { background }: BuiltPage): string {
  const { colours } = themes[theme];
  const variables = Object.entries(colours).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `html { ${variables.join(' ')} --vscode-font-family: "DejaVu Sans", sans-serif; --vscode-font-size: 13px; }
body { background: var(--vscode-${background}); }`;
}
