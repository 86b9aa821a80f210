import { createBrowserRouter, Navigate, useRouteError, type RouteObject } from "react-router";
import { useTranslation } from "react-i18next";
import { session } from "@/api/session";
import { Failure } from "@/design/states";
import { loadTexts } from "@/i18n";
import { Guard, Waiting, WelcomeOnly } from "./Guard";
import { PAGES } from "./navigation";
import { Shell } from "./Shell";

function Broken() {
  const error = useRouteError();
  return <Failure error={error} retry={() => location.reload()} />;
}

function Nowhere() {
  const { t } = useTranslation();
  document.title = t("state.nowhere");
  return <Navigate to="/" replace />;
}

const pages: RouteObject[] = PAGES.map((page) => ({
  path: page.path,
  lazy: async () => {
    // What the page will ask for first is on its way while its code still loads.
    if (session.state() !== "out") page.ask?.();
    const [loaded] = await Promise.all([page.load(), loadTexts(page.name)]);
    return { Component: loaded.default };
  },
  errorElement: <Broken />,
}));

export const router = createBrowserRouter([
  {
    element: <WelcomeOnly />,
    hydrateFallbackElement: <Waiting />,
    errorElement: <Broken />,
    children: [
      { path: "/welcome", lazy: async () => ({ Component: (await import("@/pages/welcome/WelcomePage")).default }) },
      { path: "/sign-in", lazy: async () => ({ Component: (await import("@/pages/welcome/SignInPage")).default }) },
    ],
  },
  {
    element: <Guard><Shell /></Guard>,
    hydrateFallbackElement: <Waiting />,
    errorElement: <Broken />,
    children: [...pages, { path: "*", element: <Nowhere /> }],
  },
]);
