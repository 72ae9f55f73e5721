/**
 * The only file that uses `@vscode/webview-ui-toolkit`, which is archived, so that it can be replaced here. The other
 * files only see plain elements with the properties and events named below.
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
} from '@vscode/webview-ui-toolkit';
import { el } from './dom';

/** The properties of the toolkit's elements that are used. */
type ValueElement = HTMLElement & { value: string };
type TabsElement = HTMLElement & { activeid: string };

export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodePanels(),
    vsCodePanelTab(),
    vsCodePanelView(),
    vsCodeProgressRing(),
  );
}

/** A button with text. */
export function button(label: string, onClick: () => void, appearance = 'primary'): HTMLElement {
  const element = el('vscode-button', { attributes: { appearance } }, label);
  element.addEventListener('click', onClick);
  return element;
}

/** A button with an icon; the text is its tooltip and accessible name. */
export function iconButton(icon: string, label: string, onClick: (event: Event) => void): HTMLElement {
  const iconElement = el('span', { class: `codicon codicon-${icon}`, attributes: { 'aria-hidden': 'true' } });
  const attributes = { appearance: 'icon', 'aria-label': label, title: label };
  const element = el('vscode-button', { attributes }, iconElement);
  element.addEventListener('click', onClick);
  return element;
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
  const dropdown = el('vscode-dropdown', {
    attributes: { 'aria-label': label, title: label },
  }) as ValueElement;
  dropdown.addEventListener('change', () => onChange(dropdown.value));
  let currentKey = '';
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
      // Replacing the options would close an open list.
      if (key === currentKey) return;
      currentKey = key;
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
  /** The box without the elements at its end. */
  readonly input: HTMLInputElement;
  value: string;
  focus(): void;
  /** Shows the beginning of a text that is longer than the box. */
  showStart(): void;
}

export interface TextBoxOptions {
  readonly label: string;
  readonly hint: string;
  readonly onInput?: (value: string) => void;
  readonly onKey?: (event: KeyboardEvent) => void;
  /** Elements at the end of the box. */
  readonly end?: readonly HTMLElement[];
}

/** An input box. It is no element of the toolkit, whose text field names every box "Text field" for screen readers. */
export function textBox({ label, hint, onInput, onKey, end = [] }: TextBoxOptions): TextBox {
  const attributes = { type: 'text', 'aria-label': label, placeholder: hint, spellcheck: 'false' };
  const input = el('input', { attributes });
  if (onInput) input.addEventListener('input', () => onInput(input.value));
  if (onKey) input.addEventListener('keydown', onKey);
  return {
    element: el('div', { class: 'text-box' }, input, ...end),
    input,
    get value() {
      return input.value;
    },
    set value(value) {
      input.value = value;
    },
    focus: () => {
      input.focus();
    },
    showStart: () => {
      input.scrollLeft = 0;
    },
  };
}

export interface CheckBox {
  readonly element: HTMLElement;
  isOn: boolean;
}

/** @param hint Tooltip. Default: none. */
export function checkBox(label: string, onChange: (isOn: boolean) => void, hint?: string): CheckBox {
  const box = el('input', { attributes: { type: 'checkbox' } });
  box.addEventListener('change', () => onChange(box.checked));
  const element = el('label', { class: 'check-box' }, box, label);
  if (hint !== undefined) element.title = hint;
  return {
    element,
    get isOn() {
      return box.checked;
    },
    set isOn(isOn) {
      box.checked = isOn;
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
  const panels = el(
    'vscode-panels',
    { attributes: { 'aria-label': label } },
    ...heads,
    ...bodies,
  ) as TabsElement;
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

/** A progress indicator without a percentage. */
export function spinner(label: string): HTMLElement {
  return el('vscode-progress-ring', { attributes: { 'aria-label': label } });
}
