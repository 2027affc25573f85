//! Faults of the program itself, caught at the border of what was being worked on.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Code, Diagnostic};
use crate::source::Span;

thread_local! {
    /// Where the last panic of this thread was, if [`quiet_panics`] asked for it.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Does `work`, and says what `task` it was if it panics: what was begun there must be dropped.
///
/// # Errors
/// The panic as a diagnostic that asks for a report.
pub(crate) fn catch<T>(
    task: &str,
    span: impl Into<Option<Span>>,
    work: impl FnOnce() -> T,
) -> Result<T, Diagnostic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let place = PLACE.take().map(|place| format!(" ({place})")).unwrap_or_default();
        let message = format!("bindery failed while {task}: {}{place}", words(&*panic));
        Diagnostic::new(Code::InternalError, message).at(span).hint(
            "this is a fault of bindery: please report it with the text at this place",
        )
    })
}

/// Lets panics print nothing: [`catch`] reports them, with their places in the code.
pub(crate) fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        PLACE.with(|last| *last.borrow_mut() = place);
    }));
}

/// What a panic says.
fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_diagnostic() {
        assert_eq!(catch("adding", None, || 1 + 1), Ok(2));
        let fault = catch("counting", None, || -> u8 { panic!("no {}", "number") });
        let fault = fault.expect_err("a panic");
        assert_eq!(fault.message, "bindery failed while counting: no number");
        assert_eq!(fault.code, Code::InternalError);
    }
}
