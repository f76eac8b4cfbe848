//! `simulate [--seeds N] [--seed S] [--issuers N] [--days N]`: lets worlds go by, and judges every answer.

use std::process::ExitCode;

use countersign_tests::simulation::{Figures, Scale, real, simulate};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let mut scale = Scale::SMALL;
    let (mut first, mut seeds) = (1, 200);
    for option in arguments.chunks(2) {
        let [name, value] = option else { return Err(format!("{option:?} has no value").into()) };
        match name.as_str() {
            "--seed" => (first, seeds) = (value.parse()?, 1),
            "--seeds" => seeds = value.parse()?,
            "--from" => first = value.parse()?,
            "--issuers" => scale.issuers = Some(value.parse()?),
            "--days" => scale.days = Some(value.parse()?),
            _ => return Err(format!("unknown option {name}").into()),
        }
    }
    let mut total = Figures::default();
    for seed in first..first + seeds {
        total.add(&simulate(seed, scale, &real)?);
    }
    println!("{total}");
    Ok(())
}
