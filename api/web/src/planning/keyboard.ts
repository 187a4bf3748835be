const kMoves: Record<string, [number, number]> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

function linksOf(row: Element): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>("a")];
}

function nearest(links: readonly HTMLElement[], left: number): HTMLElement | undefined {
  return [...links].sort((a, b) => Math.abs(leftOf(a) - left) - Math.abs(leftOf(b) - left))[0];
}

function leftOf(element: HTMLElement): number {
  return element.getBoundingClientRect().left;
}

/** The next row in that direction that has something to go to. */
function nextRow(rows: readonly Element[], from: number, by: number): Element | undefined {
  for (let at = from + by; at >= 0 && at < rows.length; at += by) {
    if (linksOf(rows[at]!).length > 0) {
      return rows[at];
    }
  }
  return undefined;
}

/** Arrow keys move between the links of a table: along a row, and to the nearest of the next one. */
export function moveByKeys(event: KeyboardEvent): void {
  const move = event.shiftKey ? undefined : kMoves[event.key];
  const link = (event.target as Element).closest("a");
  const row = link?.closest("tr");
  const rows = [...(row?.parentElement?.children ?? [])];
  if (!move || !link || !row) {
    return;
  }
  const [across, down] = move;
  const links = linksOf(row);
  const target =
    across !== 0
      ? links[links.indexOf(link) + across]
      : nearest(linksOf(nextRow(rows, rows.indexOf(row), down) ?? row), leftOf(link));
  if (target) {
    event.preventDefault();
    target.focus();
  }
}
