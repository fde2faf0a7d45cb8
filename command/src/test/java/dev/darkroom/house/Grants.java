package dev.darkroom.house;

import dev.darkroom.schema.Role;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the roles may write, as the migrated database says it.
final class Grants {
    private static final String TABLES =
            """
            select c.relname as "table",
                string_agg(lower(p.privilege), ', ' order by array_position(array['INSERT', 'UPDATE', 'DELETE'], p.privilege)) as privileges
            from pg_class c
                cross join unnest(array['INSERT', 'UPDATE', 'DELETE']) as p (privilege)
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                and has_table_privilege(:role, c.oid, p.privilege)
            group by c.relname
            order by c.relname
            """;

    private static final String COLUMNS =
            """
            select c.relname as "table", 'update of ' || string_agg(a.attname, ', ' order by a.attnum) as privileges
            from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                and has_column_privilege(:role, c.oid, a.attnum, 'UPDATE')
                and not has_table_privilege(:role, c.oid, 'UPDATE')
            group by c.relname
            order by c.relname
            """;

    private static final String LIMITS =
            """
            select string_agg(case cmd when 'ALL' then '' else lower(cmd) || ' ' end || 'where ' || coalesce(with_check, qual), '; ' order by policyname)
            from pg_policies
            where tablename = :table and :role = any(roles)
            """;

    private final JdbcClient jdbc;

    Grants(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A table that a role may write.
    ///
    /// @param limits the row-level policies that narrow it, empty when there are none
    record Grant(String table, String privileges, String limits) {}

    List<Grant> of(Role role) {
        List<Grant> tables = query(TABLES, role);
        List<Grant> columns = query(COLUMNS, role);
        return Stream.concat(tables.stream(), columns.stream()).toList();
    }

    private List<Grant> query(String statement, Role role) {
        return jdbc.sql(statement)
                .param("role", role.roleName())
                .query(
                        (row, _) ->
                                new Grant(
                                        row.getString("table"),
                                        row.getString("privileges"),
                                        limits(role, row.getString("table"))))
                .list();
    }

    private String limits(Role role, String table) {
        return jdbc.sql(LIMITS)
                .param("table", table)
                .param("role", role.roleName())
                .query(String.class)
                .optional()
                .orElse("")
                .replace("::text", "")
                .replace("::task_status", "");
    }
}
