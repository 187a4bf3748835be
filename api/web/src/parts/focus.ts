/** What comes in the place of a button takes the focus: there it does not get lost. */
export function focused(element: HTMLElement | null): void {
  element?.focus();
}
