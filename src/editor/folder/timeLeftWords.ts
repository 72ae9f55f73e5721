import * as vscode from 'vscode';
import { roundedTime } from './timeLeft';

export function timeLeftWords(seconds: number): string {
  const { unit, amount } = roundedTime(seconds);
  switch (unit) {
    case 's':
      return vscode.l10n.t('about {0} s left', amount);
    case 'min':
      return vscode.l10n.t('about {0} min left', amount);
    case 'h':
      return vscode.l10n.t('about {0} h left', amount);
  }
}
