package dev.darkroom.library.search;

/// How a search is explained: its statement is run, and PostgreSQL tells what it did.
final class Explain {
    static final String PREFIX = "explain (analyze, buffers, costs off, timing off, summary off) ";

    private Explain() {}
}
