import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { entityTypesOption } from '../../../src/cli/options';
import { chooseEntityTypes } from '../../../src/cli/use';

const known = ['Gene', 'Disease', 'Variant', 'Organ'];

function chosen(...args: string[]) {
  const command = new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .addOption(entityTypesOption('-t, --types <list>'))
    .option('--model <folder>', 'Another model.', 'shipped')
    .parse(args, { from: 'user' });
  const { types } = command.opts<{ readonly types?: readonly string[] }>();
  return chooseEntityTypes(types, { known, option: 'model' }, command);
}

describe('the entity types that a command finds', () => {
  it('are the default types for the shipped tagger', () => {
    expect(chosen()).toEqual(['Gene', 'Disease']);
  });

  it('are all types for another tagger', () => {
    expect(chosen('--model', 'mine')).toBeUndefined();
  });

  it('are the types of the option, in any letter case and for any tagger', () => {
    expect(chosen('--types', 'variant,Gene')).toEqual(['Variant', 'Gene']);
    expect(chosen('--types', 'ORGAN', '--model', 'mine')).toEqual(['Organ']);
  });

  it('are all types if the option is "all"', () => {
    expect(chosen('--types', 'all')).toBeUndefined();
  });

  it('are refused if the tagger does not have them', () => {
    expect(() => chosen('--types', 'CellLine')).toThrow(/no type CellLine\. It knows Gene, Disease/);
  });
});
