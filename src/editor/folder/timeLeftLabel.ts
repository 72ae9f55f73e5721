import * as vscode from 'vscode';
import { roundTime } from './timeLeft';

export function timeLeftLabel(seconds: number): string {
  const { unit, amount } = roundTime(seconds);
  switch (unit) {
    case 's':
      return vscode.l10n.t('about {0} s left', amount);
    case 'min':
      return vscode.l10n.t('about {0} min left', amount);
    case 'h':
      return vscode.l10n.t('about {0} h left', amount);
  }
}
