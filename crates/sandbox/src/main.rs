//! The `omnival-sandbox` binary: reads the command line, seeds, prints where to go, serves.

use std::io::Write;
use std::net::Ipv4Addr;
use std::process::ExitCode;

use omnival_sandbox::cli::{self, Command};
use omnival_sandbox::seed::{DEMO_USERS, PASSWORD};
use omnival_sandbox::{api, automation};
use tokio::net::TcpListener;

fn main() -> ExitCode {
    let command = match cli::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(answer) => {
            // The help that was asked for, or what is wrong. Nobody reading it changes nothing.
            let _ = answer.print();
            return ExitCode::from(u8::try_from(answer.exit_code()).unwrap_or(2));
        }
    };
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("omnival-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), String> {
    let Command { port, options } = command;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("cannot start: {error}"))?;
    runtime.block_on(async {
        // Bound before seeding: whoever has the port should hear it at once.
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(|error| format!("port {port} is not free ({error}); choose another with --port"))?;
        let address = listener
            .local_addr()
            .map_err(|error| format!("cannot tell the own address: {error}"))?;
        let state = tokio::task::spawn_blocking(|| omnival_sandbox::open(options))
            .await
            .map_err(|error| format!("cannot prepare the data: {error}"))?
            .map_err(|problem| problem.cause().to_owned())?;
        say(&format!(
            "listening on http://{address}\n\
             console: http://{address}{}\n\
             sign in as {}; password: {PASSWORD}\n\
             faults, ledger and settings: http://{address}/sandbox",
            state.options.mount,
            DEMO_USERS.join(", ")
        ));
        let connections = state.faults.connections();
        tokio::spawn(automation::run(state.clone()));
        let app = omnival_sandbox::app(state);
        api::serve::serve(listener, app, connections, stopped()).await;
        Ok(())
    })
}

/// Prints a line at once. Nobody reading it is no reason to stop.
fn say(text: &str) {
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Ends when someone asks the process to stop, so that temporary files are cleaned up.
async fn stopped() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return interrupt.await;
        };
        tokio::select! {
            () = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}
