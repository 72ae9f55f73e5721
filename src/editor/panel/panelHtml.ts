export interface PanelAssets {
  readonly script: string;
  readonly style: string;
  /** Loaded by `script` when the graph is first shown. */
  readonly graphScript: string;
  /** Origin of the webview's resources, `webview.cspSource`. */
  readonly source: string;
  /** A new random value for each page. */
  readonly nonce: string;
  readonly language: string;
  readonly title: string;
}

/**
 * Returns the HTML of the panel's page. The content security policy allows only scripts with the nonce and only files
 * of the extension. Text of documents is inserted later, as text nodes. Images may be data URLs, because the graph
 * draws its shapes into them.
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
