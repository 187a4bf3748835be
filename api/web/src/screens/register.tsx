import { saveFile } from "../parts/save_file";
import { useTown } from "../parts/resource";
import { Screen } from "../parts/screen";
import { Waiting } from "../parts/states";
import { kPaths } from "../paths";
import { fileOf } from "../town/api";
import { language, t } from "../words";
import { partsOf, type Block } from "./privacy/sheet";
import { PrivacySteps } from "./privacy/steps";

function Table({ head, rows }: { head: readonly string[]; rows: readonly string[][] }) {
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={t("register.treatments")}>
      <table class="many">
        <caption>{t("register.treatments")}</caption>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Part({ block }: { block: Block }) {
  switch (block.kind) {
    case "heading":
      return block.level === 1 ? <p class="begins">{block.text}</p> : <h2>{block.text}</h2>;
    case "list":
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      );
    case "table":
      return <Table head={block.head} rows={block.rows} />;
    case "text":
      return <p>{block.text}</p>;
  }
}

/** The record of processing, from the town's settings: to read, to print, to keep. */
export default function Register() {
  const loaded = useTown(async () => {
    const { content } = await fileOf("/api/v1/privacy/register");
    return { content, text: await content.text() };
  }, [language.value]);
  return (
    <Screen title={t("register.title")} wide>
      <PrivacySteps at={kPaths.register} />
      <Waiting of={loaded}>
        {({ content, text }) => (
          <>
            <p class="no-print">
              <button type="button" class="secondary" onClick={() => window.print()}>
                {t("print")}
              </button>{" "}
              <button
                type="button"
                class="secondary"
                onClick={() => saveFile("registre.md", content)}
              >
                {t("register.save")}
              </button>
            </p>
            {partsOf(text).map((block, at) => (
              <Part key={at} block={block} />
            ))}
          </>
        )}
      </Waiting>
    </Screen>
  );
}
