import "@picocss/pico/css/pico.min.css";
import "./style/tokens.css";
import "./style/app.css";
import "./style/print.css";

import { render } from "preact";

import { App, loadAhead } from "./app";
import { findOut } from "./town/session";
import { speak } from "./words";

async function start(): Promise<void> {
  loadAhead(location.pathname);
  await Promise.all([speak(), findOut()]);
  render(<App />, document.getElementById("app")!);
}

void start();
