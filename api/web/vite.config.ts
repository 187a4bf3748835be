import { defineConfig } from "vitest/config";

import { trimPico } from "./trim_pico.ts";

/** Where the API answers while somebody works on the screens: `CRENEAU_URL=… npx vite`. */
const api = process.env.CRENEAU_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  build: {
    outDir: "../../build/web/pages",
    emptyOutDir: true,
    target: "es2022",
    // The policy of the pages allows no script that is written into them.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  css: { postcss: { plugins: [trimPico] } },
  server: { proxy: { "/api": { target: api, changeOrigin: true } } },
  test: { include: ["tests/**/*.test.ts"] },
});
