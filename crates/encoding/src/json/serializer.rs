//! Values as JSON, written by serde.

use std::fmt::{self, Display};

use serde::Serialize;
use serde::ser::{
    Error, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::writer::{push_number, push_string};

/// A value as JSON text, the same as `serde_json` writes. For plain data: texts, whole numbers, and lists,
/// structures and maps of such, whose keys are texts.
///
/// It takes a fraction of the code that `serde_json` takes: there is one place to write to, and nothing can
/// fail.
///
/// # Panics
/// On floating-point numbers, octets and integers of 128 bits, and where a value itself says that it cannot be
/// serialized.
pub fn to_text(value: &impl Serialize) -> String {
    let mut text = Text(String::new());
    match value.serialize(&mut text) {
        Ok(()) => text.0,
    }
}

/// What is written so far. Whether a comma is due shows in its last character: only the first value within
/// follows upon a bracket.
struct Text(String);

/// There is no value of it.
#[derive(Debug)]
enum Never {}

impl Text {
    #[inline(never)]
    fn raw(&mut self, json: &str) {
        self.0.push_str(json);
    }

    #[inline(never)]
    fn string(&mut self, text: &str) {
        push_string(&mut self.0, text);
    }

    #[inline(never)]
    fn number(&mut self, number: u64) {
        push_number(&mut self.0, number);
    }

    #[inline(never)]
    fn comma(&mut self) {
        if !self.0.ends_with(['[', '{']) {
            self.0.push(',');
        }
    }

    #[inline(never)]
    fn name(&mut self, name: &str) {
        self.comma();
        self.string(name);
        self.raw(":");
    }

    /// An object with one member, whose value begins with what is given.
    #[inline(never)]
    fn variant(&mut self, name: &str, begin: &str) {
        self.raw("{");
        self.name(name);
        self.raw(begin);
    }
}

/// No input leads here.
#[expect(clippy::panic, reason = "only types that have no place in plain data lead here")]
fn not_plain() -> ! {
    panic!("this is no plain data")
}

impl<'t> Serializer for &'t mut Text {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Compound<'t>;
    type SerializeTuple = Compound<'t>;
    type SerializeTupleStruct = Compound<'t>;
    type SerializeTupleVariant = Compound<'t>;
    type SerializeMap = Compound<'t>;
    type SerializeStruct = Compound<'t>;
    type SerializeStructVariant = Compound<'t>;

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.raw(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Never> {
        if value < 0 {
            self.raw("-");
        }
        self.number(value.unsigned_abs());
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Never> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Never> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Never> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Never> {
        self.number(value);
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result<(), Never> {
        not_plain()
    }

    fn serialize_f64(self, _: f64) -> Result<(), Never> {
        not_plain()
    }

    fn serialize_char(self, value: char) -> Result<(), Never> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Never> {
        self.string(text);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Never> {
        not_plain()
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.raw("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Never> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.variant(variant, "");
        let Ok(()) = value.serialize(&mut *self);
        self.raw("}");
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'t>, Never> {
        Ok(Compound::begin(self, "[", "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'t>, Never> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'t>, Never> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'t>, Never> {
        self.variant(variant, "[");
        Ok(Compound { text: self, end: "]}" })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'t>, Never> {
        Ok(Compound::begin(self, "{", "}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound<'t>, Never> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'t>, Never> {
        self.variant(variant, "{");
        Ok(Compound { text: self, end: "}}" })
    }
}

/// A list or an object that is being written.
struct Compound<'t> {
    text: &'t mut Text,
    end: &'static str,
}

impl<'t> Compound<'t> {
    fn begin(text: &'t mut Text, begin: &str, end: &'static str) -> Self {
        text.raw(begin);
        Self { text, end }
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.text.comma();
        value.serialize(&mut *self.text)
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Never> {
        self.text.name(name);
        value.serialize(&mut *self.text)
    }

    fn finish(self) -> Result<(), Never> {
        self.text.raw(self.end);
        Ok(())
    }
}

/// The kinds of lists, which serde tells apart and JSON does not.
macro_rules! lists {
    ($($kind:ident by $element:ident,)+) => {$(
        impl $kind for Compound<'_> {
            type Ok = ();
            type Error = Never;

            fn $element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
                self.element(value)
            }

            fn end(self) -> Result<(), Never> {
                self.finish()
            }
        }
    )+};
}

lists! {
    SerializeSeq by serialize_element,
    SerializeTuple by serialize_element,
    SerializeTupleStruct by serialize_field,
    SerializeTupleVariant by serialize_field,
}

/// The kinds of objects with known members, likewise.
macro_rules! structures {
    ($($kind:ident,)+) => {$(
        impl $kind for Compound<'_> {
            type Ok = ();
            type Error = Never;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Never> {
                self.member(name, value)
            }

            fn end(self) -> Result<(), Never> {
                self.finish()
            }
        }
    )+};
}

structures! {
    SerializeStruct,
    SerializeStructVariant,
}

impl SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.element(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.text.raw(":");
        value.serialize(&mut *self.text)
    }

    fn end(self) -> Result<(), Never> {
        self.finish()
    }
}

impl Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl Error for Never {
    fn custom<T: Display>(_: T) -> Self {
        not_plain()
    }
}
