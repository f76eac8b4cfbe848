// VitePress's own theme with the fonts that a reader's system has, and the inspector's colours.
import theme from "vitepress/theme-without-fonts";

import "./colours.css";
import "./layout.css";

export default theme;
