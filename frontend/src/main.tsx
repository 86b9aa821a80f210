import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import "@/design/tokens.css";
import "@/design/base.css";
import { queries } from "@/api/questions";
import { restore, session } from "@/api/session";
import { router } from "@/app/routes";
import { Toaster } from "@/design/Toaster";
import { startTexts } from "@/i18n";
import { show } from "@/preferences/preferences";

show();
void restore();
// What one person read must not be in sight of the next.
session.subscribe(() => session.state() === "out" && queries.clear());

await startTexts();
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      <Toaster />
    </QueryClientProvider>
  </StrictMode>,
);
