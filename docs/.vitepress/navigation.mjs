// What stands beside and above the pages.
const GUIDE = [
  { text: "Getting started", link: "/getting-started" },
  { text: "Setting AWS up", link: "/aws" },
  { text: "Policies", link: "/policies" },
  { text: "Frameworks", link: "/frameworks" },
  { text: "Testing your service", link: "/testing" },
  { text: "Rust", link: "/rust" },
  { text: "Examples", link: "/examples" },
  { text: "Operations", link: "/operations" },
  { text: "Questions", link: "/questions" },
];

const MIGRATION = [
  { text: "From aws-jwt-verify", link: "/migration/aws-jwt-verify" },
  { text: "From jose", link: "/migration/jose" },
  { text: "From fast-jwt", link: "/migration/fast-jwt" },
];

const EVIDENCE = [
  { text: "Beside other packages", link: "/peers" },
  { text: "A failing issuer", link: "/faults" },
  { text: "Speed", link: "/speed" },
];

const PROJECT = [
  { text: "Security", link: "/project/security" },
  { text: "Design", link: "/project/design" },
  { text: "Contributing", link: "/project/contributing" },
  { text: "Changes", link: "/project/changes" },
  { text: "This site", link: "/project/site" },
];

export const english = {
  nav: [
    { text: "Getting started", link: "/getting-started" },
    { text: "Policies", link: "/policies" },
    { text: "Error codes", link: "/error-codes" },
  ],
  sidebar: [
    { text: "Guide", items: GUIDE },
    { text: "Reference", items: [{ text: "Error codes", link: "/error-codes" }] },
    { text: "Migration", items: MIGRATION },
    { text: "Evidence", items: EVIDENCE },
    { text: "Project", items: PROJECT },
  ],
};

export const japanese = {
  theme: {
    nav: [
      { text: "はじめに", link: "/ja/getting-started" },
      { text: "ポリシー（英語）", link: "/policies" },
      { text: "エラーコード（英語）", link: "/error-codes" },
    ],
    sidebar: [
      { text: "ガイド", items: [{ text: "はじめに", link: "/ja/getting-started" }] },
      { text: "英語のみ", items: [...GUIDE.slice(1), { text: "Error codes", link: "/error-codes" }, ...MIGRATION] },
    ],
    outline: { level: [2, 3], label: "このページの内容" },
    docFooter: { prev: "前へ", next: "次へ" },
    darkModeSwitchLabel: "外観",
    lightModeSwitchTitle: "明るい配色にする",
    darkModeSwitchTitle: "暗い配色にする",
    sidebarMenuLabel: "目次",
    returnToTopLabel: "先頭へ",
    langMenuLabel: "言語",
    skipToContentLabel: "本文へ",
  },
  search: {
    button: { buttonText: "検索", buttonAriaLabel: "検索" },
    modal: {
      displayDetails: "詳しく表示",
      resetButtonTitle: "消去",
      backButtonTitle: "閉じる",
      noResultsText: "見つかりません：",
      footer: { selectText: "選ぶ", navigateText: "移る", closeText: "閉じる" },
    },
  },
};
