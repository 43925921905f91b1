//! Bad input: each kind answers its own 4xx, with a code, in the reader's language, and
//! nothing is written.

mod bodies;
mod languages;
mod transport;
