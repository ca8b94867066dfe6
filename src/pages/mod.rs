//! The pages around the labs. They are rendered when the site is built (feature `prerender`); in the browser only the
//! [`islands`] of a page come to life.

pub mod islands;

#[cfg(feature = "prerender")]
mod bank;
#[cfg(feature = "prerender")]
mod embed;
#[cfg(feature = "prerender")]
mod found;
#[cfg(feature = "prerender")]
mod gallery;
#[cfg(feature = "prerender")]
mod guide;
#[cfg(feature = "prerender")]
mod home;
#[cfg(feature = "prerender")]
mod lab;
#[cfg(feature = "prerender")]
mod not_found;
#[cfg(feature = "prerender")]
mod practice;
#[cfg(feature = "prerender")]
mod program;
#[cfg(feature = "prerender")]
mod question;
#[cfg(feature = "prerender")]
mod shell;
#[cfg(feature = "prerender")]
mod site;

#[cfg(test)]
mod contrast;

#[cfg(feature = "prerender")]
pub use site::{Rendered, Site};
