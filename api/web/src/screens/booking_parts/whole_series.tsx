import { useAction } from "../../parts/action";
import { Question } from "../../parts/question";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import { isInside, rights } from "../../town/rights";
import { me } from "../../town/session";
import type { Series } from "../../town/types";
import { t, tn } from "../../words";
import { Refusing, type RefusalWords } from "./decide";
import { useMandate } from "./mandate";
import { isOwn } from "./ownership";

interface Props {
  series: Series;
  seen: string | undefined;
  onDone: () => void;
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

/** Gives all dates to come up, after a question. */
function GiveUp({ series, seen, onDone }: Props) {
  const action = useAction();
  const giveUp = () =>
    action.run(async () => {
      await town.post("/api/v1/series/{id}/cancel", { path: { id: series.id }, seen });
      onDone();
    });
  return (
    <Question
      label={t("series.cancel")}
      words={t("series.cancel_question")}
      yes={t("series.cancel_yes")}
      no={t("cancel.no")}
      action={action}
      onYes={() => void giveUp()}
    />
  );
}

/** What is done with a whole series: the office decides, its owners give it up. */
export function WholeSeries(props: Props) {
  const { series } = props;
  const hasMandate = useMandate();
  const isOffice = isInside(me.value) && rights.decides(me.value);
  const now = new Date().toISOString();
  const hasAhead = series.occurrences.some(
    ({ status, start_at }) => (status === "pending" || status === "approved") && start_at > now,
  );
  return (
    <>
      {(isOffice || hasMandate) && <DecideAll {...props} />}
      {hasAhead && isOwn(series) && <GiveUp {...props} />}
    </>
  );
}
