import * as z from 'zod';
import type { Evidence } from '../../../core/curation/evidenceFile';
import type { EvidenceTopic } from '../../../core/curation/evidenceTopics';
import { roundProbability } from '../../../core/exports/mention';
import { Quoter } from '../quotes';
import { defineTool, folderFacts, inputs, maxInput } from '../tool';

const input = z.strictObject({
  text: z
    .string()
    .trim()
    .min(1)
    .max(maxInput)
    .optional()
    .describe('Only entries that have all of these words in their topic, sentence, answer, note or paper.'),
  limit: inputs.limit(500, 50),
});

/** Lists the sentences that the reviewer has pinned. */
export const listEvidence = defineTool({
  name: 'biobert_list_evidence',
  title: 'List evidence',
  description:
    'Lists the sentences that the reviewer has pinned in the evidence table of the open folder, with the question or relation that they answer, the reviewer’s note, and their places, to be cited as they are.',
  input,
  run: async ({ text = '', limit }, source, signal) => {
    const state = await source.refresh(signal);
    const words = text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const found = (await source.evidence(signal)).filter((each) => hasWords(each, words));
    const quoter = new Quoter(source, signal);
    const documents = new Map((await source.documents(signal)).map((each) => [source.pathOf(each), each]));
    return {
      folder: folderFacts(state),
      evidence: await Promise.all(
        found.slice(0, limit).map((each) => described(each, documents.get(each.document), quoter)),
      ),
      moreEvidence: Math.max(0, found.length - limit),
    };
  },
});

function hasWords(evidence: Evidence, words: readonly string[]): boolean {
  const { topic, sentence, answer = '', note, publication = '', document } = evidence;
  const all = [topicWords(topic), sentence, answer, note, publication, document].join(' ').toLowerCase();
  return words.every((word) => all.includes(word));
}

function topicWords(topic: EvidenceTopic): string {
  switch (topic.kind) {
    case 'question':
      return topic.question;
    case 'form':
      return topic.label;
    case 'pair':
      return `${topic.subject.name} ${topic.relation.replace(/_/g, ' ')} ${topic.object.name}`;
  }
}

/** @param document Undefined if the folder does not have the document: it is outside, or was deleted. */
async function described(evidence: Evidence, document: string | undefined, quoter: Quoter): Promise<object> {
  const { topic, sentence, answer, probability, isDenied, isSpeculative, isProposed, note, annotator } =
    evidence;
  const { publication, citation } = evidence;
  const place = { start: evidence.start, end: evidence.end, sentence, publication, citation };
  const quote = document === undefined ? undefined : await quoter.find({ ...place, document });
  return {
    topic: topicWords(topic),
    kind: topic.kind === 'pair' ? 'relation' : topic.kind,
    ...(topic.kind === 'pair' && { subject: topic.subject, object: topic.object }),
    ...(answer !== undefined && { answer }),
    ...(isProposed === true && { isProposed }),
    isDenied,
    isSpeculative,
    probability: roundProbability(probability),
    ...(note !== '' && { note }),
    foundBy: annotator ?? 'unknown',
    ...(quote ?? {
      document: evidence.document,
      sentence,
      ...(publication !== undefined && { paper: publication }),
      problem: 'The folder does not have this sentence any more. It is given as it was pinned.',
    }),
  };
}
