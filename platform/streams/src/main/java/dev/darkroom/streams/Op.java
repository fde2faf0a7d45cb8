package dev.darkroom.streams;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/// What happened to a row; a truncation happens to all rows of a table at once.
public enum Op {
    CREATE("c"),
    UPDATE("u"),
    DELETE("d"),
    /// The row as it was found when somebody looked, not a change of it: a snapshot or a repair.
    READ("r"),
    TRUNCATE("t");

    private final String letter;

    Op(String letter) {
        this.letter = letter;
    }

    /// Its letter in the envelope's `op`.
    public String letter() {
        return letter;
    }

    /// Reads a letter.
    public static Op of(String letter) {
        return Arrays.stream(values())
                .filter(op -> op.letter.equals(letter))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no operation '"
                                                + letter
                                                + "'; there are c (create), u (update), d (delete),"
                                                + " r (read by a snapshot) and t (truncate)"));
    }

    /// Reads letters; none means all.
    public static Set<Op> of(Collection<String> letters) {
        Set<Op> ops = EnumSet.noneOf(Op.class);
        letters.forEach(letter -> ops.add(of(letter.strip())));
        return ops.isEmpty() ? EnumSet.allOf(Op.class) : ops;
    }
}
