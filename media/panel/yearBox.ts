import { textBox, type TextBox } from './toolkit';
import { yearOf } from './yearText';

/** Pause after the last key: a year is typed in four. */
const delayMs = 400;

export interface YearBox {
  readonly element: HTMLElement;
  value: number | undefined;
}

/** A box for a year. @param onChange Called with a complete year, or with undefined if the box has been emptied. */
export function yearBox(label: string, onChange: (year: number | undefined) => void): YearBox {
  let timer = 0;
  let current: number | undefined;
  const box: TextBox = textBox({
    label,
    hint: label,
    onInput: () => {
      clearTimeout(timer);
      timer = window.setTimeout(read, delayMs);
    },
    onKey: ({ key }) => {
      if (key === 'Enter') read();
    },
  });
  const { input } = box;
  input.inputMode = 'numeric';
  input.maxLength = 4;
  input.addEventListener('blur', () => {
    read();
    show(current);
  });
  function read(): void {
    clearTimeout(timer);
    const year = yearOf(box.value);
    const isWrong = year === null && box.value.trim().length >= input.maxLength;
    input.setAttribute('aria-invalid', String(isWrong));
    if (year === null || year === current) return;
    current = year;
    onChange(year);
  }
  function show(year: number | undefined): void {
    current = year;
    box.value = year === undefined ? '' : String(year);
    input.setAttribute('aria-invalid', 'false');
  }
  return {
    element: box.element,
    get value() {
      return current;
    },
    set value(year) {
      // The reader may be typing another year.
      if (year !== current) show(year);
    },
  };
}
