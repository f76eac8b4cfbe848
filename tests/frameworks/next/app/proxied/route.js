/** By itself open to everyone: the proxy stands before it. */
export const GET = () => Response.json("reached");
