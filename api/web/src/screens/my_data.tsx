import { useState } from "preact/hooks";

import { useAction } from "../parts/action";
import { Proof } from "../parts/proof";
import { Screen } from "../parts/screen";
import { Refused } from "../parts/states";
import { Summary } from "../parts/summary";
import { kPaths } from "../paths";
import { exportOfMe, readWhole, type Exported } from "../town/exported";
import { Refusal } from "../town/refusal";
import { isInside } from "../town/rights";
import { me } from "../town/session";
import { t } from "../words";
import { ExportedData } from "./privacy/exported_data";

function Copy() {
  const action = useAction();
  const [data, setData] = useState<Exported | undefined>();
  const read = () => action.run(async () => setData(await readWhole(exportOfMe)));
  return (
    <>
      <p>{t("export.mine_words")}</p>
      <Proof of={action} onProved={() => void read()} />
      {action.refusal?.code !== "proof_needed" && <Summary refusal={action.refusal} />}
      {data ? (
        <ExportedData data={data} />
      ) : (
        <button type="button" aria-busy={action.isBusy} onClick={() => void read()}>
          {t("export.now")}
        </button>
      )}
    </>
  );
}

/** What the town has about whoever is signed in. */
export default function MyData() {
  return (
    <Screen title={t("export.mine")}>
      {isInside(me.value) ? (
        <>
          <p>
            <a href={kPaths.account}>{t("account.title")}</a>
          </p>
          <Copy />
        </>
      ) : (
        <Refused refusal={new Refusal({ status: me.value ? 403 : 401 })} />
      )}
    </Screen>
  );
}
