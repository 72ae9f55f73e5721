import type { SegmentBuilder } from './segmentBuilder';

/** Brackets that contain only references to citations. */
export const bracketedCitations =
  /[[(](?:(?:see|e\.g\.,?|reviewed in)\s)?(?:<xref\s[^<>]{0,200}ref-type=["']bibr["'][^<>]{0,200}>(?:[^<>]|<\/?(?:italic|i|sup)>){0,200}<\/xref>[\s,;–-]{0,40}){1,100}[\])]/g;

/** Matches the text between two citations: `<sup>2</sup>,<sup>3</sup>`. */
const separator = /^[\s,;–—-]{0,8}$/;

/** Removes the separators between citations, which are dropped themselves. */
export class XmlCitations {
  /** Length of the prose at the end of the last citation, and the end of the segment before that prose. */
  private end = 0;
  private lastSegmentEnd = 0;

  constructor(private readonly builder: SegmentBuilder) {}

  /** Begins a citation. The text since the last citation is removed if it only separates the two. */
  open(): void {
    const { builder, end } = this;
    if (builder.lastSegmentEnd !== this.lastSegmentEnd) return;
    const isNear = builder.length > end && builder.length <= end + 8;
    if (isNear && separator.test(builder.textBetween(end))) builder.truncate(end);
  }

  close(): void {
    this.end = this.builder.length;
    this.lastSegmentEnd = this.builder.lastSegmentEnd;
  }
}
