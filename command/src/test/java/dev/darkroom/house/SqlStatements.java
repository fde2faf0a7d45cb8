package dev.darkroom.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.darkroom.database.Sql;
import dev.darkroom.schema.Role;
import java.lang.reflect.Field;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Every statement of the project: the `static final Sql` fields of all classes.
final class SqlStatements {
    private SqlStatements() {}

    /// A statement, where it stands, and the roles that run it.
    record Statement(String name, String text, Set<Role> roles) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Statement> all() {
        return Sources.CLASSES.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(Sql.class))
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .map(SqlStatements::read)
                .sorted(Comparator.comparing(Statement::name))
                .toList();
    }

    /// Fields that hold a statement without being `static final`: nothing would check these.
    static List<String> hidden() {
        return Sources.CLASSES.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(Sql.class))
                .filter(
                        field ->
                                !field.getModifiers()
                                        .containsAll(
                                                Set.of(JavaModifier.STATIC, JavaModifier.FINAL)))
                .map(JavaField::getFullName)
                .toList();
    }

    private static Statement read(JavaField field) {
        try {
            Field reflected = field.reflect();
            reflected.setAccessible(true);
            Sql sql = (Sql) reflected.get(null);
            return new Statement(field.getFullName(), sql.text(), roles(field.getOwner()));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.getFullName() + " cannot be read", e);
        }
    }

    /// A service's statements run as its role, those of the platform as the role of each service
    /// that uses their class.
    private static Set<Role> roles(JavaClass type) {
        Set<Role> own = EnumSet.noneOf(Role.class);
        ServiceModule.of(type.getName()).ifPresent(module -> own.add(module.role()));
        if (own.isEmpty()) {
            for (Dependency use : type.getDirectDependenciesToSelf()) {
                ServiceModule.of(use.getOriginClass().getName())
                        .ifPresent(module -> own.add(module.role()));
            }
        }
        return own;
    }
}
