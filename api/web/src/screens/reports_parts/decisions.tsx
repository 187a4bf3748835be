import { Bars } from "../../parts/bars";
import { Nothing } from "../../parts/states";
import type { Decisions } from "../../town/types";
import { language, t } from "../../words";
import { monthName } from "../../words/dates";
import { hoursOf, number } from "../../words/numbers";

type Sum = Decisions["total"];

function delay(minutes: number | null): string {
  return minutes === null ? "–" : t("reports.hours", { n: number(hoursOf(minutes)) });
}

function Row(props: { name: string; sum: Sum }) {
  const { name, sum } = props;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{number(sum.received)}</td>
      <td>{number(sum.approved)}</td>
      <td>{number(sum.refused)}</td>
      <td>{number(sum.cancelled)}</td>
      <td>{number(sum.pending)}</td>
      <td>{delay(sum.median_delay_min)}</td>
      <td>{delay(sum.nine_tenths_delay_min)}</td>
    </tr>
  );
}

function Months({ report }: { report: Decisions }) {
  const rows = report.months.map((sum) => ({ name: monthName(sum.month), sum }));
  return (
    <>
      <div class="two">
        <Bars
          title={t("reports.received_by_month")}
          bars={rows.map(({ name, sum }) => ({
            key: sum.month,
            name,
            value: sum.received,
            words: number(sum.received),
          }))}
        />
        <Bars
          title={t("reports.delay_by_month")}
          bars={rows.map(({ name, sum }) => ({
            key: sum.month,
            name,
            value: sum.median_delay_min ?? 0,
            words: delay(sum.median_delay_min),
          }))}
        />
      </div>
      <div class="scroll" role="region" tabIndex={0} aria-label={t("reports.requests")}>
        <table class="many">
          <caption>{t("reports.requests")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("reports.by_month")}</th>
              <th scope="col">{t("reports.received")}</th>
              <th scope="col">{t("reports.approved")}</th>
              <th scope="col">{t("reports.refused")}</th>
              <th scope="col">{t("reports.cancelled")}</th>
              <th scope="col">{t("reports.pending")}</th>
              <th scope="col">{t("reports.median")}</th>
              <th scope="col">{t("reports.nine_tenths")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, sum }) => (
              <Row key={sum.month} name={name} sum={sum} />
            ))}
          </tbody>
          <tfoot>
            <Row name={t("reports.total")} sum={report.total} />
          </tfoot>
        </table>
      </div>
    </>
  );
}

function Grounds({ report }: { report: Decisions }) {
  const rows = report.grounds.map((ground) => ({
    ...ground,
    name: language.value === "fr" ? ground.label_fr : ground.label_en,
  }));
  return (
    <div class="beside">
      <Bars
        title={t("reports.refused_by_ground")}
        bars={rows.map(({ code, name, refused }) => ({
          key: code,
          name,
          value: refused,
          words: number(refused),
        }))}
      />
      <div class="scroll" role="region" tabIndex={0} aria-label={t("reports.grounds")}>
        <table>
          <caption>{t("reports.grounds")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("reports.ground")}</th>
              <th scope="col">{t("reports.refused")}</th>
              <th scope="col">{t("reports.cancelled")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ code, name, refused, cancelled }) => (
              <tr key={code}>
                <th scope="row">{name}</th>
                <td>{number(refused)}</td>
                <td>{number(cancelled)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

export function DecisionReport({ report }: { report: Decisions }) {
  if (report.total.received === 0) {
    return <Nothing>{t("reports.no_requests")}</Nothing>;
  }
  return (
    <>
      <Months report={report} />
      {report.grounds.length > 0 && <Grounds report={report} />}
    </>
  );
}
