import { describe, expect, it } from 'vitest';
import { type Bom, type BomComponent, modelComponents, shippedBom } from '../../../scripts/sbom.mjs';

function library(name: string, version: string): BomComponent {
  return {
    'bom-ref': `${name}@${version}`,
    type: 'library',
    name,
    version,
    scope: 'optional',
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    properties: [
      { name: 'cdx:npm:package:development', value: 'true' },
      { name: 'cdx:npm:package:path', value: `node_modules/${name}` },
    ],
  };
}

const installed: Bom = {
  metadata: {
    component: { 'bom-ref': 'biobert@1.2.3', name: 'some-folder', purl: 'pkg:npm/biobert@1.2.3' },
  },
  components: [library('saxes', '6.0.0'), library('@scope/tool', '1.0.0'), library('vitest', '4.1.12')],
  dependencies: [
    { ref: 'biobert@1.2.3', dependsOn: ['saxes@6.0.0', 'vitest@4.1.12', '@scope/tool@1.0.0'] },
    { ref: 'saxes@6.0.0', dependsOn: ['vitest@4.1.12'] },
    { ref: 'vitest@4.1.12' },
  ],
};

const shipped = [
  { name: '@scope/tool', version: '1.0.0' },
  { name: 'saxes', version: '6.0.0' },
];

const model: BomComponent = {
  'bom-ref': 'models/tagger@3.0.0',
  type: 'machine-learning-model',
  name: 'Tagger',
  version: '3.0.0',
};

describe('the bill of materials', () => {
  const bom = shippedBom(installed, shipped, [model]);

  it('lists the packages that ship, scoped ones included, and the models', () => {
    expect(bom.components.map((component) => component['bom-ref'])).toEqual([
      '@scope/tool@1.0.0',
      'saxes@6.0.0',
      'models/tagger@3.0.0',
    ]);
  });

  it('marks a bundled development package as required', () => {
    expect(bom.components[1]).toMatchObject({ scope: 'required' });
    expect(bom.components[1]?.properties).toEqual([
      { name: 'cdx:npm:package:path', value: 'node_modules/saxes' },
    ]);
  });

  it('keeps dependencies between components that ship', () => {
    expect(bom.dependencies).toEqual([
      { ref: 'biobert@1.2.3', dependsOn: ['saxes@6.0.0', '@scope/tool@1.0.0'] },
      { ref: 'saxes@6.0.0', dependsOn: [] },
    ]);
  });

  it('names the product after its package and not after the folder of the build', () => {
    expect(bom.metadata.component.name).toBe('biobert');
  });

  it('refuses a package that npm does not list in this version', () => {
    expect(() => shippedBom(installed, [{ name: 'saxes', version: '5.0.0' }], [])).toThrow('saxes 5.0.0');
  });
});

describe('the components of shipped folders', () => {
  it('are the graphs of a model with their hashes', () => {
    const components = modelComponents('models/questions');
    expect(components.map(({ type }) => type)).toEqual(['machine-learning-model', 'machine-learning-model']);
    expect(new Set(components.map((each) => each['bom-ref'])).size).toBe(2);
  });

  it('are a terminology with its version and its sources', () => {
    expect(modelComponents('models/terminology')).toMatchObject([
      {
        type: 'data',
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
        description: expect.stringContaining('MeSH') as string,
      },
    ]);
  });
});
