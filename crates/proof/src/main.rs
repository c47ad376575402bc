//! Prints what the checker finds. `--deep` explores further, for the README's figures; `--steps` shows each
//! counterexample of the seeded mistakes.

use omnival_proof::report;

fn main() {
    let asked = |word: &str| std::env::args().any(|argument| argument == word);
    let mistakes = report::mistakes();
    println!("{}", report::mistakes_table(&mistakes));
    if asked("--steps") {
        for (caught, _) in &mistakes {
            if let Some((name, path)) = &caught.broken {
                println!("{}: {name}\n    {}\n", caught.name, path.join("\n    "));
            }
        }
    }
    let outcomes = report::sound(asked("--deep"));
    println!("{}", report::runs_table(&outcomes));
    println!("{}", report::properties_table(&outcomes));
}
