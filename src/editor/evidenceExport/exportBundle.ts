/** The entry of `dist/evidenceExport.js`: writes the evidence in all formats. */
import type { ExportBundle } from '../evidence/exportLoader';
import { exportEvidence } from './writeEvidence';

({ exportEvidence }) satisfies ExportBundle;

export { exportEvidence };
