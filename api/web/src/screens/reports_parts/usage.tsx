import { Bars } from "../../parts/bars";
import { Nothing } from "../../parts/states";
import type { Usage } from "../../town/types";
import { t, type WordKey } from "../../words";
import { monthName } from "../../words/dates";
import { hoursOf, number } from "../../words/numbers";

export const kGroups = ["room", "association", "kind", "month", "weekday"] as const;
export type Group = (typeof kGroups)[number];

const kWeekdays: readonly WordKey[] = [
  "weekday.monday",
  "weekday.tuesday",
  "weekday.wednesday",
  "weekday.thursday",
  "weekday.friday",
  "weekday.saturday",
  "weekday.sunday",
];

function nameOf(by: Usage["by"], { key, name }: Usage["items"][number]): string {
  if (key === null) {
    return t(by === "association" ? "reports.individuals" : "reports.no_kind");
  }
  switch (by) {
    case "month":
      return monthName(key);
    case "weekday":
      return t(kWeekdays[Number(key) - 1]!);
    default:
      return name ?? key;
  }
}

function Row(props: { name: string; sum: Usage["total"] }) {
  const { name, sum } = props;
  return (
    <tr>
      <th scope="row">
        <span class="begins">{name}</span>
      </th>
      <td>{number(sum.bookings)}</td>
      <td>{number(hoursOf(sum.minutes))}</td>
      <td>{number(hoursOf(sum.checked_in_minutes))}</td>
      <td>{number(sum.attendees)}</td>
    </tr>
  );
}

export function UsageReport({ report }: { report: Usage }) {
  if (report.items.length === 0) {
    return <Nothing>{t("reports.nothing")}</Nothing>;
  }
  const rows = report.items.map((sum) => ({ name: nameOf(report.by, sum), sum }));
  const by = t(`reports.by_${report.by}`).toLowerCase();
  const title = t("reports.hours_by", { by });
  const bars = rows.map(({ name, sum }) => ({
    key: String(sum.key),
    name,
    value: sum.minutes,
    words: t("reports.hours", { n: number(hoursOf(sum.minutes)) }),
  }));
  const usedTitle = t("reports.used_by", { by });
  const used = rows.map(({ name, sum }) => ({
    key: String(sum.key),
    name,
    value: sum.checked_in_minutes,
    words: t("reports.used_of", {
      used: number(hoursOf(sum.checked_in_minutes)),
      n: number(hoursOf(sum.minutes)),
    }),
  }));
  return (
    <div class="beside">
      <div>
        <Bars title={title} bars={bars} />
        <Bars title={usedTitle} bars={used} />
        <p class="quiet">{t("reports.used_means")}</p>
      </div>
      <div class="scroll" role="region" tabIndex={0} aria-label={title}>
        <table>
          <caption>{t("reports.booked")}</caption>
          <thead>
            <tr>
              <th scope="col">{t(`reports.by_${report.by}`)}</th>
              <th scope="col">{t("reports.bookings")}</th>
              <th scope="col">{t("reports.booked_hours")}</th>
              <th scope="col">{t("reports.used_hours")}</th>
              <th scope="col">{t("reports.attendees")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, sum }) => (
              <Row key={sum.key} name={name} sum={sum} />
            ))}
            {report.rest.bookings > 0 && <Row name={t("reports.rest")} sum={report.rest} />}
          </tbody>
          <tfoot>
            <Row name={t("reports.total")} sum={report.total} />
          </tfoot>
        </table>
      </div>
    </div>
  );
}
