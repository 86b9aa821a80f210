import { createBrowserRouter, Navigate, useRouteError, type RouteObject } from "react-router";
import { useTranslation } from "react-i18next";
import { Failure } from "@/design/states";
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
  lazy: async () => ({ Component: (await page.load()).default }),
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
