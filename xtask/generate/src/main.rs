//! Prints, as JSON, what the npm package's TypeScript is generated from: the JSON Schema of every value
//! that crosses into JavaScript, and the two lists of codes. With the argument `policy-schema`, it prints
//! the policy's JSON Schema alone, as `countersign policy schema` does; with `error-codes`, the documentation's page
//! of them.

mod error_codes;

use std::path::Path;

use anyhow::Result;
use countersign::{
    Code, Effect, Identity, Inspection, KeyStoreSettings, PolicyCode, PolicyDocument, PolicyFault,
    Readiness, Rejection, Report, Restored,
};
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

fn main() -> Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some("policy-schema") => println!("{:#}", schemars::schema_for!(PolicyDocument).to_value()),
        Some("error-codes") => {
            let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
            print!("{}", error_codes::page(&vectors)?);
        }
        _ => println!("{:#}", typescript()),
    }
    Ok(())
}

/// What TypeScript is generated from.
fn typescript() -> Value {
    let mut generator = SchemaSettings::draft07().into_generator();
    generator.subschema_for::<Effect>();
    generator.subschema_for::<Identity<'static>>();
    generator.subschema_for::<Inspection>();
    generator.subschema_for::<KeyStoreSettings>();
    generator.subschema_for::<PolicyDocument>();
    generator.subschema_for::<PolicyFault>();
    generator.subschema_for::<Readiness>();
    generator.subschema_for::<Rejection>();
    generator.subschema_for::<Report>();
    generator.subschema_for::<Restored>();
    json!({
        "definitions": generator.take_definitions(true),
        "codes": Code::ALL.iter().map(|c| entry(c.as_str(), c.fault(), c.remedy())).collect::<Vec<_>>(),
        "policyCodes":
            PolicyCode::ALL.iter().map(|c| entry(c.as_str(), c.fault(), c.remedy())).collect::<Vec<_>>(),
    })
}

fn entry(code: &str, fault: &str, remedy: &str) -> Value {
    json!({ "code": code, "fault": fault, "remedy": remedy })
}
