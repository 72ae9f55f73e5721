import type { Segments } from './blocks';

/** A term that may be an abbreviation: one word with a capital letter or a digit. */
const shortForm = /^(?=.*[\p{Lu}\d])\S{2,12}$/u;

/**
 * Reads the entries of a glossary. A short form and its meaning become one text, `AML (acute myeloid leukaemia)`, as an
 * author would write it in a sentence, so that they are recognised as an abbreviation and its long form.
 */
export class XmlDefinitions {
  private isInDefinition = false;
  /** Whether the bracket is open. */
  private isOpen = false;

  constructor(private readonly segments: Segments) {}

  /** Whether the start tag of `name` was handled. */
  open(name: string, start: number, end: number): boolean {
    this.forgetBroken();
    if (
      this.isOpen &&
      name === 'p' &&
      this.segments.builder.textBetween(this.segments.builder.length - 1) !== '('
    ) {
      this.end(start, end);
      return false;
    }
    if (this.isOpen && name === 'p') return true;
    if (!this.isInDefinition || name !== 'def') return false;
    this.segments.builder.space(start, start + 1);
    this.segments.builder.replace('(', start + 1, end);
    this.isOpen = true;
    return true;
  }

  /** Whether the end tag of `name` was handled. */
  close(name: string, start: number, end: number): boolean {
    this.forgetBroken();
    const { builder } = this.segments;
    if (name === 'term') {
      this.isInDefinition = builder.length <= 12 && shortForm.test(builder.textBetween(0));
      return this.isInDefinition;
    }
    if (!this.isOpen) {
      if (name === 'def-item') this.isInDefinition = false;
      return false;
    }
    if (name === 'p') return true;
    if (name === 'def') this.end(start, end);
    return false;
  }

  /** Broken markup may end the text within a bracket, which is then no longer there to be closed. */
  private forgetBroken(): void {
    if (!this.isOpen || this.segments.builder.length > 0) return;
    this.isOpen = false;
    this.isInDefinition = false;
  }

  private end(start: number, end: number): void {
    this.isOpen = false;
    this.isInDefinition = false;
    this.segments.builder.replace(')', start, end);
    this.segments.break();
  }
}
