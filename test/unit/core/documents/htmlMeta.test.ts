import { describe, expect, it } from 'vitest';
import { htmlFields, isHtmlPage } from '../../../../src/core/documents/htmlMeta';

const page = (...meta: readonly string[]) =>
  `<!DOCTYPE html>\n<html lang="en"><head>${meta.join('\n')}</head><body><article><p>Text.</p></article>` +
  '<meta name="citation_title" content="In the body"></body></html>';

const fieldsOf = (text: string): readonly string[] =>
  htmlFields(text).map(
    ({ kind, parts }) => `${kind} ${parts.map(({ start, end }) => text.slice(start, end)).join(' ')}`,
  );

describe('the publication of a page', () => {
  it('is what its head states for search engines', () => {
    const text = page(
      '<meta charset="utf-8"><meta name="description" content="a > b">',
      '<meta name="citation_title" content="Niacin in gout">',
      "<META content='Zinc, Anna' NAME='citation_author'/>",
      '<meta name=citation_doi content=10.1000/zinc.1>',
      '<meta name="DC.title" content="Niacin in gout">',
    );
    expect(fieldsOf(text)).toEqual(['title Niacin in gout', 'author Zinc, Anna', 'doi 10.1000/zinc.1']);
  });

  it('is what Dublin Core says if nothing else is there', () => {
    const text = page('<meta name="DC.Title" content="Niacin">', '<meta name="dcterms.date" content="2021">');
    expect(fieldsOf(text)).toEqual(['title Niacin', 'date 2021']);
  });

  it.each([
    ['states no title', page('<meta name="author" content="Me"><meta name="dcterms.date" content="2026">')],
    [
      'was made by Pandoc',
      page('<meta name="generator" content="pandoc" />', '<meta name="DC.title" content="My review">'),
    ],
    [
      'was made by Quarto',
      page(
        '<meta name="citation_title" content="My review">',
        '<meta name="generator" content="quarto-1.5.57">',
      ),
    ],
  ])('is unknown if the page %s', (_what, text) => {
    expect(fieldsOf(text)).toEqual([]);
  });

  it('is found in time in a head that is broken', () => {
    const started = performance.now();
    htmlFields(`<html><head>${'<meta name="a'.repeat(20_000)}`);
    expect(isHtmlPage('<!--'.repeat(2000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('isHtmlPage', () => {
  it.each([
    ['<!doctype html>\n<!-- saved from url=(0014)about:internet -->\n<html>', true],
    ['\uFEFF<?xml version="1.0"?><HTML xmlns="http://www.w3.org/1999/xhtml">', true],
    ['<?xml version="1.0"?><article><body>', false],
    ['<p>A part of a page</p>', false],
  ])('%j: %s', (head, expected) => {
    expect(isHtmlPage(head)).toBe(expected);
  });
});
