//! The inspector's entry point in the browser.

fn main() {
    countersign_web::start();
}
