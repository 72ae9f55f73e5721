import { evidenceMark, officeMark } from '../../../core/curation/ownReport';
import { readXml } from './xml';
import type { ZipParts } from './zipParts';

/**
 * The mark of a table of evidence, which its text begins with, so that the exports of this program are not read as papers;
 * empty for other files.
 */
export async function ownMark(parts: ZipParts): Promise<string> {
  const properties = await parts.text('docProps/core.xml');
  if (properties?.includes(officeMark) !== true) return '';
  let keywords = '';
  let isKeywords = false;
  readXml(properties, {
    open: ({ name }) => {
      isKeywords = name === 'keywords';
    },
    close: () => {
      isKeywords = false;
    },
    text: (part) => {
      if (isKeywords) keywords += part;
    },
  });
  return keywords === officeMark ? `${evidenceMark}\n\n` : '';
}
