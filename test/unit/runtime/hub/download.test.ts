import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, errorCodes } from '../../../../src/core/errors';
import { type DownloadOptions, downloadModel } from '../../../../src/runtime/hub/download';
import { type HubModel, listModel } from '../../../../src/runtime/hub/hubListing';
import { commit, type FakeHub, serve, startFakeHub } from '../../../support/fakeHub';

const weights = Buffer.from(Uint32Array.from({ length: 100_000 }, (_, i) => i * 2654435761).buffer);
const files = {
  'config.json': Buffer.from('{"model_type":"bert"}'),
  'vocab.txt': Buffer.from('[PAD]\n'),
  'model.safetensors': weights,
  'pytorch_model.bin': Buffer.from('the same in another form'),
  'README.md': Buffer.from('not needed'),
};
const repository = 'owner/model';

let folder = '';
let hub: FakeHub;
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'biobert-hub-'));
  hub = await startFakeHub(files);
});
afterEach(async () => {
  await hub.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const quick = () => ({ endpoint: hub.endpoint, backOffMs: 1, idleMs: 300, attempts: 3 });
const list = () => listModel(repository, quick());
const download = async (options: Partial<DownloadOptions> = {}, model?: HubModel) =>
  downloadModel(model ?? (await list()), { ...quick(), folder, ...options });
const at = (name: string) => path.join(folder, name);
const code = (name: keyof typeof errorCodes) => ({ code: errorCodes[name] });
const isWeights = (url = '') => url.endsWith('model.safetensors');

describe('listModel', () => {
  it('returns each necessary file once, with its size and checksum', async () => {
    const model = await list();
    expect(model).toMatchObject({ repository, commit, license: 'apache-2.0' });
    expect(model.files.map(({ name, bytes, sum }) => [name, bytes, sum.kind])).toEqual([
      ['config.json', 21, 'git'],
      ['vocab.txt', 6, 'git'],
      ['model.safetensors', 400_000, 'sha256'],
    ]);
  });

  it.each(['owner', '../../etc', 'owner/../other', 'owner/model/more', 'https://elsewhere/a', ''])(
    'sends no request for the invalid name %j',
    async (name) => {
      await expect(listModel(name, quick())).rejects.toMatchObject(code('HUB_REFUSED'));
      expect(hub.requests).toEqual([]);
    },
  );

  it.each([
    [401, 'HUB_REFUSED'],
    [403, 'HUB_REFUSED'],
    [404, 'HUB_REFUSED'],
    [503, 'HUB_UNREACHABLE'],
  ] as const)('throws an error for the status %i', async (status, expected) => {
    hub.onListing = (_request, response) => response.writeHead(status).end();
    await expect(list()).rejects.toMatchObject(code(expected));
  });

  it.each([
    ['no JSON', () => 'text'],
    ['no commit', (json: object) => ({ ...json, sha: 'main' })],
    ['no files', (json: object) => ({ ...json, siblings: 'none' })],
    ['no weights', (json: object) => ({ ...json, siblings: [{ rfilename: 'config.json' }] })],
    ['no sizes', (json: object) => ({ ...json, siblings: [{ rfilename: 'model.safetensors' }] })],
    ['no sums', (json: object) => ({ ...json, siblings: [{ rfilename: 'model.safetensors', size: 5 }] })],
  ])('throws an error for a list with %s', async (_what, change) => {
    hub.listing = change;
    await expect(list()).rejects.toMatchObject(code('HUB_DAMAGED'));
  });

  it('sends the token', async () => {
    let seen: string | undefined;
    hub.onListing = (request, _response, go) => {
      seen = request.headers.authorization;
      go();
    };
    await listModel(repository, { ...quick(), token: 'secret' });
    expect(seen).toBe('Bearer secret');
  });
});

describe('downloadModel', () => {
  it('downloads each file, and reports its progress', async () => {
    const seen: number[] = [];
    await download({ onProgress: (bytes, total) => seen.push(bytes / total) });
    expect(fs.readFileSync(at('model.safetensors')).equals(weights)).toBe(true);
    expect(fs.readdirSync(folder).sort()).toEqual(['config.json', 'model.safetensors', 'vocab.txt']);
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('continues where the connection broke', async () => {
    let times = 0;
    hub.onFile = (request, response, go) => {
      times += 1;
      if (!isWeights(request.url) || times > 4) {
        go();
        return;
      }
      const start = Number(/\d+/u.exec(request.headers.range ?? '0')?.[0]);
      response.writeHead(start > 0 ? 206 : 200, { 'content-range': `bytes ${start}-399999/400000` });
      response.write(weights.subarray(start, start + 100_000), () => response.destroy());
    };
    await download();
    expect(fs.readFileSync(at('model.safetensors')).equals(weights)).toBe(true);
    expect(hub.requests.some((line) => line.includes('bytes='))).toBe(true);
  });

  it('continues a partial file of an earlier download', async () => {
    fs.writeFileSync(at('model.safetensors.part'), weights.subarray(0, 150_000));
    await download();
    expect(hub.requests.at(-1)).toMatch(/model\.safetensors bytes=150000-$/);
    expect(fs.readFileSync(at('model.safetensors')).equals(weights)).toBe(true);
  });

  it('starts again if the hub does not send parts of files', async () => {
    fs.writeFileSync(at('model.safetensors.part'), weights.subarray(0, 150_000));
    hub.onFile = (request, response, go) => {
      if (!isWeights(request.url)) {
        go();
        return;
      }
      delete request.headers.range;
      serve(request, response, weights);
    };
    await download();
    expect(fs.readFileSync(at('model.safetensors')).equals(weights)).toBe(true);
  });

  it('follows redirections, but does not send its token to another host', async () => {
    const other = await startFakeHub(files);
    try {
      let seen: string | undefined = 'none';
      other.onFile = (request, _response, go) => {
        seen = request.headers.authorization;
        go();
      };
      hub.onFile = (request, response) => {
        const location = `${other.endpoint.replace('127.0.0.1', 'localhost')}${request.url ?? ''}`;
        response.writeHead(302, { location }).end();
      };
      await download({ token: 'secret' });
      expect(seen).toBeUndefined();
    } finally {
      await other.close();
    }
  });

  it('tries again after the status 429', async () => {
    let isFirst = true;
    hub.onFile = (_request, response, go) => {
      if (!isFirst) {
        go();
        return;
      }
      isFirst = false;
      response.writeHead(429, { 'retry-after': '0' }).end();
    };
    await download();
    expect(fs.existsSync(at('model.safetensors'))).toBe(true);
  });

  it('deletes a file whose checksum is wrong', async () => {
    hub.onFile = (request, response, go) => {
      if (isWeights(request.url)) serve(request, response, Buffer.alloc(weights.length));
      else go();
    };
    await expect(download()).rejects.toMatchObject(code('HUB_DAMAGED'));
    expect(fs.readdirSync(folder).sort()).toEqual(['config.json', 'vocab.txt']);
  });

  it('stops when a file is larger than listed', async () => {
    hub.onFile = (request, response, go) => {
      if (isWeights(request.url)) serve(request, response, Buffer.alloc(weights.length * 2));
      else go();
    };
    await expect(download()).rejects.toMatchObject(code('HUB_DAMAGED'));
    expect(fs.existsSync(at('model.safetensors'))).toBe(false);
  });

  it('gives up if the hub stops sending, and keeps the partial file', async () => {
    const half = weights.subarray(0, 200_000);
    hub.onFile = (request, response, go) => {
      if (!isWeights(request.url)) {
        go();
        return;
      }
      if (request.headers.range !== undefined) return;
      response.writeHead(200, { 'content-length': weights.length });
      response.write(half);
    };
    await expect(download()).rejects.toMatchObject(code('HUB_UNREACHABLE'));
    expect(fs.statSync(at('model.safetensors.part')).size).toBe(half.length);
  });

  it('stops at once when it is cancelled, and keeps the partial file', async () => {
    const controller = new AbortController();
    hub.onFile = (request, response, go) => {
      if (!isWeights(request.url)) {
        go();
        return;
      }
      response.writeHead(200, { 'content-length': weights.length });
      response.write(weights.subarray(0, 1000));
    };
    const onProgress = (bytes: number) => {
      if (bytes > 100) controller.abort();
    };
    const running = download({ signal: controller.signal, onProgress, idleMs: 60_000 });
    await expect(running).rejects.toThrow(CancelledError);
    expect(fs.existsSync(at('model.safetensors.part'))).toBe(true);
    expect(fs.existsSync(at('.lock'))).toBe(false);
  });

  it('refuses to start while another process downloads the model', async () => {
    fs.writeFileSync(at('.lock'), String(process.pid));
    await expect(download()).rejects.toMatchObject(code('HUB_BUSY'));
    fs.writeFileSync(at('.lock'), '999999999');
    await download();
    expect(fs.existsSync(at('model.safetensors'))).toBe(true);
  });

  it('does not start if the disk is too small', async () => {
    const model = await list();
    const huge = { ...model, files: model.files.map((file) => ({ ...file, bytes: 2 ** 52 })) };
    await expect(download({}, huge)).rejects.toMatchObject(code('OUTPUT_UNWRITABLE'));
    expect(hub.requests).toHaveLength(1);
  });
});
