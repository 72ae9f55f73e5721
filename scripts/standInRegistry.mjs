// A server on loopback in the place of Open VSX and of the Visual Studio Marketplace: it takes what their clients send when an
// extension is published, reads it as those do, and refuses what they would refuse. It publishes nothing.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as os from 'node:os';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { platformOf, readVsix, vsixIssues } from './vsix.mjs';

/** The addresses that the client of the Marketplace asks for by these identifiers, before it calls them. */
const galleryResources = [
  ['a41192c8-9525-4b58-bc86-179fa549d80d', 'extensions', '_apis/{area}/{resource}'],
  [
    'e11ea35a-16fe-4b80-ab11-c4cab88a0966',
    'publishers',
    '_apis/{area}/{resource}/{publisherName}/extensions/{extensionName}',
  ],
];

/**
 * Starts the server.
 *
 * @param token The only token that it accepts.
 * @returns `received`: what was published, in order.
 */
export async function startStandInRegistry(token) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-registry-'));
  const received = [];
  const server = http.createServer((request, response) => {
    answer(request, { token, folder, received })
      .catch((error) => ({ status: 400, body: { error: error.message, message: error.message } }))
      .then(({ status, body }) => {
        // The client may still be sending a package that was refused.
        request.resume();
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${server.address().port}`, received, close };
}

async function answer(request, state) {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const call = `${request.method} ${pathname}`;
  if (call === 'POST /api/-/publish') {
    const { identity, platform } = await take('Open VSX', searchParams.get('token'), request, state);
    const { Publisher: namespace, Id: name, Version: version } = identity;
    return { status: 201, body: { namespace, name, version, targetPlatform: platform } };
  }
  if (call === 'OPTIONS /_apis/gallery') return { status: 200, body: { value: galleryLocations() } };
  if (call === 'POST /_apis/gallery/extensions') {
    const [, login = ''] = /^Basic (.*)$/.exec(request.headers.authorization ?? '') ?? [];
    const [, sent] = /^OAuth:(.*)$/.exec(Buffer.from(login, 'base64').toString()) ?? [];
    await take('the Marketplace', sent, request, state);
    return { status: 200, body: {} };
  }
  // No version of the extension has been published.
  return { status: 404, body: { message: 'Not found' } };
}

function galleryLocations() {
  return galleryResources.map(([id, resourceName, routeTemplate]) => ({
    ...{ id, resourceName, routeTemplate, area: 'gallery', resourceVersion: 2 },
    ...{ minVersion: '1.0', maxVersion: '7.2', releasedVersion: '0.0' },
  }));
}

/** @throws {Error} with the reason for which the package is refused. */
async function take(registry, sent, request, { token, folder, received }) {
  if (sent !== token) throw new Error('Invalid access token.');
  const type = request.headers['content-type'];
  if (type !== 'application/octet-stream') throw new Error(`Unexpected content type ${type}.`);
  const file = path.join(folder, `${received.length}.vsix`);
  const hash = createHash('sha256');
  await pipeline(
    request,
    async function* (parts) {
      for await (const part of parts) {
        hash.update(part);
        yield part;
      }
    },
    fs.createWriteStream(file),
  );
  const vsix = await readVsix(file);
  fs.rmSync(file);
  const issues = vsixIssues(vsix);
  if (issues.length > 0) throw new Error(`The package is refused: ${issues.join('; ')}.`);
  const found = { registry, sha256: hash.digest('hex'), identity: vsix.listing.identity };
  const taken = { ...found, platform: platformOf(vsix) };
  received.push(taken);
  return taken;
}
