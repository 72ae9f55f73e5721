import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultTypes, shippedTypes } from '../../../../src/core/entities/entityTypes';
import { offeredTypes, typeHeading, typeIcon, typeName } from '../../../../src/editor/entities/typeLooks';
import { lookNames, typeLooks } from '../../../../src/protocol/typeLooks';

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

describe('looks of types', () => {
  const { contributes } = JSON.parse(read('package.json')) as Manifest;
  const setting = contributes.configuration
    .map(({ properties }) => properties['biobert.types'])
    .find((each) => each !== undefined);

  it('exist for the types of the setting and its default', () => {
    expect(setting?.items?.enum).toEqual(shippedTypes);
    expect(setting?.default).toEqual(defaultTypes);
  });

  it('differ in colour, shape and words, in the editor and in the panel', () => {
    const colours = contributes.colors.map(({ id }) => id);
    const icons = [...shippedTypes, 'Organ'].map((type) => typeIcon(type));
    expect(new Set(icons.map(({ id }) => id)).size).toBe(lookNames.length);
    expect(new Set(icons.map(({ color }) => color?.id)).size).toBe(lookNames.length);
    const looks = Object.values(typeLooks);
    expect(new Set(looks.map(({ shape }) => shape)).size).toBe(looks.length);
    expect(new Set(looks.map(({ border }) => JSON.stringify(border))).size).toBe(looks.length);
    for (const { colour } of looks) {
      expect(colours).toContain(`biobert.${colour}`);
      expect(colours).toContain(`biobert.${colour}Background`);
      expect(read('media/panel/base.css')).toContain(
        `.type-${colour} {\n  color: var(--vscode-biobert-${colour});`,
      );
    }
    const names = shippedTypes.map((type) => typeName(type));
    expect(new Set(names).size).toBe(names.length);
    expect(shippedTypes.map((type) => typeHeading(type))).toContain('Cell lines');
    expect([typeName('Organ'), typeHeading('Organ')]).toEqual(['Organ', 'Organ']);
  });

  it('are offered unless the loaded model lacks the type', () => {
    expect(offeredTypes(undefined)).toEqual(shippedTypes);
    expect(offeredTypes(['Disease', 'Gene', 'Chemical'])).toEqual(['Gene', 'Disease', 'Chemical']);
    expect(offeredTypes(['Organ'])).toEqual([]);
  });
});
