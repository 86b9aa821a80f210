// Types the keys of every namespace after its English texts: a key that does not exist is a compile error.
import "i18next";
import type common from "../texts/en.json";
import type home from "../pages/home/texts/en.json";
import type imports from "../pages/imports/texts/en.json";
import type independence from "../pages/independence/texts/en.json";
import type reports from "../pages/reports/texts/en.json";
import type settings from "../pages/settings/texts/en.json";
import type spending from "../pages/spending/texts/en.json";
import type transactions from "../pages/transactions/texts/en.json";
import type wealth from "../pages/wealth/texts/en.json";
import type welcome from "../pages/welcome/texts/en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      common: typeof common;
      home: typeof home;
      imports: typeof imports;
      independence: typeof independence;
      reports: typeof reports;
      settings: typeof settings;
      spending: typeof spending;
      transactions: typeof transactions;
      wealth: typeof wealth;
      welcome: typeof welcome;
    };
  }
}
