import { useLocation } from "preact-iso";

import { Field, Select } from "../parts/field";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Waiting } from "../parts/states";
import { kPaths, withQuery } from "../paths";
import { addressOf, town } from "../town/api";
import { t } from "../words";
import { daysAfter, today } from "../words/dates";
import { DecisionReport } from "./reports_parts/decisions";
import { kGroups, UsageReport, type Group } from "./reports_parts/usage";

type View = "usage" | "decisions";

interface Wanted {
  view: View;
  by: Group;
  from: string;
  last: string; // of the period, the day itself counted
  site: string;
}

function wantedOf(query: Record<string, string>): Wanted {
  const year = today().slice(0, 4);
  return {
    view: query["view"] === "decisions" ? "decisions" : "usage",
    by: kGroups.find((group) => group === query["by"]) ?? "room",
    from: query["from"] ?? `${year}-01-01`,
    last: query["last"] ?? `${year}-12-31`,
    site: query["site"] ?? "",
  };
}

function queryOf(wanted: Wanted) {
  return {
    from: wanted.from,
    to: wanted.last === "" ? "" : daysAfter(wanted.last, 1),
    site: wanted.site,
    ...(wanted.view === "usage" ? { by: wanted.by } : {}),
  };
}

function Period(props: { wanted: Wanted; onChange: (part: Partial<Wanted>) => void }) {
  const { wanted, onChange } = props;
  const sites = useTown(() => town.get("/api/v1/sites"), []);
  const known = sites.resource.state === "ready" ? sites.resource.value.items : [];
  return (
    <div class="columns">
      <Field
        label={t("reports.from")}
        type="date"
        required
        value={wanted.from}
        onValue={(from) => onChange({ from })}
      />
      <Field
        label={t("reports.last")}
        type="date"
        required
        value={wanted.last}
        onValue={(last) => onChange({ last })}
      />
      <Select
        label={t("planning.site")}
        value={wanted.site}
        choices={[
          { value: "", label: t("planning.all_sites") },
          ...known.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        onValue={(site) => onChange({ site })}
      />
      {wanted.view === "usage" && (
        <Select
          label={t("reports.by")}
          value={wanted.by}
          choices={kGroups.map((value) => ({ value, label: t(`reports.by_${value}`) }))}
          onValue={(by) => onChange({ by: by as Group })}
        />
      )}
    </div>
  );
}

function Shown({ wanted }: { wanted: Wanted }) {
  const query = queryOf(wanted);
  const usage = useTown(
    async () => ({
      usage:
        wanted.view === "usage" ? await town.get("/api/v1/reports/usage", { query }) : undefined,
      decisions:
        wanted.view === "decisions"
          ? await town.get("/api/v1/reports/decisions", { query })
          : undefined,
    }),
    [wanted],
  );
  const table = addressOf(`/api/v1/reports/${wanted.view}`, {
    query: { ...query, format: "csv" },
  });
  return (
    <Waiting of={usage}>
      {({ usage: used, decisions }) => (
        <>
          {used && <UsageReport report={used} />}
          {decisions && <DecisionReport report={decisions} />}
          <p class="no-print">
            <a class="button" href={table} download>
              {t("reports.csv")}
            </a>{" "}
            <button type="button" class="secondary small" onClick={() => window.print()}>
              {t("print")}
            </button>
          </p>
        </>
      )}
    </Waiting>
  );
}

/** What was booked, and what became of the requests: plots, their tables, and a file of each. */
export default function Reports() {
  const { query, route } = useLocation();
  const wanted = wantedOf(query);
  const to = (part: Partial<Wanted>) => withQuery(kPaths.reports, { ...wanted, ...part });
  const current = (view: View) => (wanted.view === view ? "page" : undefined);
  return (
    <Screen title={t("reports.title")} wide>
      <nav class="steps no-print" aria-label={t("reports.which")}>
        <a href={to({ view: "usage" })} aria-current={current("usage")}>
          {t("reports.usage")}
        </a>
        <a href={to({ view: "decisions" })} aria-current={current("decisions")}>
          {t("reports.decisions")}
        </a>
      </nav>
      <Period wanted={wanted} onChange={(part) => route(to(part), true)} />
      <Shown wanted={wanted} />
    </Screen>
  );
}
