import { describe, expect, it } from 'vitest';
import { Curation, type LinkDecision } from '../../../../src/core/curation/decisions';
import type { ConceptLink, Entity } from '../../../../src/core/types';
import type { TagRequest, TagResult } from '../../../../src/protocol/engine';
import { tagCurated } from '../../../../src/runtime/folder/curatedEntities';
import { entity, result } from '../../editor/support';

const text = 'ERK and MTX were measured.';
const whole = { start: 0, end: text.length };
const request: TagRequest = { document: 'file:/a', text, format: 'plain' };
const chosen: LinkDecision = {
  name: 'MTX',
  type: 'Chemical',
  concepts: [{ id: 'LAB:7', name: 'a compound of ours', source: 'LAB' }],
};
const wrong: ConceptLink = { id: 'MESH:D008727', name: 'Methotrexate', source: 'MeSH', method: 'name' };
const found = [entity(text, 'ERK'), { ...entity(text, 'MTX', 'Chemical'), concepts: [wrong] }];

async function tagged(curation: Curation, asked = request) {
  const early: (readonly Entity[])[] = [];
  const answer = await tagCurated(
    asked,
    { onProgress: ({ entities }) => early.push(entities) },
    curation,
    (_, options): Promise<TagResult> => {
      options?.onProgress?.({ done: 1, total: 1, entities: found });
      return Promise.resolve(result(whole, found));
    },
  );
  const ids = (entities: readonly Entity[]) => entities.map(({ concepts }) => concepts?.map(({ id }) => id));
  return { early: early.map(ids), final: ids(answer.entities) };
}

describe('tagCurated', () => {
  it('links names to the concepts that the user chose, in progress reports too', async () => {
    const curation = new Curation({ entities: [], links: [chosen], relations: [] });
    const expected = [undefined, ['LAB:7']];
    expect(await tagged(curation)).toEqual({ early: [expected], final: expected });
  });

  it('links names that the user added', async () => {
    const added = { name: 'measured', type: 'Gene', verdict: 'added' } as const;
    const links = [{ ...chosen, name: 'measured', type: 'Gene' }];
    const { final } = await tagged(new Curation({ entities: [added], links, relations: [] }));
    expect(final).toEqual([undefined, ['MESH:D008727'], ['LAB:7']]);
  });

  it('links nothing if the request says so', async () => {
    const curation = new Curation({ entities: [], links: [chosen], relations: [] });
    expect((await tagged(curation, { ...request, link: false })).final).toEqual([
      undefined,
      ['MESH:D008727'],
    ]);
  });
});
