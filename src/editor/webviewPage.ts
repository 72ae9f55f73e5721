export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** Origin of the webview's resources, `webview.cspSource`. */
  readonly source: string;
  /** A new random value for each page. */
  readonly nonce: string;
  readonly language: string;
  readonly title: string;
  /** Id of the element that the script fills. */
  readonly root: string;
  /** Loaded by `script` when the graph is first shown. Default: none. */
  readonly graphScript?: string;
}

/**
 * Returns the HTML of a webview's page. The content security policy allows only scripts with the nonce and only files
 * of the extension. Text of documents is inserted later, as text nodes.
 */
export function webviewPage(parts: PageParts): string {
  const { nonce, source, graphScript } = parts;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
  ].join('; ');
  const data = graphScript === undefined ? '' : ` data-graph-script="${escapeAttribute(graphScript)}"`;
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(parts.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(parts.title)}</title>
<link rel="stylesheet" href="${escapeAttribute(parts.style)}">
</head>
<body${data}>
<main id="${escapeAttribute(parts.root)}"></main>
<script type="module" nonce="${nonce}" src="${escapeAttribute(parts.script)}"></script>
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
