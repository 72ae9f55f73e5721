import { describe, expect, it } from 'vitest';
import type { Entity, Relation } from '../../../../src/core/types';
import { relatedNames } from '../../../../src/editor/hover/relatedNames';

function name(text: string, type = 'Gene'): Entity {
  return { start: 0, end: text.length, text, name: text, type, probability: 1 };
}

function relation(subject: Entity, object: Entity, probability: number, negated = false): Relation {
  const evidence = { start: 0, end: 9 };
  const cue = negated ? { start: 0, end: 3, text: 'not' } : undefined;
  return { type: 'association', subject, object, probability, evidence, evidenceText: '', negated: cue };
}

function linked(text: string, id: string, type = 'Chemical'): Entity {
  return { ...name(text, type), concepts: [{ id, name: text, source: 'Terms', method: 'name' }] };
}

describe('relatedNames', () => {
  it('goes by concept: other names of the subject count, and a related concept is listed once', () => {
    const hcc = (text: string) => linked(text, 'MESH:D006528', 'Disease');
    const found = relatedNames(linked('sorafenib', 'MESH:D000077157'), [
      relation(linked('Nexavar', 'MESH:D000077157'), hcc('HCC'), 0.9),
      relation(linked('BAY 43-9006', 'MESH:D000077157'), hcc('hepatocellular carcinoma'), 0.8),
      relation(linked('sorafenib', 'MESH:OTHER'), name('asthma', 'Disease'), 0.95),
      relation(name('Sorafenib', 'Chemical'), name('glioma', 'Disease'), 0.7),
    ]);
    expect(found.map((each) => each.name)).toEqual(['HCC', 'glioma']);
  });

  it('leaves out less certain relations', () => {
    const certain = relation(name('BRCA1'), name('breast cancer', 'Disease'), 0.9);
    const uncertain = { ...relation(name('BRCA1'), name('glioma', 'Disease'), 0.5), isTentative: true };
    const found = relatedNames(name('BRCA1'), [certain, uncertain]);
    expect(found.map((each) => each.name)).toEqual(['breast cancer']);
  });

  it('returns each related name once, most probable first, from both sides, without negated relations', () => {
    const found = relatedNames(name('BRCA1'), [
      relation(name('BRCA1'), name('breast cancer', 'Disease'), 0.7),
      relation(name('olaparib', 'Chemical'), name('Brca-1'), 0.9),
      relation(name('BRCA1'), name('Breast Cancer', 'Disease'), 0.8),
      relation(name('BRCA1'), name('asthma', 'Disease'), 0.9, true),
      relation(name('TP53'), name('glioma', 'Disease'), 0.9),
    ]);
    expect(found.map((each) => [each.name, each.probability])).toEqual([
      ['olaparib', 0.9],
      ['Breast Cancer', 0.8],
    ]);
  });
});
