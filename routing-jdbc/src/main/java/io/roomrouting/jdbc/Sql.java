package io.roomrouting.jdbc;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** A statement, written once and worded for each {@link Dialect}. */
final class Sql {

    private final Map<Dialect, String> texts = new EnumMap<>(Dialect.class);

    private Sql(Function<Dialect, String> words) {
        for (Dialect dialect : Dialect.values()) {
            texts.put(dialect, dialect.render(words.apply(dialect)));
        }
    }

    /** A statement in which {@code {now}} stands for the database's time in milliseconds. */
    static Sql of(String template) {
        return new Sql(dialect -> template);
    }

    /** An insertion for {@link Call#insert}. */
    static Sql insertion(String template) {
        return new Sql(dialect -> dialect.unlessPresent(template));
    }

    /** A change that returns columns; the table's alias is {@code t} in both. */
    static Sql returning(String change, String columns) {
        return new Sql(dialect -> dialect.returning(change, columns));
    }

    String in(Dialect dialect) {
        return texts.getOrDefault(dialect, "");
    }
}
