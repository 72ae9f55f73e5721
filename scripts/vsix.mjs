// Reads a packed extension back, and says what a marketplace would refuse of it.
import * as fs from 'node:fs';
import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';

/** The platforms that Open VSX and the Visual Studio Marketplace know. `universal` stands for a VSIX without a platform. */
const platforms = new Set([
  ...['win32-x64', 'win32-ia32', 'win32-arm64', 'linux-x64', 'linux-arm64', 'linux-armhf'],
  ...['alpine-x64', 'alpine-arm64', 'darwin-x64', 'darwin-arm64', 'web', 'universal'],
]);

/** The limit of Open VSX in bytes. That of the Marketplace is not documented. */
const maxBytes = 512 * 1024 * 1024;

/** The pattern of Open VSX for publishers and names. */
const namePattern = /^[\w\-+$~]+$/;

/** Open VSX takes no control characters, and none that are invisible or unassigned. */
const badCharacters = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Zl}\p{Zp}]/u;

/** The most characters of a field in Open VSX. */
const fieldLimit = 255;
const descriptionLimit = 2048;

/** The most keywords in a manifest, as the documentation of VS Code says. */
const maxKeywords = 30;

/** Files that may hold a password or a key. */
const secretFiles =
  /(?:^|\/)(?:\.env(?:\.\w+)?|\.npmrc|\.netrc|\.git-credentials|id_(?:rsa|ed25519)|.*\.(?:pem|key|p12|pfx))$/i;

/**
 * Reads the two manifests of a VSIX and the sizes of its files.
 *
 * @throws {Error} when the file is no ZIP archive or has no manifests.
 */
export async function readVsix(file) {
  const zip = await yauzl.openPromise(file);
  const files = new Map();
  const contents = new Map();
  try {
    for await (const entry of zip.eachEntry()) {
      files.set(entry.fileName, entry.uncompressedSize);
      if (!manifests.includes(entry.fileName)) continue;
      contents.set(entry.fileName, await textOf(await zip.openReadStreamPromise(entry)));
    }
  } finally {
    zip.close();
  }
  const missing = manifests.filter((name) => !contents.has(name));
  if (missing.length > 0) throw new Error(`The package has no ${missing.join(' and no ')}.`);
  const [xml, json] = manifests.map((name) => contents.get(name));
  return { bytes: fs.statSync(file).size, files, manifest: JSON.parse(json), listing: readListing(xml) };
}

const manifests = ['extension.vsixmanifest', 'extension/package.json'];

async function textOf(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** Reads the parts of `extension.vsixmanifest` that marketplaces and editors read. */
function readListing(xml) {
  const parser = new SaxesParser();
  const listing = { identity: {}, properties: new Map(), assets: new Map(), texts: new Map() };
  let text = '';
  parser.on('opentag', ({ name, attributes }) => {
    text = '';
    if (name === 'Identity') listing.identity = attributes;
    if (name === 'Property') listing.properties.set(attributes.Id, attributes.Value);
    if (name === 'Asset') listing.assets.set(attributes.Type, attributes.Path);
  });
  parser.on('text', (part) => (text += part));
  parser.on('closetag', ({ name }) => listing.texts.set(name, text.trim()));
  parser.on('error', (error) => {
    throw new Error(`extension.vsixmanifest is not XML: ${error.message}`);
  });
  parser.write(xml).close();
  return listing;
}

/** The platform that a package names. */
export function platformOf({ listing }) {
  return listing.identity.TargetPlatform || 'universal';
}

/**
 * Says what Open VSX or the Visual Studio Marketplace would refuse of a package, or would show wrongly. The rules are those of
 * the server of Open VSX (`ExtensionValidator` and `ExtensionService` of eclipse/openvsx) and of the documentation of VS Code.
 */
export function vsixIssues(vsix) {
  return [
    ...identityIssues(vsix),
    ...fieldIssues(vsix),
    ...pageIssues(vsix),
    ...dependencyIssues(vsix),
    ...fileIssues(vsix),
  ];
}

function identityIssues({ listing, manifest }) {
  const { Id: id = '', Publisher: publisher = '', Version: version = '', TargetPlatform } = listing.identity;
  const issues = [];
  if (!namePattern.test(id)) issues.push(`invalid name "${id}"`);
  if (!namePattern.test(publisher)) issues.push(`invalid publisher "${publisher}"`);
  if (!/^\d+\.\d+\.\d+$/.test(version)) issues.push(`version "${version}" is not of the form 1.2.3`);
  if (TargetPlatform !== undefined && !platforms.has(TargetPlatform))
    issues.push(`unsupported target platform "${TargetPlatform}"`);
  if (id !== manifest.name || publisher !== manifest.publisher || version !== manifest.version)
    issues.push('package.json names another extension than extension.vsixmanifest');
  const engine = listing.properties.get('Microsoft.VisualStudio.Code.Engine');
  if (!engine || engine !== manifest.engines?.vscode)
    issues.push('engines.vscode is missing, or another one in extension.vsixmanifest');
  return issues;
}

function fieldIssues({ listing, manifest }) {
  const issues = [];
  const check = (field, value, limit = fieldLimit) => {
    if (badCharacters.test(value)) issues.push(`invalid character in ${field}`);
    if (value.length > limit) issues.push(`${field} has more than ${limit} characters`);
  };
  const list = (name) => (listing.texts.get(name) ?? '').split(',');
  check('displayName', listing.texts.get('DisplayName') ?? '');
  check('description', listing.texts.get('Description') ?? '', descriptionLimit);
  check('license', manifest.license ?? '');
  for (const tag of list('Tags')) check('keywords', tag);
  for (const category of list('Categories')) check('categories', category);
  // A key that was not found in package.nls.json.
  if (/^%.*%$/.test(listing.texts.get('Description') ?? '')) issues.push('the description is not translated');
  if ((manifest.keywords ?? []).length > maxKeywords) issues.push(`more than ${maxKeywords} keywords`);
  return issues;
}

/** The page of the extension: its text, its history, its picture and its licence. */
function pageIssues({ listing, manifest, files }) {
  const parts = {
    readme: 'Microsoft.VisualStudio.Services.Content.Details',
    changelog: 'Microsoft.VisualStudio.Services.Content.Changelog',
    licence: 'Microsoft.VisualStudio.Services.Content.License',
    icon: 'Microsoft.VisualStudio.Services.Icons.Default',
  };
  const issues = Object.entries(parts)
    .filter(([, type]) => !files.get(listing.assets.get(type)))
    .map(([part]) => `no ${part}`);
  return manifest.license ? issues : [...issues, 'package.json names no license'];
}

/** Finds what editors other than that of Microsoft may lack. */
function dependencyIssues({ listing }) {
  const needed = ['ExtensionDependencies', 'ExtensionPack', 'EnabledApiProposals'];
  return needed.flatMap((name) => {
    const value = listing.properties.get(`Microsoft.VisualStudio.Code.${name}`);
    return value ? [`${name} ${value}: not every editor and registry has that`] : [];
  });
}

function fileIssues({ bytes, files }) {
  const secrets = [...files.keys()].filter((name) => secretFiles.test(name));
  const issues = secrets.map((name) => `${name} may hold a secret`);
  return bytes > maxBytes ? [...issues, 'larger than 512 MB'] : issues;
}
