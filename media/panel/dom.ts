export interface ElementOptions {
  readonly id?: string;
  readonly class?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Makes an element. Strings become text, never markup: documents are quoted through here. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  options?: ElementOptions,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name];
export function el(
  name: string,
  options?: ElementOptions,
  ...children: readonly (Node | string)[]
): HTMLElement;
export function el(
  name: string,
  options: ElementOptions = {},
  ...children: readonly (Node | string)[]
): HTMLElement {
  const element = document.createElement(name);
  if (options.id !== undefined) element.id = options.id;
  if (options.class !== undefined) element.className = options.class;
  for (const [key, value] of Object.entries(options.attributes ?? {})) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export function codicon(name: string): HTMLElement {
  return el('span', { class: `codicon codicon-${name}`, attributes: { 'aria-hidden': 'true' } });
}

/**
 * A click shows the place, and keys stay in the panel: they must not write over what is selected there. Enter and two
 * clicks go there.
 */
export function keepsFocus({ detail }: MouseEvent): boolean {
  return detail === 1;
}

export function setHidden(element: HTMLElement, isHidden: boolean): void {
  element.hidden = isHidden;
}
