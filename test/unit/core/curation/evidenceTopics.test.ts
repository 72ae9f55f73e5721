import { describe, expect, it } from 'vitest';
import {
  topicColumns,
  topicIds,
  topicKey,
  topicLabel,
  type EvidenceTopic,
  type TopicName,
} from '../../../../src/core/curation/evidenceTopics';

const drug = (name: string, id?: string): TopicName => ({ name, type: 'Chemical', ...(id && { id }) });
const liver: TopicName = { name: 'liver failure', type: 'Disease', id: 'MESH:D1' };
const pair = (subject: TopicName, object: TopicName = liver): EvidenceTopic => ({
  kind: 'pair',
  subject,
  relation: 'induces',
  object,
});

describe('the topics of the evidence', () => {
  it('are equal for names of the same concepts', () => {
    expect(topicKey(pair(drug('acetaminophen', 'MESH:D82')))).toBe(
      topicKey(pair(drug('Paracetamol', 'MESH:D82'))),
    );
    expect(topicKey(pair(drug('acetaminophen')))).toBe(topicKey(pair(drug('Acetaminophen'))));
    expect(topicKey(pair(drug('acetaminophen')))).not.toBe(topicKey(pair(drug('paracetamol'))));
  });

  it('name the concepts by their identifiers, and a name without one by itself', () => {
    expect(topicIds(pair(drug('paracetamol', 'MESH:D82')))).toBe('MESH:D82 – MESH:D1');
    expect(topicIds(pair(drug('paracetamol')))).toBe('paracetamol – MESH:D1');
    expect(topicIds(pair(drug('a'), drug('b')))).toBe('');
    expect(topicIds({ kind: 'question', question: 'Why?' })).toBe('');
  });
});

describe('the columns of the evidence', () => {
  const linked = pair(drug('paracetamol', 'MESH:D82'));
  const other = pair(drug('acetaminophen', 'MESH:D82'));

  it('join the names of a concept, under the name that most entries have', () => {
    const { columns, keyOf } = topicColumns([other, linked, linked]);
    expect(columns.map(({ topic }) => topicLabel(topic))).toEqual(['paracetamol – liver failure (induces)']);
    expect(keyOf(other)).toBe(columns[0]?.key);
  });

  it('join a name that was pinned without an identifier with the same name of a concept', () => {
    const { columns, keyOf } = topicColumns([pair(drug('paracetamol')), linked]);
    expect(columns).toHaveLength(1);
    expect(keyOf(pair(drug('Paracetamol'), { ...liver, id: undefined }))).toBe(columns[0]?.key);
    const old = topicColumns([pair(drug('paracetamol'), { ...liver, id: undefined })]);
    expect(old.keyOf(linked)).toBe(old.columns[0]?.key);
  });

  it('do not guess the concept of a name that the table gives to several', () => {
    const topics = [pair(drug('p53', 'A:1')), pair(drug('p53', 'A:2')), pair(drug('p53'))];
    expect(topicColumns(topics).columns).toHaveLength(3);
  });
});
