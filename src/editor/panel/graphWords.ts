import * as vscode from 'vscode';
import type { graphWordKeys } from '../../protocol/graphWords';

const { l10n } = vscode;

/** Returns the texts of the graph of relations in the user's language. */
export function graphWords(): Readonly<Record<(typeof graphWordKeys)[number], string>> {
  return { ...drawingWords(), ...toolWords(), ...legendWords() };
}

function drawingWords() {
  return {
    graphLabel: l10n.t('Graph of the listed relations'),
    graphHint: l10n.t('Arrow keys move between names, Enter filters the list by a name, Escape shows all.'),
    graphKeys: l10n.t(
      'Arrow keys move between related names, Enter goes to the list of a name, Escape goes back, + and − zoom, 0 shows all.',
    ),
    graphEmpty: l10n.t('There are no relations to draw.'),
    graphCut: l10n.t('The {0} most frequent names of {1} are drawn.'),
    graphShown: l10n.t('Showing {0} of {1} names'),
    graphFiltered: l10n.t('The filter of the list of relations applies.'),
    graphNoMatch: l10n.t('No relation matches the filter of the list of relations.'),
    graphNames: l10n.t('Names'),
    graphRelationsOf: l10n.t('Relations of {0}'),
    graphSentences: l10n.t('sentences: {0}'),
    graphNeighbours: l10n.t('related names: {0}'),
    graphNotListed: l10n.t('{0} more sentences are in the list of relations.'),
    graphBack: l10n.t('All names'),
  };
}

function toolWords() {
  return {
    graphOpen: l10n.t('Open Graph in Editor'),
    graphFind: l10n.t('Find a name'),
    graphFindHint: l10n.t('Name, synonym or identifier'),
    graphFound: l10n.t('{0} of {1}: {2}'),
    graphNotFound: l10n.t('No name contains this text.'),
    graphNotDrawn: l10n.t('{0} is not drawn. Show more names to see it.'),
    graphLimit: l10n.t('Names to show'),
    graphStrongest: l10n.t('The {0} most frequent'),
    graphAll: l10n.t('All {0}'),
    zoomIn: l10n.t('Zoom In'),
    zoomOut: l10n.t('Zoom Out'),
    zoomFit: l10n.t('Show Whole Graph'),
    exportPng: l10n.t('Save as Picture (PNG)'),
    exportSvg: l10n.t('Save as Drawing with Text (SVG)'),
    exportJson: l10n.t('Save for Cytoscape (JSON)'),
    savePng: l10n.t('Save PNG'),
    saveSvg: l10n.t('Save SVG'),
    saveJson: l10n.t('For Cytoscape'),
    showAll: l10n.t('Show all'),
  };
}

function legendWords() {
  return {
    legend: l10n.t('Legend'),
    legendAndKeys: l10n.t('Legend and keys'),
    legendDirected: l10n.t('from subject to object'),
    legendMutual: l10n.t('without direction'),
    legendMany: l10n.t('many sentences'),
    legendUnstated: l10n.t('only negated or speculative'),
    legendDenied: l10n.t('mostly negated'),
  };
}
