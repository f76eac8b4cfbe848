//! Sample tokens, minted in the page with fresh keys.
