//! Starts the browser app.

fn main() {
    ebenezer_frontend::start();
}
