package dev.darkroom.streams;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which changes somebody wants: by operation and by a condition on their rows.
///
/// It counts what it could not decide, for one reader.
public final class ChangeFilter {
    private final Set<Op> ops;
    private final @Nullable WhereExpression where;
    private long unknown;
    private long wrongType;
    private String firstWrongType = "";

    private ChangeFilter(Set<Op> ops, @Nullable WhereExpression where) {
        this.ops = EnumSet.copyOf(ops);
        this.where = where;
    }

    /// A filter for one reader.
    ///
    /// @param where a condition in CEL; none when null. What it can say: `docs/tailing.md`
    /// @throws BadExpression when it is no condition
    public static ChangeFilter of(Set<Op> ops, @Nullable String where) {
        // CEL's classes take half a second to load: only whoever filters pays for them.
        return new ChangeFilter(ops, where == null ? null : WhereExpression.compile(where));
    }

    /// Whether every change passes.
    public boolean passesAll() {
        return where == null && ops.size() == Op.values().length;
    }

    public boolean matches(ChangeRecord change) {
        if (!ops.contains(change.op())) {
            return false;
        }
        if (where == null) {
            return true;
        }
        WhereExpression.Result result = where.test(change);
        return switch (result.answer()) {
            case TRUE -> true;
            case FALSE -> false;
            case UNKNOWN -> {
                unknown++;
                yield false;
            }
            case WRONG_TYPE -> {
                if (wrongType++ == 0) {
                    firstWrongType = result.reason();
                }
                yield false;
            }
        };
    }

    /// How many changes did not match because the condition needs a value that was null or not
    /// there.
    public long unknown() {
        return unknown;
    }

    /// How many changes did not match because the condition compares what cannot be compared.
    public long wrongType() {
        return wrongType;
    }

    /// The reason for the first of [#wrongType()]; empty when there was none.
    public String firstWrongType() {
        return firstWrongType;
    }
}
