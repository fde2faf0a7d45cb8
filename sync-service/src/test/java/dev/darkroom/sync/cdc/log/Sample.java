package dev.darkroom.sync.cdc.log;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A value of some type, and what becomes of it.
///
/// @param ours the JSON that we write where Debezium writes another; null where both agree
/// @param reason why we differ
record Sample(String type, String input, @Nullable String ours, @Nullable String reason) {
    private static final String SPECIAL = "JSON has no such number; Debezium loses it";
    private static final String SCALE = "exact with its scale; Debezium strips zeros";
    private static final String ISO_DATE = "a date has no zone";
    private static final String ISO_LOCAL = "no zone, six decimals";
    private static final String SIX = "six decimals, as timestamptz has them";
    private static final String INFINITE = "infinity is no moment";
    private static final String PERIOD = "ISO 8601 without the parts that are zero";
    private static final String BITS = "the digits; Debezium loses their number";
    private static final String DROPPED = "Debezium drops what it does not know";

    static List<Sample> all() {
        return Stream.of(same(), others()).flatMap(List::stream).map(Sample::parse).toList();
    }

    private static Sample parse(List<String> parts) {
        return parts.size() == 2
                ? new Sample(parts.get(0), parts.get(1), null, null)
                : new Sample(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
    }

    /// Numbers may be spelled in another way: 1 and 1.0.
    private static List<List<String>> same() {
        return Stream.of(
                        "int2|-32768",
                        "int4|2147483647",
                        "int8|-9223372036854775808",
                        "numeric(12,3)|1.5",
                        "numeric(12,3)|-7",
                        "numeric(30,0)|0",
                        "numeric|-0.000000000000000000001",
                        "oid|4294967295",
                        "float4|1.5",
                        "float4|1e10",
                        "float4|0.1",
                        "float4|-3.4e38",
                        "float8|0.1",
                        "float8|1e300",
                        "float8|1",
                        "float8|-0",
                        "float8|NaN",
                        "float8|-Infinity",
                        "bool|t",
                        "bool|f",
                        "text|a \"b\" \\ \u0001\t\n \b\f\r ü 😀",
                        "text|",
                        "varchar(10)|x",
                        "char(5)|ab",
                        "\"char\"|a",
                        "uuid|b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                        "bytea|\\xfb00ff",
                        "bytea|",
                        "timestamptz|2026-01-02 03:04:05.123456+01",
                        "timestamptz|2026-07-02 03:04:05",
                        "timestamptz|2026-07-02 03:04:05.1",
                        "timestamptz|0044-03-15 12:00:00+00 BC",
                        "timestamptz|12026-01-02 00:00:00+00",
                        "timestamptz|infinity",
                        "timestamptz|-infinity",
                        "interval|1 year 2 mons 3 days 04:05:06.789",
                        "json|{\"a\":  [1, 2.50]}",
                        "json|null",
                        "jsonb|{\"a\": [1, 2.50], \"b\": null}",
                        "jsonb|\"x\"",
                        "asset_type|photo",
                        "int4[]|{1,NULL,3}",
                        "int4[]|{}",
                        "int4[]|[0:1]={1,2}",
                        "int8[]|{1}",
                        "text[]|{one,\"tw,o\",NULL,\"NULL\",\"q\\\"u\\\\\",\"{x}\",\"\"}",
                        "varchar(9)[]|{a,b}",
                        "uuid[]|{b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}",
                        "numeric(5,2)[]|{1.5}",
                        "bool[]|{t,f}",
                        "float8[]|{1.5,NaN}",
                        "float4[]|{1.5}",
                        "timestamptz[]|{\"2026-01-02 03:04:05+00\",infinity}",
                        "jsonb[]|{\"{\\\"a\\\": 1}\"}",
                        "bytea[]|{\"\\\\xfb00\"}",
                        "vector(3)|[1,2.5,-0.125]",
                        "vector(3)|[0,0,1e-7]",
                        "halfvec(3)|[1,2.5,0]",
                        "sparsevec(5)|{1:1.5,4:-2}/5",
                        "sparsevec(5)|{}/5",
                        "inet|192.168.0.1/24",
                        "inet|::1",
                        "cidr|10.0.0.0/8",
                        "macaddr|08:00:2b:01:02:03",
                        "int4range|[1,5)",
                        "tstzrange|[\"2026-01-01 00:00:00+00\",)",
                        "xml|<a/>",
                        "tsvector|'a':1 'b'")
                .map(sample -> List.of(sample.split("\\|", 2)))
                .toList();
    }

    private static List<List<String>> others() {
        return List.of(
                List.of("numeric", "12.340", "12.340", SCALE),
                List.of("numeric[]", "{1.50,NULL}", "[1.50,null]", SCALE),
                List.of("numeric", "NaN", "\"NaN\"", SPECIAL),
                List.of("numeric", "-Infinity", "\"-Infinity\"", SPECIAL),
                List.of("date", "2026-01-02", "\"2026-01-02\"", ISO_DATE),
                List.of("date", "0044-03-15 BC", "\"-0043-03-15\"", ISO_DATE),
                List.of("date", "12026-01-02", "\"+12026-01-02\"", ISO_DATE),
                List.of("date[]", "{2026-01-02}", "[\"2026-01-02\"]", ISO_DATE),
                List.of("date", "-infinity", "\"-infinity\"", INFINITE),
                List.of("time", "12:30:00.5", "\"12:30:00.500000\"", ISO_LOCAL),
                List.of("time", "24:00:00", "\"24:00:00.000000\"", ISO_LOCAL),
                List.of("time[]", "{12:30:00}", "[\"12:30:00.000000\"]", ISO_LOCAL),
                List.of("timetz", "23:59:59.5-03:30", "\"03:29:59.500000Z\"", SIX),
                List.of(
                        "timestamp",
                        "2026-01-02 03:04:05.12",
                        "\"2026-01-02T03:04:05.120000\"",
                        ISO_LOCAL),
                List.of(
                        "timestamp",
                        "0044-03-15 12:00:00 BC",
                        "\"-0043-03-15T12:00:00.000000\"",
                        ISO_LOCAL),
                List.of(
                        "timestamp[]",
                        "{\"2026-01-02 03:04:05\"}",
                        "[\"2026-01-02T03:04:05.000000\"]",
                        ISO_LOCAL),
                List.of("timestamp", "infinity", "\"infinity\"", INFINITE),
                List.of("interval", "-1 day", "\"P-1D\"", PERIOD),
                List.of("interval", "0", "\"PT0S\"", PERIOD),
                List.of("name", "n", "\"n\"", DROPPED),
                List.of("asset_type[]", "{photo,NULL}", "[\"photo\",null]", DROPPED),
                List.of("int4[]", "{{1,2},{3,4}}", "[[1,2],[3,4]]", DROPPED),
                List.of("bit(3)", "101", "\"101\"", BITS),
                List.of("varbit", "1011", "\"1011\"", BITS),
                List.of("money", "12.34", "\"$12.34\"", "as PostgreSQL prints it"),
                List.of("point", "(1,2)", "\"(1,2)\"", "as PostgreSQL prints it"));
    }
}
