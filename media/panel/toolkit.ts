/**
 * The one file that knows `@vscode/webview-ui-toolkit`: it is archived, and can be replaced here. What leaves it are
 * plain elements with the properties and events named below.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { el } from './dom';

/** What is used of the toolkit's elements. */
type Valued = HTMLElement & { value: string };
type Tabbed = HTMLElement & { activeid: string };

export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodePanels(),
    vsCodePanelTab(),
    vsCodePanelView(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  );
}

/** A button with words. */
export function button(label: string, onClick: () => void, appearance = 'primary'): HTMLElement {
  const made = el('vscode-button', { attributes: { appearance } }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** A button with a picture; the words are its tooltip and its name. */
export function iconButton(icon: string, label: string, onClick: (event: Event) => void): HTMLElement {
  const picture = el('span', { class: `codicon codicon-${icon}`, attributes: { 'aria-hidden': 'true' } });
  const attributes = { appearance: 'icon', 'aria-label': label, title: label };
  const made = el('vscode-button', { attributes }, picture);
  made.addEventListener('click', onClick);
  return made;
}

export function setDisabled(element: HTMLElement, isDisabled: boolean): void {
  (element as HTMLElement & { disabled: boolean }).disabled = isDisabled;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Select {
  readonly element: HTMLElement;
  value: string;
  setChoices(choices: readonly Choice[]): void;
}

export function select(label: string, onChange: (value: string) => void): Select {
  const dropdown = el('vscode-dropdown', { attributes: { 'aria-label': label, title: label } }) as Valued;
  dropdown.addEventListener('change', () => onChange(dropdown.value));
  let shown = '';
  return {
    element: dropdown,
    get value() {
      return dropdown.value;
    },
    set value(value) {
      dropdown.value = value;
    },
    setChoices(choices) {
      const key = JSON.stringify(choices);
      // Made anew, the list would close under the pointer.
      if (key === shown) return;
      shown = key;
      const { value } = dropdown;
      dropdown.replaceChildren(
        ...choices.map((choice) =>
          el('vscode-option', { attributes: { value: choice.value } }, choice.label),
        ),
      );
      if (choices.some((choice) => choice.value === value)) dropdown.value = value;
    },
  };
}

export interface TextBox {
  readonly element: HTMLElement;
  value: string;
  focus(): void;
}

export interface TextBoxOptions {
  readonly label: string;
  readonly hint: string;
  readonly onInput?: (value: string) => void;
  readonly onKey?: (event: KeyboardEvent) => void;
  /** Shown at the end of the box. */
  readonly end?: readonly HTMLElement[];
}

export function textBox({ label, hint, onInput, onKey, end = [] }: TextBoxOptions): TextBox {
  for (const each of end) each.slot = 'end';
  const attributes = { 'aria-label': label, placeholder: hint };
  const field = el('vscode-text-field', { attributes }, ...end) as Valued;
  if (onInput) field.addEventListener('input', () => onInput(field.value));
  if (onKey) field.addEventListener('keydown', onKey);
  return {
    element: field,
    get value() {
      return field.value;
    },
    set value(value) {
      field.value = value;
    },
    focus: () => {
      field.focus();
    },
  };
}

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly content: HTMLElement;
}

export interface Tabs {
  readonly element: HTMLElement;
  active: string;
}

export function tabs(label: string, all: readonly Tab[], onChange: (id: string) => void): Tabs {
  const heads = all.map(({ id, label: text }) => el('vscode-panel-tab', { id: `tab-${id}` }, text));
  const bodies = all.map(({ id, content }) => el('vscode-panel-view', { id: `view-${id}` }, content));
  const panels = el('vscode-panels', { attributes: { 'aria-label': label } }, ...heads, ...bodies) as Tabbed;
  panels.addEventListener('change', () => onChange(panels.activeid.slice('tab-'.length)));
  return {
    element: panels,
    get active() {
      return panels.activeid.slice('tab-'.length);
    },
    set active(id) {
      panels.activeid = `tab-${id}`;
    },
  };
}

/** Something goes on; how far is not known. */
export function spinner(label: string): HTMLElement {
  return el('vscode-progress-ring', { attributes: { 'aria-label': label } });
}
