//! Builds again when a file of rules or tags is added or taken away: the folders are
//! built into the program, and the compiler watches only the files it knows.

fn main() {
    println!("cargo:rerun-if-changed=rules");
    println!("cargo:rerun-if-changed=corpus/curated");
}
