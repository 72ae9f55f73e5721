/** `biobert mcp` with the official client, on the shipped models and the sample documents. */
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assistantToolNames } from '../../src/protocol/assistantTools';

const root = path.resolve(import.meta.dirname, '../..');

let base: string;
let folder: string;
let client: Client;

async function connect(to: string): Promise<Client> {
  const connected = new Client({ name: 'test', version: '1' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [
      path.join(root, 'dist/cli.js'),
      'mcp',
      to,
      '--index',
      path.join(base, 'index.sqlite'),
      '--reviewer',
      'Anna',
    ],
    stderr: 'inherit',
  });
  await connected.connect(transport);
  return connected;
}

beforeAll(async () => {
  base = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'biobert-mcp-')));
  folder = path.join(base, 'folder');
  await fs.cp(path.join(root, 'samples'), folder, { recursive: true });
  await fs.writeFile(path.join(base, 'secret.txt'), 'Aspirin treats a secret disease.');
  await fs.symlink(path.join(base, 'secret.txt'), path.join(folder, 'link.txt'));
  client = await connect(folder);
}, 120_000);

afterAll(async () => {
  await client.close();
  await fs.rm(base, { recursive: true, force: true });
});

interface Outcome {
  readonly isError: boolean;
  readonly text: string;
}

async function call(name: string, args: Record<string, unknown>): Promise<Outcome> {
  const { content, isError = false } = await client.callTool({ name, arguments: args });
  const [first] = content;
  return { isError, text: first?.type === 'text' ? first.text : '' };
}

async function found(name: string, args: Record<string, unknown>): Promise<unknown> {
  const { isError, text } = await call(name, args);
  expect(isError, text).toBe(false);
  return JSON.parse(text);
}

interface Quoted {
  readonly document: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** All objects with a quote, however deep they are. */
function quotesIn(value: unknown): readonly Quoted[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'quote' in value ? [value as Quoted] : [];
  return [...own, ...Object.values(value).flatMap((each) => quotesIn(each))];
}

/** @returns the number of quotes, each of which the document has at its offsets. */
async function checkQuotes(result: unknown): Promise<number> {
  const quotes = quotesIn(result);
  for (const { document, start, end, quote } of quotes) {
    const text = await fs.readFile(path.join(folder, document), 'utf8');
    expect(text.slice(start, end)).toBe(quote);
  }
  return quotes.length;
}

interface Names {
  readonly names: readonly { readonly name: string; readonly concepts: readonly { readonly id: string }[] }[];
}

describe('biobert mcp', () => {
  it('says what it is, and offers tools that change nothing', async () => {
    expect(client.getServerVersion()).toMatchObject({ name: 'biobert' });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(assistantToolNames);
    for (const { annotations, inputSchema, description = '' } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(description.length).toBeGreaterThan(80);
    }
  });

  it('gives quotes that stand in the documents at their offsets, in 200 calls', async () => {
    const all = (await found('biobert_find_entities', { limit: 200 })) as Names;
    expect(all.names.length).toBeGreaterThan(20);
    let calls = 1;
    let quotes = await checkQuotes(all);
    const asked = all.names.flatMap(({ name, concepts }) => [
      name,
      ...concepts.slice(0, 1).map(({ id }) => id),
    ]);
    for (let index = 0; calls < 190; index++) {
      const name = asked[index % asked.length];
      const limit = 1 + (index % 30);
      const tool = index % 3 === 2 ? 'biobert_find_relations' : 'biobert_find_entities';
      quotes += await checkQuotes(await found(tool, { name, limit }));
      calls++;
    }
    const questions = ['Does metformin prevent colorectal adenoma?', 'Which gene is inhibited by metformin?'];
    for (; calls < 200; calls++)
      quotes += await checkQuotes(
        await found('biobert_ask', { question: questions[calls % questions.length] }),
      );
    expect(quotes).toBeGreaterThan(400);
  }, 300_000);

  it('gives the next record of the review', async () => {
    expect(await found('biobert_next_record', {})).toMatchObject({
      review: { question: 'Does metformin prevent colorectal adenoma?' },
      reviewer: 'Anna',
    });
  });

  it('follows changes of the folder', async () => {
    const note = path.join(folder, 'new.md');
    await fs.writeFile(note, 'Sorafenib treats hepatocellular carcinoma.');
    const named = (await found('biobert_find_entities', { name: 'sorafenib' })) as Names;
    expect(named.names).toHaveLength(1);
    expect(await checkQuotes(named)).toBe(1);
    await fs.rm(note);
    expect(await found('biobert_find_entities', { name: 'sorafenib' })).toMatchObject({ names: [] });
  });

  it('reads nothing outside of the folder, also by no link', async () => {
    const documents = [
      '../secret.txt',
      path.join(base, 'secret.txt'),
      'link.txt',
      `file://${base}/secret.txt`,
    ];
    for (const document of documents) {
      const { isError, text } = await call('biobert_find_entities', { document });
      expect(isError).toBe(true);
      expect(text).toMatch(/^[^()]+ \(BB\d+\)$/);
    }
    const { text } = await call('biobert_find_entities', { name: 'aspirin', limit: 200 });
    expect(text).not.toContain('secret disease');
    expect(text).toContain('link.txt could not be read');
  });

  it.each([
    ['biobert_ask', { question: '' }],
    ['biobert_ask', { question: 'x'.repeat(100_000) }],
    ['biobert_ask', { question: '?!' }],
    ['biobert_find_entities', { limit: 1e12 }],
    ['biobert_find_entities', { name: { $ne: null } }],
    ['biobert_find_relations', { other: '\u0000'.repeat(1000) }],
    ['biobert_next_record', { phase: '__proto__' }],
    ['biobert_list_evidence', { constructor: 1 }],
  ])('refuses hostile input of %s and serves on', async (name, args) => {
    expect(await call(name, args)).toMatchObject({ isError: true });
    expect((await client.listTools()).tools).toHaveLength(assistantToolNames.length);
  });

  it('ends when the client closes the connection, and begins again with its index', async () => {
    await client.close();
    client = await connect(folder);
    const named = (await found('biobert_find_entities', { name: 'metformin' })) as Names;
    expect(named.names[0]?.concepts).toMatchObject([{ id: 'MESH:D008687' }]);
  });
});
