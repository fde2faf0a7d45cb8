package dev.darkroom.streams;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A condition on changes in the Common Expression Language (CEL).
///
/// Its variables are `op`, `table`, `key`, `before`, `after`, `row` (after, or before a delete),
/// `lsn`, `tx` and `ts`, when it was committed. Columns stand in the rows, never by themselves: a
/// column called `table` or `size` then means what it says.
///
/// Null is as in SQL: a comparison with a null or with a column that is not there is not true.
final class WhereExpression {
    static final String EXAMPLE =
            "for example: op == \"u\" && after.rating >= 4 && after.camera_make == \"Canon\"";

    private static final int MAX_LENGTH = 8_192;
    private static final int MAX_STEPS = 100_000;
    private static final Pattern UNDECLARED =
            Pattern.compile("undeclared reference to '([^']*)'.*");
    private static final Pattern NO_OVERLOAD =
            Pattern.compile("found no matching overload for '([^']*)' applied to '([^']*)'.*");

    private static final Map<String, CelType> VARIABLES = variables();

    private final CelRuntime.Program program;

    private WhereExpression(CelRuntime.Program program) {
        this.program = program;
    }

    /// What an evaluation came to.
    enum Answer {
        TRUE,
        FALSE,
        /// It compares something that is null or is not there.
        UNKNOWN,
        /// It compares what cannot be compared, such as a text with a number.
        WRONG_TYPE
    }

    /// An answer, and for [Answer#WRONG_TYPE] the reason.
    record Result(Answer answer, String reason) {
        private static final Result TRUE = new Result(Answer.TRUE, "");
        private static final Result FALSE = new Result(Answer.FALSE, "");
        private static final Result UNKNOWN = new Result(Answer.UNKNOWN, "");
    }

    /// @throws BadExpression when it is none, or does not yield true or false
    static WhereExpression compile(String expression) {
        if (expression.isBlank()) {
            throw new BadExpression(expression, 1, 1, "it is empty");
        }
        if (expression.length() > MAX_LENGTH) {
            throw new BadExpression(
                    "", 1, 1, "it is longer than %d characters".formatted(MAX_LENGTH));
        }
        CelOptions options =
                CelOptions.current()
                        .enableHeterogeneousNumericComparisons(true)
                        .comprehensionMaxIterations(MAX_STEPS)
                        .build();
        var compiler =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(options)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        VARIABLES.forEach(compiler::addVar);
        CelAbstractSyntaxTree tree = check(compiler.build(), expression);
        try {
            return new WhereExpression(
                    CelRuntimeFactory.standardCelRuntimeBuilder()
                            .setOptions(options)
                            .build()
                            .createProgram(tree));
        } catch (CelEvaluationException e) {
            throw new BadExpression(expression, 1, 1, String.valueOf(e.getMessage()));
        }
    }

    private static CelAbstractSyntaxTree check(CelCompiler compiler, String expression) {
        CelValidationResult result = compiler.compile(expression);
        if (result.hasError()) {
            CelIssue first = result.getErrors().getFirst();
            throw new BadExpression(
                    expression,
                    first.getSourceLocation().getLine(),
                    first.getSourceLocation().getColumn() + 1,
                    reason(first.getMessage()));
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            CelType type = tree.getResultType();
            if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
                throw new BadExpression(
                        expression,
                        1,
                        1,
                        "it yields a value of type %s; expected true or false"
                                .formatted(type.name()));
            }
            return tree;
        } catch (CelValidationException e) {
            throw new BadExpression(expression, 1, 1, String.valueOf(e.getMessage()));
        }
    }

    /// CEL's own words, where ours are no clearer.
    private static String reason(String message) {
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            String name = undeclared.group(1);
            return "there is no '%s'; expected one of %s. A column stands in its row: after.%s"
                    .formatted(name, String.join(", ", new TreeSet<>(VARIABLES.keySet())), name);
        }
        Matcher overload = NO_OVERLOAD.matcher(message);
        if (overload.matches()) {
            return "%s does not go with %s"
                    .formatted(overload.group(1).replace("_", ""), overload.group(2));
        }
        return message.contains("'<EOF>'")
                ? "it ends too early; expected a value, such as after.rating, 4 or \"Canon\""
                : message.replace("extraneous input", "unexpected")
                        .replace("mismatched input", "unexpected");
    }

    Result test(ChangeRecord change) {
        CelValues.Reading reading = new CelValues.Reading();
        Map<String, Object> values = HashMap.newHashMap(VARIABLES.size());
        values.put("op", change.op().letter());
        values.put("table", change.table());
        values.put("key", CelValues.row(change.key(), reading));
        values.put("before", CelValues.row(change.before(), reading));
        values.put("after", CelValues.row(change.after(), reading));
        values.put("row", CelValues.row(change.row(), reading));
        values.put("lsn", change.lsn());
        values.put("tx", change.txId());
        values.put("ts", change.committedAt());
        try {
            return switch (program.eval(values)) {
                case Boolean truth -> truth ? Result.TRUE : Result.FALSE;
                case Object other when reading.sawNull() && CelValues.isNull(other) ->
                        Result.UNKNOWN;
                case Object other ->
                        new Result(
                                Answer.WRONG_TYPE,
                                "it yields " + other + "; expected true or false");
            };
        } catch (CelEvaluationException e) {
            return reading.sawNull() || e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND
                    ? Result.UNKNOWN
                    : new Result(Answer.WRONG_TYPE, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, CelType> variables() {
        CelType row = MapType.create(SimpleType.STRING, SimpleType.DYN);
        Map<String, CelType> variables = new LinkedHashMap<>();
        variables.put("op", SimpleType.STRING);
        variables.put("table", SimpleType.STRING);
        variables.put("key", row);
        variables.put("before", row);
        variables.put("after", row);
        variables.put("row", row);
        variables.put("lsn", SimpleType.INT);
        variables.put("tx", SimpleType.INT);
        variables.put("ts", SimpleType.TIMESTAMP);
        return variables;
    }
}
