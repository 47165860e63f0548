//! Builds again when a rule file is added or taken away: the folder is built
//! into the program, and the compiler watches only the files it knows.

fn main() {
    println!("cargo:rerun-if-changed=rules");
}
