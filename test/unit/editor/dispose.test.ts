import { describe, expect, it } from 'vitest';
import { Disposable, disposeAll } from '../../../src/editor/dispose';

class Part extends Disposable {
  own(name: string, log: string[]): void {
    this._register({ dispose: () => log.push(name) });
  }
}

describe('a disposable', () => {
  it('lets go of what it owns once, last first', () => {
    const log: string[] = [];
    const part = new Part();
    part.own('a', log);
    part.own('b', log);
    part.dispose();
    part.dispose();
    expect(log).toEqual(['b', 'a']);
  });

  it('lets go at once of what comes after its end', () => {
    const log: string[] = [];
    const part = new Part();
    part.dispose();
    part.own('late', log);
    expect(log).toEqual(['late']);
  });

  it('disposes the rest when one throws, and tells of it', () => {
    const log: string[] = [];
    const fails = {
      dispose: () => {
        throw new Error('broken');
      },
    };
    expect(() => disposeAll([fails, { dispose: () => log.push('rest') }])).toThrow(AggregateError);
    expect(log).toEqual(['rest']);
  });
});
