export interface PanelAssets {
  readonly script: string;
  readonly style: string;
  /** Loaded by the script when the graph is first asked for. */
  readonly graphScript: string;
  /** What the webview's own resources are served from. */
  readonly source: string;
  /** Another one at each call. */
  readonly nonce: string;
  readonly language: string;
  readonly title: string;
}

/**
 * The page of the panel. Nothing but our own scripts runs in it and nothing but our own files loads; whatever
 * documents hold gets in later, as text. Images: the graph draws shapes of its own into data URLs.
 */
export function panelHtml(assets: PanelAssets): string {
  const { nonce, source } = assets;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
    `img-src data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(assets.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(assets.title)}</title>
<link rel="stylesheet" href="${escapeAttribute(assets.style)}">
</head>
<body data-graph-script="${escapeAttribute(assets.graphScript)}">
<main id="panel"></main>
<script type="module" nonce="${nonce}" src="${escapeAttribute(assets.script)}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
}
