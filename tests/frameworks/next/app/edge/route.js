export { GET, POST } from "../route.js";
export const runtime = "edge";
