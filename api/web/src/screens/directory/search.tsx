import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";

import { Field } from "../../parts/field";
import { More, type Pages } from "../../parts/pages";
import { Screen } from "../../parts/screen";
import { Nothing, Waiting } from "../../parts/states";
import { withQuery } from "../../paths";
import { t, type WordKey } from "../../words";
import { DirectorySteps } from "./steps";

/** Both lists of the directory: a search, what it found, and a form for somebody new. */
export function Search<T>(props: {
  path: string;
  found: Pages<T>;
  columns: readonly WordKey[];
  row: (record: T) => ComponentChildren;
  children: ComponentChildren;
}) {
  const { query, route } = useLocation();
  return (
    <Screen title={t("directory.title")} wide>
      <DirectorySteps at={props.path} />
      <Field
        label={t("directory.search")}
        type="search"
        maxLength={100}
        autocomplete="off"
        value={query["q"] ?? ""}
        onValue={(q) => route(withQuery(props.path, { q }), true)}
      />
      {props.children}
      <Waiting of={props.found}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing>{t("directory.nothing")}</Nothing>
          ) : (
            <div class="scroll" role="region" tabIndex={0} aria-label={t("directory.found")}>
              <table>
                <caption>{t("directory.found")}</caption>
                <thead>
                  <tr>
                    {props.columns.map((column) => (
                      <th key={column} scope="col">
                        {t(column)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>{items.map(props.row)}</tbody>
              </table>
            </div>
          )
        }
      </Waiting>
      <More of={props.found} />
    </Screen>
  );
}
