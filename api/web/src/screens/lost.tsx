import { Screen } from "../parts/screen";
import { kPaths } from "../paths";
import { t } from "../words";

export default function Lost() {
  return (
    <Screen title={t("lost.title")}>
      <p>{t("lost.words")}</p>
      <a class="button" href={kPaths.home}>
        {t("lost.home")}
      </a>
    </Screen>
  );
}
