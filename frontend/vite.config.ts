import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

// Where a product under development listens; `npm run dev` passes /api on to it.
const product = process.env["FINAPP_URL"] ?? "http://127.0.0.1:8000";

/** Has the browser fetch the home page's code together with the frame, where most visits begin. */
const fetchHomeAtOnce: Plugin = {
  name: "fetch-home-at-once",
  transformIndexHtml: {
    order: "post",
    handler(html, { bundle }) {
      const chunks = Object.values(bundle ?? {}).filter((one) => one.type === "chunk");
      const home = chunks.find((chunk) => chunk.facadeModuleId?.endsWith("/pages/home/HomePage.tsx"));
      const early = home ? [home.fileName, ...home.imports] : [];
      return early
        .filter((name) => !html.includes(name))
        .map((name) => ({ tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href: `/${name}` }, injectTo: "head" }));
    },
  },
};

export default defineConfig({
  plugins: [react(), fetchHomeAtOnce],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: process.env["FINAPP_WEB"] ?? "../src/finapp/app/web",
    emptyOutDir: true,
    target: "es2023",
    // light-dark() as it stands: every browser has had it since 2024.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // The page's policy forbids inline data as scripts or styles; small files cost nothing on their own either.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    // Few requests before the first paint: the frame, the parts that pages share, and one file of styles.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "frame", tags: ["$initial"], priority: 2 },
            { name: "parts", test: /src\/(design|explain|preferences|api)\/|lucide-react/, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": { target: product, changeOrigin: false } } },
});
