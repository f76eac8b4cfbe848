//! The structure of a JSON text that is being written, as far as it can be made out.

use std::ops::Range;

use super::scan::{Token, TokenKind, tokens};

/// Deeper than this nothing is made out: a policy has 4 levels.
const DEEPEST: usize = 32;

/// A text's structure.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) root: Option<Value>,
    pub(super) tokens: Vec<Token>,
}

/// A value and its place in the text, in bytes.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) span: Range<usize>,
    pub(super) shape: Shape,
}

#[derive(Debug)]
pub(super) enum Shape {
    /// An object, and whether it is closed.
    Object(Vec<Member>, bool),
    /// An array, and whether it is closed.
    Array(Vec<Value>, bool),
    /// A string: its contents.
    Text(String),
    /// Anything else.
    Word,
}

/// A member of an object, or what is to become one.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) name_span: Range<usize>,
    /// Where the colon ends, if there is one.
    pub(super) colon: Option<usize>,
    pub(super) value: Option<Value>,
}

impl Tree {
    pub(super) fn read(text: &str) -> Self {
        let tokens = tokens(text);
        let mut reader = Reader { text, tokens: &tokens, next: 0 };
        let root = reader.value(0, false);
        Self { root, tokens }
    }

    /// The last token that ends at `offset` or before.
    pub(super) fn token_before(&self, offset: usize) -> Option<&Token> {
        let after = self.tokens.partition_point(|token| token.span.end <= offset);
        self.tokens.get(after.checked_sub(1)?)
    }

    /// The first token that begins at `offset` or later.
    pub(super) fn token_after(&self, offset: usize) -> Option<&Token> {
        self.tokens.get(self.tokens.partition_point(|token| token.span.start < offset))
    }
}

impl Value {
    /// Whether an offset is between the value's brackets.
    pub(super) fn holds(&self, offset: usize) -> bool {
        let (Shape::Object(_, closed) | Shape::Array(_, closed)) = &self.shape else {
            return false;
        };
        self.span.start < offset && (offset < self.span.end || !closed && offset == self.span.end)
    }

    /// Whether the value is a token, and an offset is in it or at its end.
    pub(super) fn is_touched(&self, offset: usize) -> bool {
        matches!(self.shape, Shape::Text(_) | Shape::Word) && touches(&self.span, offset)
    }
}

/// Whether an offset is in a token, or at its end.
pub(super) fn touches(span: &Range<usize>, offset: usize) -> bool {
    span.start < offset && offset <= span.end
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    next: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<TokenKind> {
        self.tokens.get(self.next).map(|token| token.kind)
    }

    /// The place of the token just taken.
    fn take(&mut self) -> Range<usize> {
        let span = self.tokens.get(self.next).map(|token| token.span.clone()).unwrap_or_default();
        self.next += 1;
        span
    }

    /// Where what is not closed ends: before the next token.
    fn end(&self) -> usize {
        self.tokens.get(self.next).map_or(self.text.len(), |token| token.span.start)
    }

    /// Whether a member's name comes next.
    fn is_name(&self) -> bool {
        let after = self.tokens.get(self.next + 1).map(|token| token.kind);
        self.peek() == Some(TokenKind::Text) && after == Some(TokenKind::Colon)
    }

    fn value(&mut self, depth: usize, in_object: bool) -> Option<Value> {
        match self.peek()? {
            TokenKind::Open(open) if depth < DEEPEST => {
                let start = self.take().start;
                let (shape, end) = if open == '{' {
                    let (members, end) = self.members(depth + 1);
                    (Shape::Object(members, end.is_some()), end)
                } else {
                    let (elements, end) = self.elements(depth + 1, in_object);
                    (Shape::Array(elements, end.is_some()), end)
                };
                let end = end.unwrap_or_else(|| self.end());
                Some(Value { span: start..end, shape })
            }
            TokenKind::Text => {
                let span = self.take();
                let shape = Shape::Text(contents(self.text, &span));
                Some(Value { span, shape })
            }
            TokenKind::Open(_) | TokenKind::Word => {
                Some(Value { span: self.take(), shape: Shape::Word })
            }
            TokenKind::Close(_) | TokenKind::Comma | TokenKind::Colon => None,
        }
    }

    /// The members up to the end of the object, and where it ends if it is closed.
    fn members(&mut self, depth: usize) -> (Vec<Member>, Option<usize>) {
        let mut members = Vec::new();
        while let Some(kind) = self.peek() {
            match kind {
                TokenKind::Close('}') => return (members, Some(self.take().end)),
                // It belongs to an array around the object.
                TokenKind::Close(_) => return (members, None),
                TokenKind::Comma | TokenKind::Colon => {
                    self.take();
                }
                TokenKind::Open(_) => {
                    self.value(depth, true);
                }
                TokenKind::Text | TokenKind::Word => members.push(self.member(depth)),
            }
        }
        (members, None)
    }

    fn member(&mut self, depth: usize) -> Member {
        let name_span = self.take();
        let name = contents(self.text, &name_span);
        let colon = (self.peek() == Some(TokenKind::Colon)).then(|| self.take().end);
        let has_value = colon.is_some() && !self.is_name();
        let value = if has_value { self.value(depth, true) } else { None };
        Member { name, name_span, colon, value }
    }

    /// The elements up to the end of the array, and where it ends if it is closed.
    fn elements(&mut self, depth: usize, in_object: bool) -> (Vec<Value>, Option<usize>) {
        let mut elements = Vec::new();
        while let Some(kind) = self.peek() {
            match kind {
                TokenKind::Close(']') => return (elements, Some(self.take().end)),
                // It belongs to an object around the array.
                TokenKind::Close(_) => return (elements, None),
                TokenKind::Comma | TokenKind::Colon => {
                    self.take();
                }
                // The array was not closed, and the object around it goes on.
                TokenKind::Text if in_object && self.is_name() => return (elements, None),
                TokenKind::Open(_) | TokenKind::Text | TokenKind::Word => {
                    elements.extend(self.value(depth, false));
                }
            }
        }
        (elements, None)
    }
}

/// What a string says, as far as it goes; a word says itself.
fn contents(text: &str, span: &Range<usize>) -> String {
    let token = text.get(span.clone()).unwrap_or_default();
    let Some(inner) = token.strip_prefix('"') else { return token.to_owned() };
    serde_json::from_str(token)
        .unwrap_or_else(|_| inner.strip_suffix('"').unwrap_or(inner).to_owned())
}
