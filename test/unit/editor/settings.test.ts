import { beforeEach, describe, expect, it } from 'vitest';
import { affectsShownTypes, Settings } from '../../../src/editor/settings';
import { createDocument, useManifestDefaults } from './support';
import { reset, set } from './vscode';

const everyType = ['Gene', 'Disease', 'Chemical', 'Species', 'Variant', 'CellLine', 'Organ'];

describe('the shown types', () => {
  const { as: document } = createDocument('');
  const shown = (settings: Settings) => everyType.filter((type) => settings.isShown(type, document));

  beforeEach(() => {
    reset();
    useManifestDefaults();
  });

  it('are the four default types, and types that only the model of a user has', () => {
    const settings = new Settings();
    expect(shown(settings)).toEqual(['Gene', 'Disease', 'Chemical', 'Species', 'Organ']);
    expect(settings.markableTypes(document)).toEqual(['Gene', 'Disease', 'Chemical', 'Species']);
  });

  it('are those that the user chose', () => {
    const settings = new Settings();
    set('biobert.types', ['Gene', 'Variant']);
    expect(shown(settings)).toEqual(['Gene', 'Variant', 'Organ']);
    expect(settings.markableTypes(document)).toEqual(['Gene', 'Disease', 'Chemical', 'Species', 'Variant']);
  });

  it('are all types of the model of a user, except default types that are turned off', () => {
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

  it('change only with the settings for types and for the model', () => {
    const told: boolean[] = [];
    new Settings().onDidChange((change) => told.push(affectsShownTypes(change)));
    set('biobert.types', ['Gene']);
    set('biobert.model.path', '');
    set('biobert.minProbability', 0.5);
    expect(told).toEqual([true, true, false]);
  });
});
