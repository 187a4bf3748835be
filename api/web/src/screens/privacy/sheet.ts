export type Block =
  | { kind: "heading"; level: number; text: string }
  | { kind: "list"; items: string[] }
  | { kind: "table"; head: string[]; rows: string[][] }
  | { kind: "text"; text: string };

/** A cell's own bar is written `\|`. */
function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function tableOf(lines: readonly string[]): Block {
  const [head, , ...rows] = lines.map(cellsOf);
  return { kind: "table", head: head ?? [], rows };
}

/** An item goes on in the lines below it that are set in. */
function listOf(lines: readonly string[]): Block {
  const items: string[] = [];
  for (const line of lines) {
    if (line.startsWith("- ") || items.length === 0) {
      items.push(line.replace(/^- /, ""));
    } else {
      items.push(`${items.pop()} ${line.trim()}`);
    }
  }
  return { kind: "list", items };
}

function blockOf(lines: readonly string[]): Block {
  const first = lines[0] ?? "";
  const heading = /^(#+) (.*)$/.exec(first);
  if (heading) {
    return { kind: "heading", level: heading[1]!.length, text: heading[2]! };
  }
  if (first.startsWith("|")) {
    return tableOf(lines);
  }
  return first.startsWith("- ") ? listOf(lines) : { kind: "text", text: lines.join(" ") };
}

/** The parts of a sheet in Markdown: those forms that the town's record of processing is written in. */
export function partsOf(markdown: string): Block[] {
  return markdown
    .replace(/^(#+ .*)$/gm, "\n$1\n")
    .split(/\n{2,}/)
    .map((block) => block.split("\n").filter((line) => line.trim() !== ""))
    .filter((lines) => lines.length > 0)
    .map(blockOf);
}
