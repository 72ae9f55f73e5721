import { describe, expect, it } from 'vitest';
import { Disposable, disposeAll } from '../../../src/editor/dispose';

class Part extends Disposable {
  own(name: string, log: string[]): void {
    this._register({ dispose: () => log.push(name) });
  }
}

describe('Disposable', () => {
  it('disposes registered objects once, in reverse order', () => {
    const log: string[] = [];
    const part = new Part();
    part.own('a', log);
    part.own('b', log);
    part.dispose();
    part.dispose();
    expect(log).toEqual(['b', 'a']);
  });

  it('disposes an object at once that is registered after disposal', () => {
    const log: string[] = [];
    const part = new Part();
    part.dispose();
    part.own('late', log);
    expect(log).toEqual(['late']);
  });

  it('disposes all objects when one throws, and reports the error', () => {
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
