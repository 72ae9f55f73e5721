import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  isShippedType,
  offeredTypes,
  shippedTypes,
  typeHeading,
  typeIcon,
  typeName,
} from '../../../../src/editor/entities/typeLooks';

const root = path.resolve(import.meta.dirname, '../../../..');
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');

interface Manifest {
  readonly contributes: {
    readonly colors: readonly { readonly id: string }[];
    readonly configuration: readonly {
      readonly properties: Readonly<
        Record<string, { readonly default: unknown; readonly items?: { readonly enum: readonly string[] } }>
      >;
    }[];
  };
}

describe('the types with a look of their own', () => {
  const { contributes } = JSON.parse(read('package.json')) as Manifest;
  const setting = contributes.configuration
    .map(({ properties }) => properties['biobert.types'])
    .find((each) => each !== undefined);

  it('are those of the setting, and all are shown unless turned off', () => {
    expect(setting?.items?.enum).toEqual(shippedTypes);
    expect(setting?.default).toEqual(shippedTypes);
  });

  it('have a colour, a shape and words, each its own, here and in the panel', () => {
    const colours = contributes.colors.map(({ id }) => id);
    const icons = [...shippedTypes, 'CellLine'].map((type) => typeIcon(type));
    expect(new Set(icons.map(({ id }) => id)).size).toBe(icons.length);
    expect(new Set(icons.map(({ color }) => color?.id)).size).toBe(icons.length);
    for (const type of shippedTypes) {
      const name = type.toLowerCase();
      expect(colours).toContain(`biobert.${name}`);
      expect(colours).toContain(`biobert.${name}Background`);
      expect(read('media/panel/panel.css')).toContain(`.type-${name} {`);
      expect(read('media/panel/sentence.ts')).toContain(`${type}: '${typeIcon(type).id}'`);
      expect(read('media/panel/graphView.ts')).toContain(`${name}: colour('biobert-${name}')`);
      expect([typeName(type), typeHeading(type)]).not.toContain('');
    }
  });

  it('are offered unless the model is known to lack them', () => {
    expect(offeredTypes(undefined)).toEqual(shippedTypes);
    expect(offeredTypes(['Disease', 'Gene', 'Chemical'])).toEqual(['Gene', 'Disease', 'Chemical']);
    expect(offeredTypes(['CellLine'])).toEqual([]);
    expect([isShippedType('Species'), isShippedType('CellLine')]).toEqual([true, false]);
  });
});
