import { describe, expect, it } from 'vitest';
import {
  defaultTypes,
  isDefaultType,
  isShippedType,
  shippedTypes,
  typeNamed,
} from '../../../../src/core/entities/entityTypes';

describe('shipped entity types', () => {
  it('are six, of which four are on by default', () => {
    expect(shippedTypes).toEqual(['Gene', 'Disease', 'Chemical', 'Species', 'Variant', 'CellLine']);
    expect(defaultTypes).toEqual(['Gene', 'Disease', 'Chemical', 'Species']);
    expect(['Gene', 'Variant', 'Organ'].map(isDefaultType)).toEqual([true, false, false]);
    expect(['Gene', 'Variant', 'Organ', 'toString'].map(isShippedType)).toEqual([true, true, false, false]);
  });

  it.each([
    ['GENE', 'Gene'],
    ['GeneOrGeneProduct', 'Gene'],
    ['drug', 'Chemical'],
    ['OrganismTaxon', 'Species'],
    ['SequenceVariant', 'Variant'],
    ['Cell_Line', 'CellLine'],
    ['DNA', undefined],
    ['BC2GM-gene', undefined],
    ['', undefined],
  ])('are found by other names: %s', (name, type) => {
    expect(typeNamed(name)).toBe(type);
  });
});
