//! Liquid, as Jekyll and Eleventy have it, with what Nunjucks and Tera share with it: values, filters,
//! conditions, loops, variables.

mod expression;
mod filters;
mod scope;

pub(super) use expression::{condition, output, path, text, value};
pub(super) use scope::Scope;
