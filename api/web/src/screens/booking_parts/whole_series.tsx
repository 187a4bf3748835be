import { useAction } from "../../parts/action";
import { Summary } from "../../parts/summary";
import { Unfold } from "../../parts/unfold";
import { kPaths } from "../../paths";
import { datesAhead } from "../../planning/series_edit";
import { town } from "../../town/api";
import { isInside, rights } from "../../town/rights";
import { me } from "../../town/session";
import type { Series } from "../../town/types";
import { t, tn, type WordKey } from "../../words";
import { CancelDates } from "../series_parts/cancel_dates";
import { Missed } from "../series_parts/missed";
import { Refusing, type RefusalWords } from "./decide";
import { useMandate } from "./mandate";
import { isOwn } from "./ownership";

interface Props {
  series: Series;
  seen: string | undefined;
  onDone: (words?: WordKey) => void;
}

/** The office's yes or no to all dates that wait; what somebody has by now stays waiting. */
function DecideAll({ series, seen, onDone }: Props) {
  const action = useAction();
  const path = { id: series.id };
  const waiting = series.occurrences.filter(({ status }) => status === "pending").length;
  const approve = () =>
    action.run(async () => {
      await town.post("/api/v1/series/{id}/approve", { path, seen, body: { conflicts: "skip" } });
      onDone();
    });
  const refuse = async (body: RefusalWords) => {
    await town.post("/api/v1/series/{id}/refuse", { path, seen, body });
    onDone();
  };
  if (waiting === 0) {
    return null;
  }
  return (
    <section>
      <h2>{t("decide.title")}</h2>
      <p>{tn("series.waiting", waiting)}</p>
      <Summary refusal={action.refusal} />
      <button type="button" aria-busy={action.isBusy} onClick={() => void approve()}>
        {t("series.approve")}
      </button>
      <Refusing onRefuse={refuse} />
    </section>
  );
}

/** What is done with a series: the office decides; it and the owners change it or give dates up. */
export function WholeSeries(props: Props) {
  const { series } = props;
  const hasMandate = useMandate();
  const isOffice = isInside(me.value) && rights.decides(me.value);
  const mayChange = isOffice || isOwn(series);
  const hasAhead = datesAhead(series, new Date().toISOString()).length > 0;
  return (
    <>
      {(isOffice || hasMandate) && <DecideAll {...props} />}
      {hasAhead && mayChange && (
        <>
          <p>
            <a class="button" href={`${kPaths.series}/${series.id}/changer`}>
              {t("series_change.open")}
            </a>
          </p>
          <Unfold label={t("series_cancel.open")}>{() => <CancelDates {...props} />}</Unfold>
        </>
      )}
      {series.missed.length > 0 && <Missed {...props} mayRetry={mayChange} />}
    </>
  );
}
