export interface ElementOptions {
  readonly id?: string;
  readonly class?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Creates an element. Strings become text and never markup, because text of documents passes through here. */
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
 * Whether the panel keeps the focus after a click. A single click shows the place in the editor, and keys must not
 * overwrite the selection there. Enter and a double click move the focus to the editor.
 */
export function keepsFocus({ detail }: MouseEvent): boolean {
  return detail === 1;
}

/**
 * Scrolls a box until an element in it begins at its upper edge. Nothing around the box moves, as it would by
 * `scrollIntoView`.
 *
 * @param covered Height of what stays in sight at the upper edge, in pixels.
 */
export function scrollWithin(box: Element, element: Element, covered = 0): void {
  box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - covered;
}

export function setHidden(element: HTMLElement, isHidden: boolean): void {
  element.hidden = isHidden;
}

/** Shows whether a button that switches something is on. */
export function setPressed(element: HTMLElement, isPressed: boolean): void {
  element.setAttribute('aria-pressed', String(isPressed));
  element.classList.toggle('pressed', isPressed);
}
