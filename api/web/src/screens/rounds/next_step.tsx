import { useAction } from "../../parts/action";
import { Question } from "../../parts/question";
import { Summary } from "../../parts/summary";
import { town } from "../../town/api";
import type { Round } from "../../town/types";
import { t } from "../../words";

type Step = "open" | "close" | "propose";

const kSteps: Record<Round["status"], readonly Step[]> = {
  draft: ["open"],
  open: ["close"],
  closed: ["propose", "open"],
  proposed: ["propose"],
  published: [],
};

interface Props {
  round: Round;
  seen: string | undefined;
  onDone: () => void;
}

function Publish({ round, seen, onDone }: Props) {
  const action = useAction();
  const publish = () =>
    action.run(async () => {
      await town.post("/api/v1/rounds/{id}/publish", { path: { id: round.id }, seen });
      onDone();
    });
  return (
    <Question
      label={t("round.publish")}
      words={t("round.publish_question")}
      yes={t("round.publish_yes")}
      no={t("round.no")}
      action={action}
      onYes={() => void publish()}
    />
  );
}

/** What the office does next with a round; publishing, which nothing takes back, asks first. */
export function NextStep(props: Props) {
  const { round, seen, onDone } = props;
  const action = useAction();
  const take = (step: Step) =>
    action.run(async () => {
      await town.post(`/api/v1/rounds/{id}/${step}`, { path: { id: round.id }, seen });
      onDone();
    });
  return (
    <section>
      {round.points !== null && (
        <p class="note">
          {t("round.points", { n: round.points })}{" "}
          {round.is_optimal !== null &&
            t(round.is_optimal ? "round.is_optimal" : "round.is_not_optimal")}
        </p>
      )}
      <Summary refusal={action.refusal} />
      {action.isBusy && <p role="status">{t("round.works")}</p>}
      <p class="steps">
        {kSteps[round.status].map((step, at) => (
          <button
            key={step}
            type="button"
            class={at === 0 ? "small" : "secondary small"}
            aria-busy={action.isBusy}
            onClick={() => void take(step)}
          >
            {t(`round.${step}`)}
          </button>
        ))}
      </p>
      {round.status === "proposed" && <Publish {...props} />}
    </section>
  );
}
