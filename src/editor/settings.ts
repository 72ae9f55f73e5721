import * as vscode from 'vscode';
import { isDefaultType, isShippedType, type ShippedType, shippedTypes } from '../core/entities/entityTypes';
import type { EntityType } from '../core/types';
import { defaultTask, type ModelSetting, type ModelTask, modelTasks, taskTable } from '../protocol/tasks';
import { defaultEndpoint } from '../runtime/hub/hubRequest';
import type { Device } from '../runtime/onnx/platform';
import { Disposable } from './dispose';

const section = 'biobert';

/** Names and types of the settings below `biobert.`. They are declared in package.json, with their defaults. */
interface SettingValues extends Readonly<Record<ModelSetting, string>> {
  readonly types: readonly EntityType[];
  readonly minProbability: number;
  readonly consistency: boolean;
  readonly 'terms.files': readonly string[];
  readonly languages: readonly string[];
  readonly liveTagging: boolean;
  readonly 'hover.enabled': boolean;
  readonly 'linking.enabled': boolean;
  readonly 'questions.recordsOnly': boolean;
  readonly 'review.reviewer': string;
  readonly 'assistants.server': boolean;
  readonly exclude: readonly string[];
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
  'terms.files',
  'languages',
  'liveTagging',
  'hover.enabled',
  'linking.enabled',
  'questions.recordsOnly',
  'review.reviewer',
  'assistants.server',
  'exclude',
  ...modelTasks.map((task) => taskTable[task].setting),
  'hub.url',
  'engine.url',
  'engine.device',
  'engine.threads',
  'engine.idleMinutes',
  'limits.maxFileSizeMB',
  'limits.maxMarks',
];

/** The address of a server and the names of people and files, which must not be in a report. */
const privateSettings: ReadonlySet<SettingName> = new Set([
  'engine.url',
  'terms.files',
  'exclude',
  'review.reviewer',
]);

/** A change of settings. */
export interface SettingsChange {
  affects(name: SettingName): boolean;
}

/** Whether the result of {@link Settings.isShown} may differ after a change. */
export function affectsShownTypes(change: SettingsChange): boolean {
  return change.affects('types') || change.affects(taskTable[defaultTask].setting);
}

/** Reads the settings `biobert.*`. All other code reads them through this class. */
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

  /** Folder of the user's model for a task. Empty for the model that ships. */
  modelFolder(task: ModelTask): string {
    return this.read(taskTable[task].setting).trim();
  }

  /**
   * URL of the hub from which the user can download models. Default: the environment variable `HF_ENDPOINT`, which the
   * tools of Hugging Face also use.
   */
  get hubUrl(): string {
    return this.read('hub.url').trim() || (process.env['HF_ENDPOINT']?.trim() ?? '') || defaultEndpoint;
  }

  /**
   * URL of a server that runs the models. Empty to run them on this machine. `ServerAccess` decides whether it is used.
   */
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

  get maxFileBytes(): number {
    return this.maxFileSizeMB * 1024 * 1024;
  }

  get maxMarks(): number {
    return this.read('limits.maxMarks');
  }

  types(scope: vscode.ConfigurationScope): readonly EntityType[] {
    return this.read('types', scope);
  }

  /**
   * Whether `biobert.types` decides if a type is shown. For a model that the user has chosen it only decides about the
   * types that are on by default. All other types of such a model are shown, because the user chose it for them.
   */
  isChoosable(type: EntityType): boolean {
    const isOwnModel = this.modelFolder(defaultTask) !== '';
    return isOwnModel ? isDefaultType(type) : isShippedType(type);
  }

  /** Whether entities of a type are shown. False for a type that is off by default or that the user has turned off. */
  isShown(type: EntityType, scope: vscode.ConfigurationScope): boolean {
    return !this.isChoosable(type) || this.types(scope).includes(type);
  }

  /**
   * The types that a user can assign to a name. Hidden types that are off by default are left out: the name would
   * vanish.
   */
  markableTypes(scope: vscode.ConfigurationScope): readonly ShippedType[] {
    return shippedTypes.filter((type) => isDefaultType(type) || this.isShown(type, scope));
  }

  minProbability(scope: vscode.ConfigurationScope): number {
    return this.read('minProbability', scope);
  }

  /** Whether a name has one type in a document, and either all or no occurrences are marked. */
  consistency(scope: vscode.ConfigurationScope): boolean {
    return this.read('consistency', scope);
  }

  liveTagging(scope: vscode.ConfigurationScope): boolean {
    return this.read('liveTagging', scope);
  }

  hoverEnabled(scope: vscode.ConfigurationScope): boolean {
    return this.read('hover.enabled', scope);
  }

  /** The settings that differ from their defaults, for the log and for issue reports. */
  nonDefault(): Record<string, unknown> {
    const configuration = vscode.workspace.getConfiguration(section);
    const entries = settingNames.flatMap((name) => {
      const value = configuration.get<unknown>(name);
      const isDefault = JSON.stringify(value) === JSON.stringify(configuration.inspect(name)?.defaultValue);
      if (isDefault) return [];
      const isPrivate = privateSettings.has(name);
      return [[`${section}.${name}`, isPrivate ? '(set)' : value] as const];
    });
    return Object.fromEntries(entries);
  }

  /**
   * The value of a setting.
   * @throws if package.json does not declare the setting, a mistake that the manifest test finds.
   */
  read<Name extends SettingName>(name: Name, scope?: vscode.ConfigurationScope): SettingValues[Name] {
    const value = vscode.workspace.getConfiguration(section, scope).get<SettingValues[Name]>(name);
    if (value === undefined) throw new Error(`The setting ${section}.${name} is not declared.`);
    return value;
  }
}
