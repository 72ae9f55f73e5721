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

describe('the types of entities that a command finds', () => {
  it('are those of the default for the tagger that ships', () => {
    expect(chosen()).toEqual(['Gene', 'Disease']);
  });

  it('are all for another tagger', () => {
    expect(chosen('--model', 'mine')).toBeUndefined();
  });

  it('are those that are named, in any case, whichever tagger finds them', () => {
    expect(chosen('--types', 'variant,Gene')).toEqual(['Variant', 'Gene']);
    expect(chosen('--types', 'ORGAN', '--model', 'mine')).toEqual(['Organ']);
  });

  it('are every type by the word for it', () => {
    expect(chosen('--types', 'all')).toBeUndefined();
  });

  it('have to be types of the tagger', () => {
    expect(() => chosen('--types', 'CellLine')).toThrow(/no type CellLine\. It knows Gene, Disease/);
  });
});
