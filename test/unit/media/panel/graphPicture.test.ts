import * as fs from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { printColours } from '../../../../media/panel/graphColours';
import { cytoscapeJson } from '../../../../media/panel/graphCytoscape';
import { graphOf } from '../../../../media/panel/graphData';
import { movedPath, pictureOf } from '../../../../media/panel/graphPicture';
import { sceneOf } from '../../../../media/panel/graphScene';
import { pictureSvg, xmlText } from '../../../../media/panel/graphSvg';
import { typeLooks } from '../../../../src/protocol/typeLooks';
import { root } from '../../sources';
import { relation } from './graphRelations';

const measure = (text: string, size: number) => text.length * size * 0.55;

function svgOf(subject: string, object: string): string {
  const data = graphOf([relation(subject, object)], 10);
  const places = new Map(data.nodes.map(({ id }, index) => [id, { x: index * 200, y: 0 }]));
  const scene = sceneOf({ data, places, groups: [0, 0], zoom: 1, measure });
  const words = {
    title: subject,
    description: object,
    legend: [{ kind: 'type', look: 'Gene', text: object }],
  } as const;
  return pictureSvg(pictureOf(scene, printColours, words, measure));
}

/** The texts of the elements of one name. @throws if the XML is not well formed. */
function textsIn(xml: string, name: string): string[] {
  const texts: string[] = [];
  let isInside = false;
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    isInside = tag.name === name;
    if (isInside) texts.push('');
  });
  parser.on('closetag', () => {
    isInside = false;
  });
  parser.on('text', (text) => {
    if (isInside) texts.push((texts.pop() ?? '') + text);
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return texts;
}

describe('pictureSvg', () => {
  it('has names as text', () => {
    expect(textsIn(svgOf('gefitinib', 'EGFR'), 'text')).toEqual(['gefitinib', 'EGFR', 'EGFR']);
  });

  it('escapes hostile names', () => {
    const hostile = `<script>"&'</text>`;
    const svg = svgOf(hostile, 'EGFR');
    expect(svg).not.toContain('<script');
    expect(textsIn(svg, 'text')).toContain(hostile);
  });

  it('is well-formed XML whatever the names are', () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(name, name, (subject, object) => {
        fc.pre(subject.toLowerCase() !== object.toLowerCase());
        expect(textsIn(svgOf(subject, object), 'title')).toHaveLength(1);
      }),
    );
  });

  it('replaces characters that XML does not allow', () => {
    expect(xmlText('a\u0000b\uD800c\uFFFFd')).toBe('a b c d');
  });
});

describe('movedPath', () => {
  it('moves lines and curves, and leaves relative arcs', () => {
    expect(movedPath('M1 2L3 4Q5 6 7 8z', 10, 20)).toBe('M11 22L13 24Q15 26 17 28z');
    expect(movedPath('M1 2a5 5 0 1 0 10 0z', 1, -1)).toBe('M2 1a5 5 0 1 0 10 0z');
  });
});

describe('the colours of pictures', () => {
  it('are those of the light theme', () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      readonly contributes: {
        readonly colors: { readonly id: string; readonly defaults: { readonly light: string } }[];
      };
    };
    for (const [name, colour] of Object.entries(printColours.types)) {
      const id = `biobert.${typeLooks[name as keyof typeof typeLooks].colour}`;
      expect(manifest.contributes.colors.find((each) => each.id === id)?.defaults.light, id).toBe(colour);
    }
  });
});

describe('cytoscapeJson', () => {
  it('has the nodes with their places, and the edges without their sentences', () => {
    const data = graphOf([relation('gefitinib', 'EGFR')], 10);
    const json = cytoscapeJson(data, new Map([['egfr', { x: 3, y: 4 }]]));
    expect(JSON.parse(json)).toMatchObject({
      elements: {
        nodes: [{ data: { label: 'gefitinib' } }, { data: { label: 'EGFR' }, position: { x: 3, y: 4 } }],
        edges: [{ data: { source: 'gefitinib', target: 'egfr', type: 'inhibitor', count: 1 } }],
      },
    });
    expect(json).not.toContain('gefitinib and EGFR');
  });
});
