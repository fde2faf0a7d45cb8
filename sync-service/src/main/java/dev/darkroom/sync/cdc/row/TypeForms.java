package dev.darkroom.sync.cdc.row;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form of each type of a database, by the type's OID. A type nobody knows is text.
final class TypeForms {
    private static final ValueForm TEXT = Scalars::text;

    /// A type as the catalogue describes it.
    ///
    /// @param element of an array, 0 for any other type
    /// @param base of a domain, 0 for any other type
    record Type(String name, int element, int base) {}

    private final Map<Integer, Type> types;
    private final Map<Integer, ValueForm> forms = new HashMap<>();

    TypeForms(Map<Integer, Type> types) {
        this.types = Map.copyOf(types);
    }

    boolean knows(int oid) {
        return types.containsKey(oid);
    }

    ValueForm of(int oid) {
        ValueForm form = forms.get(oid);
        if (form == null) {
            form = find(oid);
            forms.put(oid, form);
        }
        return form;
    }

    private ValueForm find(int oid) {
        Type type = types.get(oid);
        if (type == null) {
            return TEXT;
        }
        if (type.base() != 0) {
            return of(type.base());
        }
        if (type.element() != 0) {
            return new ArrayForm(of(type.element()));
        }
        ValueForm builtIn = builtIn(oid);
        return builtIn != null ? builtIn : byName(type.name());
    }

    /// The OIDs of these types are the same in every database.
    private static @Nullable ValueForm builtIn(int oid) {
        return switch (oid) {
            case 16 -> Scalars::bool;
            case 17 -> Scalars::bytes;
            case 20, 21, 23, 26, 700, 701, 1700 -> Scalars::number;
            case 114, 3802 -> Scalars::json;
            case 1082 -> Times::date;
            case 1083 -> Times::time;
            case 1114 -> Times::timestamp;
            case 1184 -> Times::timestampWithZone;
            case 1266 -> Times::timeWithZone;
            default -> null;
        };
    }

    private static ValueForm byName(String name) {
        return switch (name) {
            case "vector", "halfvec" -> Scalars::json;
            case "sparsevec" -> Scalars::sparseVector;
            default -> TEXT;
        };
    }
}
