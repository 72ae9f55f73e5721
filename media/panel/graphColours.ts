import type { LookName } from '../../src/protocol/typeLooks';

/** The colours and the font of a picture of a graph. */
export interface GraphColours {
  readonly foreground: string;
  readonly background: string;
  readonly line: string;
  readonly types: Readonly<Record<LookName, string>>;
  readonly font: string;
}

/**
 * The colours of saved pictures: a white ground and the colours of the light theme, whatever theme the window has,
 * because pictures end up in slides and papers. A test compares them with package.json.
 */
export const printColours: GraphColours = {
  foreground: '#1f2328',
  background: '#ffffff',
  line: '#57606a',
  types: {
    Gene: '#0B6BCB',
    Disease: '#B3261E',
    Chemical: '#7A4B00',
    Species: '#0F7B4F',
    Variant: '#6F3AA8',
    CellLine: '#00696F',
    other: '#5A5A5A',
  },
  font: 'Arial, Helvetica, sans-serif',
};
