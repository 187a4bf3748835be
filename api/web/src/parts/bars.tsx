import { t } from "../words";

export interface Bar {
  key: string;
  name: string;
  value: number;
  /** The value as it is said, with its unit. */
  words: string;
}

const kRow = 44; // pixels: a line of words, and the bar below it
const kMost = 20;

/** A plot of bars, the first twenty. It says nothing that its table, which stands beside it, does not. */
export function Bars(props: { title: string; bars: readonly Bar[] }) {
  const bars = props.bars.slice(0, kMost);
  const largest = Math.max(...bars.map(({ value }) => value), 1);
  return (
    <figure class="bars">
      <figcaption>{props.title}</figcaption>
      <svg
        role="img"
        aria-label={t("plot.alt", { title: props.title })}
        width="100%"
        height={bars.length * kRow}
      >
        {bars.map((bar, row) => (
          <g key={bar.key}>
            <text x="0" y={row * kRow + 16}>
              {t("plot.row", { name: bar.name, value: bar.words })}
            </text>
            <rect
              x="0"
              y={row * kRow + 22}
              width={`${(100 * bar.value) / largest}%`}
              height="14"
            />
          </g>
        ))}
      </svg>
    </figure>
  );
}
