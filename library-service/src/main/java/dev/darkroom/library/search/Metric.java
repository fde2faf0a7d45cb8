package dev.darkroom.library.search;

import java.util.Locale;

/// How far two vectors are from each other (LA-38).
enum Metric {
    /// 0 for the same direction, 2 for the opposite one.
    COSINE("<=>"),
    /// The length of the straight line.
    L2("<->"),
    /// The negative inner product: less is nearer.
    INNER_PRODUCT("<#>");

    private final String operator;

    Metric(String operator) {
        this.operator = operator;
    }

    static Metric ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /// The operator of pgvector.
    String operator() {
        return operator;
    }
}
