/** Entry of the worker that extracts the text of papers. A hostile file can do no more than end it. */
import './quietConsole';
import { parentPort } from 'node:worker_threads';
import { BioBertError } from '../../core/errors';
import { damagedPaper } from './errors';
import { readDocx } from './office/readDocx';
import { readXlsx } from './office/readXlsx';
import type { ExtractedPaper, PaperKind } from './paper';
import type { PaperReply, PaperRequest } from './paperMessages';
import { readPdf } from './pdf/readPdf';

const readers: Readonly<Record<PaperKind, (bytes: Uint8Array) => Promise<ExtractedPaper>>> = {
  pdf: readPdf,
  docx: readDocx,
  xlsx: readXlsx,
};

const names: Readonly<Record<PaperKind, string>> = {
  pdf: 'PDF',
  docx: 'Word document',
  xlsx: 'Excel workbook',
};

async function answer({ id, bytes, kind }: PaperRequest): Promise<PaperReply> {
  try {
    return { id, paper: await readers[kind](bytes) };
  } catch (error) {
    // The error of a library may quote the document.
    const { code, message, nextStep } = error instanceof BioBertError ? error : damagedPaper(names[kind]);
    return { id, error: { code, message, nextStep } };
  }
}

parentPort?.on('message', (request: PaperRequest) => {
  void answer(request).then((reply) => {
    parentPort?.postMessage(reply);
  });
});
