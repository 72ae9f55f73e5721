import * as vscode from 'vscode';
import { isDefaultType, isShippedType, type ShippedType, shippedTypes } from '../core/entityTypes';
import type { EntityType } from '../core/types';
import { defaultTask, type ModelSetting, type ModelTask, modelTasks, taskTable } from '../protocol/tasks';
import { defaultEndpoint } from '../runtime/hub/hubRequest';
import type { Device } from '../runtime/onnx/platform';
import { Disposable } from './dispose';

const section = 'biobert';

/** Names and values below `biobert.`, as in package.json, which alone knows the defaults. */
interface SettingValues extends Readonly<Record<ModelSetting, string>> {
  readonly types: readonly EntityType[];
  readonly minProbability: number;
  readonly consistency: boolean;
  readonly languages: readonly string[];
  readonly liveTagging: boolean;
  readonly 'hover.enabled': boolean;
  readonly 'hub.url': string;
  readonly 'engine.url': string;
  readonly 'engine.device': Device;
  readonly 'engine.threads': number;
  readonly 'engine.idleMinutes': number;
  readonly 'limits.maxFileSizeMB': number;
  readonly 'limits.maxMarks': number;
}

export type SettingName = keyof SettingValues;

const settingNames: readonly SettingName[] = [
  'types',
  'minProbability',
  'consistency',
  'languages',
  'liveTagging',
  'hover.enabled',
  ...modelTasks.map((task) => taskTable[task].setting),
  'hub.url',
  'engine.url',
  'engine.device',
  'engine.threads',
  'engine.idleMinutes',
  'limits.maxFileSizeMB',
  'limits.maxMarks',
];

/** Of the window, or of a document where the setting can differ between folders. */
export interface SettingsChange {
  affects(name: SettingName): boolean;
}

/** Whether {@link Settings.isShown} may answer otherwise now. */
export function affectsShownTypes(change: SettingsChange): boolean {
  return change.affects('types') || change.affects(taskTable[defaultTask].setting);
}

/** The only reader of `biobert.*`. */
export class Settings extends Disposable {
  private readonly changed = this._register(new vscode.EventEmitter<SettingsChange>());
  readonly onDidChange = this.changed.event;

  constructor() {
    super();
    this._register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration(section)) return;
        this.changed.fire({ affects: (name) => event.affectsConfiguration(`${section}.${name}`) });
      }),
    );
  }

  get languages(): readonly string[] {
    return this.read('languages');
  }

  /** Folder of the reader's own model for a task; empty: the one that ships. */
  modelFolder(task: ModelTask): string {
    return this.read(taskTable[task].setting).trim();
  }

  /** Where models are downloaded from, when the user asks for one; by the variable of Hugging Face's own tools as well. */
  get hubUrl(): string {
    return this.read('hub.url').trim() || (process.env['HF_ENDPOINT']?.trim() ?? '') || defaultEndpoint;
  }

  /** A server that runs the models; empty: this machine does. `ServerAccess` says whether it may. */
  get engineUrl(): string {
    return this.read('engine.url').trim();
  }

  /** How the engine runs on this machine. */
  get engine(): { readonly device: Device; readonly threads: number; readonly idleMinutes: number } {
    return {
      device: this.read('engine.device'),
      threads: this.read('engine.threads'),
      idleMinutes: this.read('engine.idleMinutes'),
    };
  }

  get maxFileSizeMB(): number {
    return this.read('limits.maxFileSizeMB');
  }

  get maxMarks(): number {
    return this.read('limits.maxMarks');
  }

  types(scope: vscode.ConfigurationScope): readonly EntityType[] {
    return this.read('types', scope);
  }

  /**
   * Whether `biobert.types` decides over a type. Of a model of the user's own all types are shown that the tagger that
   * ships lacks or has off by default: whoever chose the model wants what it finds.
   */
  isChoosable(type: EntityType): boolean {
    const isOwnModel = this.modelFolder(defaultTask) !== '';
    return isOwnModel ? isDefaultType(type) : isShippedType(type);
  }

  /** False for a type that is off by default, or that the user has turned off. */
  isShown(type: EntityType, scope: vscode.ConfigurationScope): boolean {
    return !this.isChoosable(type) || this.types(scope).includes(type);
  }

  /** The types that a reader can give a name: not one that is off by default and hidden, since the name would vanish. */
  markableTypes(scope: vscode.ConfigurationScope): readonly ShippedType[] {
    return shippedTypes.filter((type) => isDefaultType(type) || this.isShown(type, scope));
  }

  minProbability(scope: vscode.ConfigurationScope): number {
    return this.read('minProbability', scope);
  }

  /** Whether one name has one type in a document, and all its repeats are marked or none. */
  consistency(scope: vscode.ConfigurationScope): boolean {
    return this.read('consistency', scope);
  }

  liveTagging(scope: vscode.ConfigurationScope): boolean {
    return this.read('liveTagging', scope);
  }

  hoverEnabled(scope: vscode.ConfigurationScope): boolean {
    return this.read('hover.enabled', scope);
  }

  /** What the user has set, for the log and for issue reports; defaults left out. */
  nonDefault(): Record<string, unknown> {
    const configuration = vscode.workspace.getConfiguration(section);
    const entries = settingNames.flatMap((name) => {
      const value = configuration.get<unknown>(name);
      const isDefault = JSON.stringify(value) === JSON.stringify(configuration.inspect(name)?.defaultValue);
      if (isDefault) return [];
      // Where a laboratory's servers are is not for reports.
      return [[`${section}.${name}`, name === 'engine.url' ? '(set)' : value] as const];
    });
    return Object.fromEntries(entries);
  }

  /** @throws when package.json does not declare the setting: a fault of ours that the manifest test finds first. */
  private read<Name extends SettingName>(name: Name, scope?: vscode.ConfigurationScope): SettingValues[Name] {
    const value = vscode.workspace.getConfiguration(section, scope).get<SettingValues[Name]>(name);
    if (value === undefined) throw new Error(`The setting ${section}.${name} is not declared.`);
    return value;
  }
}
