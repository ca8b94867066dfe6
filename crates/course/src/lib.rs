//! Guide pages, directives and question banks: parsing and checking, no screen.
