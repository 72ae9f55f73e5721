import * as vscode from 'vscode';
import type { ComparedName, Comparison } from '../../core/entities/compare';
import type { Entity, Span } from '../../core/types';
import type { ModelInfo } from '../../protocol/engine';
import { modelName } from '../../protocol/modelName';
import { formatCount } from '../entities/countLabels';
import { typeName } from '../entities/typeLooks';

/** A link in the report that leads to a mention. */
export interface ReportLink {
  /** Span in the text of the report. */
  readonly span: Span;
  readonly mention: Entity;
}

export interface Report {
  readonly text: string;
  readonly links: readonly ReportLink[];
}

export interface ReportParts {
  readonly document: string;
  readonly models: readonly [first: ModelInfo, second: ModelInfo];
  readonly comparison: Comparison;
  /** Returns the line of a mention, counted from 1. */
  readonly lineOf: (mention: Entity) => number;
}

/**
 * Compares the entities that two models find in a document. The report is text with a link at each mention. It lists the
 * names that only one model finds before those with different spans or types.
 */
export function writeReport({ document, models, comparison, lineOf }: ReportParts): Report {
  const [first, second] = models.map(modelName);
  const writer = new ReportWriter(lineOf);
  const { both, differ, onlyFirst, onlySecond } = comparison;
  writer.line(`# ${vscode.l10n.t('Two models on {0}', document)}`);
  writer.line('');
  writer.line(`${vscode.l10n.t('Found by both')}: ${formatCount(both.length)}`);
  writer.section(vscode.l10n.t('Only {0}', first ?? ''), onlyFirst);
  writer.section(vscode.l10n.t('Only {0}', second ?? ''), onlySecond);
  writer.line('');
  writer.line(`## ${vscode.l10n.t('Marked differently')}: ${formatCount(differ.length)}`);
  for (const { first: one, second: other } of differ) {
    writer.line('');
    writer.mention(`- ${first ?? ''}: `, one);
    writer.mention(`  ${second ?? ''}: `, other);
  }
  return writer.report;
}

class ReportWriter {
  private text = '';
  private readonly links: ReportLink[] = [];

  constructor(private readonly lineOf: (mention: Entity) => number) {}

  get report(): Report {
    return { text: this.text, links: this.links };
  }

  line(words: string): void {
    this.text += `${words}\n`;
  }

  /** Writes the names that only one model finds, with a link for each mention. */
  section(title: string, names: readonly ComparedName[]): void {
    const mentions = names.reduce((sum, name) => sum + name.mentions.length, 0);
    this.line('');
    this.line(`## ${title}: ${formatCount(mentions)}`);
    if (mentions > 0) this.line('');
    for (const { name, type, mentions: nameMentions } of names) {
      this.text += `- ${oneLine(name)} (${typeName(type)}): `;
      for (const [index, mention] of nameMentions.entries()) {
        if (index > 0) this.text += ', ';
        this.link(vscode.l10n.t('line {0}', formatCount(this.lineOf(mention))), mention);
      }
      this.text += '\n';
    }
  }

  mention(before: string, mention: Entity): void {
    this.text += `${before}${oneLine(mention.name)} (${typeName(mention.type)}): `;
    this.link(vscode.l10n.t('line {0}', formatCount(this.lineOf(mention))), mention);
    this.text += '\n';
  }

  private link(words: string, mention: Entity): void {
    const start = this.text.length;
    this.text += words;
    this.links.push({ span: { start, end: this.text.length }, mention });
  }
}

function oneLine(name: string): string {
  return name.replace(/\s+/gu, ' ');
}
