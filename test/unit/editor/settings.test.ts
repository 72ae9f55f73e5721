import { beforeEach, describe, expect, it } from 'vitest';
import { affectsShownTypes, Settings } from '../../../src/editor/settings';
import { createDocument, useManifestDefaults } from './support';
import { reset, set } from './vscode';

const everyType = ['Gene', 'Disease', 'Chemical', 'Species', 'Variant', 'CellLine', 'Organ'];

describe('which types are shown', () => {
  const { as: document } = createDocument('');
  const shown = (settings: Settings) => everyType.filter((type) => settings.isShown(type, document));

  beforeEach(() => {
    reset();
    useManifestDefaults();
  });

  it('are the four of the default, and those that only a model of the user has', () => {
    const settings = new Settings();
    expect(shown(settings)).toEqual(['Gene', 'Disease', 'Chemical', 'Species', 'Organ']);
    expect(settings.markableTypes(document)).toEqual(['Gene', 'Disease', 'Chemical', 'Species']);
  });

  it('are those that the user has chosen', () => {
    const settings = new Settings();
    set('biobert.types', ['Gene', 'Variant']);
    expect(shown(settings)).toEqual(['Gene', 'Variant', 'Organ']);
    expect(settings.markableTypes(document)).toEqual(['Gene', 'Disease', 'Chemical', 'Species', 'Variant']);
  });

  it('are all of a model of the user, but those of the default four that are turned off', () => {
    const settings = new Settings();
    set('biobert.model.path', '/models/cells');
    expect(shown(settings)).toEqual(everyType);
    expect(everyType.filter((type) => settings.isChoosable(type))).toEqual([
      'Gene',
      'Disease',
      'Chemical',
      'Species',
    ]);
    set('biobert.types', ['Gene']);
    expect(shown(settings)).toEqual(['Gene', 'Variant', 'CellLine', 'Organ']);
  });

  it('may change with the types and with the model', () => {
    const told: boolean[] = [];
    new Settings().onDidChange((change) => told.push(affectsShownTypes(change)));
    set('biobert.types', ['Gene']);
    set('biobert.model.path', '');
    set('biobert.minProbability', 0.5);
    expect(told).toEqual([true, true, false]);
  });
});
