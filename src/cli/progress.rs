//! Word of what is being done, for whoever waits.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

/// What takes less is over before it is read.
const BLINK: Duration = Duration::from_millis(500);

/// A line on the terminal while something takes longer than a blink. It is erased on drop.
pub(super) struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    /// Begins to wait for `work`. Only a terminal is told.
    pub(super) fn begin(work: &'static str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(None);
        }
        let (done, wait) = mpsc::channel();
        let teller = std::thread::spawn(move || {
            if wait.recv_timeout(BLINK) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let tell = |line: &str| {
                let mut terminal = std::io::stderr().lock();
                // A terminal that is gone misses nothing.
                let _ = write!(terminal, "{line}").and_then(|()| terminal.flush());
            };
            tell(&format!("{work}…"));
            // Ends when the work does: by then nothing was sent, and the sender is gone.
            let _ = wait.recv();
            tell("\r\x1b[K");
        });
        Self(Some((done, teller)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, teller)) = self.0.take() {
            drop(done);
            // What follows is printed on a clean line.
            let _ = teller.join();
        }
    }
}
